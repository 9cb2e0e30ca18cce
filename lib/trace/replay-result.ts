/** The decisions over a trace as columns, and the codes in them. Apart from `replay.ts`, so that a page that shows decisions loads no engine. */
import type { DecisionEffect, Hazard, RuleId } from '../engine';
import type { RuleTally } from './tally';

/** In `ReplayResult.deciders`: no rule matched. */
export const DECIDED_BY_DEFAULT = -1;
/** In `ReplayResult.deciders`: which rule decides could not be established. */
export const UNDECIDED = -2;

/** The codes of `ReplayResult.effects`, in order. */
export const EFFECT_CODES = ['allow', 'deny', 'conditional'] as const satisfies readonly DecisionEffect[];

/** The bits of `ReplayResult.hazards`. */
export const HAZARD_BITS = {
  'gate-passed': 1,
  'deny-skipped': 2,
  'our-reading': 4,
} as const satisfies Record<Hazard['kind'], number>;

/** How recorded decisions compare with computed ones. */
export interface RecordedTally {
  /** Calls with a recorded decision. */
  readonly total: number;
  readonly reproduced: number;
  /** Of the reproduced ones, those that another rule decided than the record says. */
  readonly byOtherRule: number;
  readonly diverged: number;
  readonly notReproducible: number;
}

/** Calls whose recorded decision was compared with the computed one: one that waits for facts cannot be, nor one without a record. */
export const judgedCalls = ({ reproduced, diverged }: RecordedTally): number => reproduced + diverged;

/** The decisions over a trace, by column: the n-th entry of each belongs to the n-th call. */
export interface ReplayColumns {
  /** Codes by `EFFECT_CODES`. */
  readonly effects: Uint8Array<ArrayBuffer>;
  /** A rule's index, `DECIDED_BY_DEFAULT` or `UNDECIDED`. */
  readonly deciders: Int32Array<ArrayBuffer>;
  /** Bits by `HAZARD_BITS`; 0 where there is none. */
  readonly hazards: Uint8Array<ArrayBuffer>;
  /** Codes by `RECORDED_CODES`. */
  readonly recorded: Uint8Array<ArrayBuffer>;
}

export interface ReplayResult extends ReplayColumns {
  /** The rules by their index. */
  readonly rules: readonly RuleId[];
  readonly counts: { readonly [E in DecisionEffect]: number };
  readonly perRule: readonly RuleTally[];
  readonly decidedByDefault: number;
  readonly undecided: number;
  /** Calls for which the default is next in line. */
  readonly nextIsDefault: number;
  readonly recordedTally: RecordedTally;
}

export const emptyColumns = (length: number): ReplayColumns => ({
  effects: new Uint8Array(length),
  deciders: new Int32Array(length),
  hazards: new Uint8Array(length),
  recorded: new Uint8Array(length),
});

import {
  decideRow,
  lineUp,
  type Call,
  type CompiledPolicy,
  type DecidedBy,
  type DecisionEffect,
  type Hazard,
  type Row,
  type RuleId,
} from '../engine';
import { recordedCode } from './recorded';

/** In `ReplayResult.deciders`: no rule matched. */
export const DECIDED_BY_DEFAULT = -1;
/** In `ReplayResult.deciders`: which rule decides could not be established. */
export const UNDECIDED = -2;

/** The codes of `ReplayResult.effects`, in order. */
export const EFFECT_CODES = ['allow', 'deny', 'conditional'] as const satisfies readonly DecisionEffect[];

/** The bits of `ReplayResult.hazards`. */
export const HAZARD_BITS = { 'gate-passed': 1, 'deny-skipped': 2, 'our-reading': 4 } as const satisfies Record<
  Hazard['kind'],
  number
>;

/** What happened to one rule over a whole trace. */
export interface RuleTally {
  readonly ruleId: RuleId;
  /** Calls that it decided. */
  readonly decided: number;
  /** Calls that it would decide if the rule that did were not there. */
  readonly next: number;
  /** Calls on which its condition errs, so that it is skipped. */
  readonly erred: number;
  /** Undecided calls that it could decide. */
  readonly mayDecide: number;
  /** Calls with a hazard that names it, by kind. */
  readonly gatePassed: number;
  readonly denySkipped: number;
  readonly ourReading: number;
}

/** How recorded decisions stand against computed ones (specification, 3 "Replay"). */
export interface RecordedTally {
  /** Calls with a recorded decision. */
  readonly total: number;
  readonly reproduced: number;
  /** Of the reproduced ones, those that another rule decided than the record says. */
  readonly byOtherRule: number;
  readonly diverged: number;
  readonly notReproducible: number;
}

/** The decisions over a trace, in columns: the n-th entry of each belongs to the n-th call. */
export interface ReplayResult {
  /** The rules by their index. */
  readonly rules: readonly RuleId[];
  /** Codes by `EFFECT_CODES`. */
  readonly effects: Uint8Array<ArrayBuffer>;
  /** A rule's index, `DECIDED_BY_DEFAULT` or `UNDECIDED`. */
  readonly deciders: Int32Array<ArrayBuffer>;
  /** Bits by `HAZARD_BITS`; 0 where there is none. */
  readonly hazards: Uint8Array<ArrayBuffer>;
  /** Codes by `RECORDED_CODES`. */
  readonly recorded: Uint8Array<ArrayBuffer>;
  readonly counts: { readonly [E in DecisionEffect]: number };
  readonly perRule: readonly RuleTally[];
  readonly decidedByDefault: number;
  readonly undecided: number;
  /** Calls for which the default is next in line. */
  readonly nextIsDefault: number;
  readonly recordedTally: RecordedTally;
  /** The whole row of a call, decided anew; undefined past the end. */
  rowAt(index: number): Row | undefined;
}

type Counter = { -readonly [K in keyof RuleTally]: RuleTally[K] };

/** Decides every call. Pure and total. */
export function replay(compiled: CompiledPolicy, calls: readonly Call[]): ReplayResult {
  const slices = replaySlices(compiled, calls, calls.length);
  for (;;) {
    const { done, value } = slices.next();
    if (done === true) return value;
  }
}

/** Decides every call, `size` at a time: each yield is the number of calls decided so far, and a place to stop at. */
export function* replaySlices(
  compiled: CompiledPolicy,
  calls: readonly Call[],
  size: number,
): Generator<number, ReplayResult, undefined> {
  const tape = new Tape(compiled, calls.length);
  for (let i = 0; i < calls.length; i++) {
    const call = calls[i];
    if (call) tape.decide(i, call);
    if ((i + 1) % size === 0 && i + 1 < calls.length) yield i + 1;
  }
  return tape.result(calls);
}

/** The columns while they are being filled. */
class Tape {
  readonly #compiled: CompiledPolicy;
  readonly #index: ReadonlyMap<RuleId, number>;
  readonly #perRule: Counter[];
  readonly effects: Uint8Array<ArrayBuffer>;
  readonly deciders: Int32Array<ArrayBuffer>;
  readonly hazards: Uint8Array<ArrayBuffer>;
  readonly recorded: Uint8Array<ArrayBuffer>;
  #nextIsDefault = 0;

  constructor(compiled: CompiledPolicy, length: number) {
    this.#compiled = compiled;
    const { rules } = compiled.policy;
    this.#index = new Map(rules.map(({ id }, index) => [id, index]));
    this.#perRule = rules.map(({ id }) => ({
      ruleId: id,
      decided: 0,
      next: 0,
      erred: 0,
      mayDecide: 0,
      gatePassed: 0,
      denySkipped: 0,
      ourReading: 0,
    }));
    this.effects = new Uint8Array(length);
    this.deciders = new Int32Array(length);
    this.hazards = new Uint8Array(length);
    this.recorded = new Uint8Array(length);
  }

  decide(i: number, call: Call): void {
    const { row, erred, next } = lineUp(this.#compiled, call);
    this.effects[i] = EFFECT_CODES.indexOf(row.effect);
    this.deciders[i] = this.#decider(row.decidedBy);
    this.#count(row);
    if (row.hazards.length > 0) this.hazards[i] = this.#hazards(row.hazards);
    for (const index of erred) this.#bump(index, 'erred');
    if (next?.kind === 'rule' || next?.kind === 'gate') this.#bump(this.#index.get(next.ruleId), 'next');
    else if (next?.kind === 'default') this.#nextIsDefault++;
    if (call.recorded) this.recorded[i] = recordedCode(call.recorded, row, this.#compiled.policy.rules);
  }

  #decider(by: DecidedBy): number {
    switch (by.kind) {
      case 'rule':
      case 'gate':
        return this.#index.get(by.ruleId) ?? UNDECIDED;
      case 'default':
        return DECIDED_BY_DEFAULT;
      case 'undecided':
        return UNDECIDED;
    }
  }

  #count({ decidedBy }: Row): void {
    if (decidedBy.kind === 'rule' || decidedBy.kind === 'gate')
      this.#bump(this.#index.get(decidedBy.ruleId), 'decided');
    else if (decidedBy.kind === 'undecided')
      for (const id of decidedBy.ruleIds) this.#bump(this.#index.get(id), 'mayDecide');
  }

  #hazards(hazards: readonly Hazard[]): number {
    let bits = 0;
    const named = new Set<string>();
    for (const { kind, ruleId } of hazards) {
      bits |= HAZARD_BITS[kind];
      // A rule that two readings name is counted once a call.
      const key = `${kind} ${ruleId}`;
      if (named.has(key)) continue;
      named.add(key);
      const field = kind === 'gate-passed' ? 'gatePassed' : kind === 'deny-skipped' ? 'denySkipped' : 'ourReading';
      this.#bump(this.#index.get(ruleId), field);
    }
    return bits;
  }

  #bump(index: number | undefined, field: Exclude<keyof Counter, 'ruleId'>): void {
    const counter = index === undefined ? undefined : this.#perRule[index];
    if (counter) counter[field]++;
  }

  result(calls: readonly Call[]): ReplayResult {
    const compiled = this.#compiled;
    const { effects, deciders, hazards, recorded } = this;
    const [allow, deny, conditional] = tally(effects, 3);
    const [, reproduced, byOtherRule, diverged, notReproducible] = tally(recorded, 5) as [
      number,
      number,
      number,
      number,
      number,
    ];
    return {
      rules: compiled.policy.rules.map(({ id }) => id),
      effects,
      deciders,
      hazards,
      recorded,
      counts: { allow: allow ?? 0, deny: deny ?? 0, conditional: conditional ?? 0 },
      perRule: this.#perRule,
      decidedByDefault: count(deciders, DECIDED_BY_DEFAULT),
      undecided: count(deciders, UNDECIDED),
      nextIsDefault: this.#nextIsDefault,
      recordedTally: {
        total: reproduced + byOtherRule + diverged + notReproducible,
        reproduced: reproduced + byOtherRule,
        byOtherRule,
        diverged,
        notReproducible,
      },
      rowAt: (index) => {
        const call = calls[index];
        return call ? decideRow(compiled, call) : undefined;
      },
    };
  }
}

function tally(codes: Uint8Array, kinds: number): number[] {
  const counts = new Array<number>(kinds).fill(0);
  for (const code of codes) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}

function count(column: Int32Array, wanted: number): number {
  let n = 0;
  for (const value of column) if (value === wanted) n++;
  return n;
}

import { type Call, type CompiledPolicy, type DecidedBy, lineUp, type LineUp, type RuleId } from '../engine';
import { addKind, type DecisionKinds, noKinds, NOT_KEPT, tidyKinds } from './kinds';
import { recordedCode } from './recorded';
import {
  DECIDED_BY_DEFAULT,
  EFFECT_CODES,
  emptyColumns,
  HAZARD_BITS,
  type ReplayColumns,
  type ReplayResult,
  UNDECIDED,
} from './replay-result';
import { ReplayTallies } from './tally';

/** Decides every call. Pure and total. */
export function replay(compiled: CompiledPolicy, calls: readonly Call[]): ReplayResult {
  const tape = new ReplayTape(compiled, emptyColumns(calls.length), new ReplayTallies(compiled.policy));
  calls.forEach((call, i) => tape.decide(i, call));
  return tape.result();
}

/** What the columns hold of calls that come to the same. */
interface DecisionKind {
  readonly found: LineUp;
  readonly code: number;
  readonly effect: number;
  readonly decider: number;
  readonly hazards: number;
}

/** Past this many, what was worked out by kind is worked out anew. */
const MAX_REMEMBERED = 65_536;

/** Of each result, beside it: it is neither sent with it nor stored. */
const KEPT = new WeakMap<ReplayResult, DecisionKinds>();

/** What the calls of a result came to, to go on from; undefined for a result that was copied or read back. */
export const kindsOf = (result: ReplayResult): DecisionKinds | undefined => KEPT.get(result);

/** Columns and counts while they are being filled, by one policy. */
export class ReplayTape {
  readonly #compiled: CompiledPolicy;
  readonly #columns: ReplayColumns;
  readonly #tallies: ReplayTallies;
  readonly #index: ReadonlyMap<RuleId, number>;
  readonly #kinds: DecisionKinds;
  /** How many calls of each kind are in the tallies. */
  readonly #counted: readonly number[];
  readonly #known = new Map<LineUp, DecisionKind>();

  /** `kinds`: what is known of calls that are in the tallies. */
  constructor(
    compiled: CompiledPolicy,
    columns: ReplayColumns,
    tallies: ReplayTallies,
    kinds = noKinds(columns.effects.length),
  ) {
    this.#compiled = compiled;
    this.#columns = columns;
    this.#tallies = tallies;
    this.#kinds = kinds;
    this.#counted = [...kinds.calls];
    this.#index = new Map(compiled.policy.rules.map(({ id }, index) => [id, index]));
  }

  /** Decides the call at a place, and counts it. */
  decide(i: number, call: Call): void {
    const { effects, deciders, hazards, recorded } = this.#columns;
    const kind = this.#kindOf(lineUp(this.#compiled, call));
    effects[i] = kind.effect;
    deciders[i] = kind.decider;
    hazards[i] = kind.hazards;
    recorded[i] = call.recorded ? recordedCode(call.recorded, kind.found.answer, this.#compiled.policy.rules) : 0;
    this.#kinds.codes[i] = kind.code;
    if (kind.code === NOT_KEPT) this.#tallies.count(kind.found, 1);
    else this.#add(kind.code, 1);
  }

  /** Whether what the call at a place came to is known. */
  keeps(i: number): boolean {
    return (this.#kinds.codes[i] ?? NOT_KEPT) !== NOT_KEPT;
  }

  /** Takes back what was counted of the call at a place. */
  takeBack(i: number): void {
    this.#add(this.#kinds.codes[i] ?? NOT_KEPT, -1);
  }

  #add(code: number, by: number): void {
    const { calls } = this.#kinds;
    calls[code] = (calls[code] ?? 0) + by;
  }

  #kindOf(found: LineUp): DecisionKind {
    const known = this.#known.get(found);
    if (known) return known;
    if (this.#known.size >= MAX_REMEMBERED) this.#known.clear();
    const { effect, decidedBy, hazards } = found.answer;
    const kind: DecisionKind = {
      found,
      code: addKind(this.#kinds, found),
      effect: EFFECT_CODES.indexOf(effect),
      decider: this.#decider(decidedBy),
      hazards: hazards.reduce((bits, hazard) => bits | HAZARD_BITS[hazard.kind], 0),
    };
    this.#known.set(found, kind);
    return kind;
  }

  /** Puts into the tallies what differs from what they hold. */
  #settle(): void {
    const { found, calls } = this.#kinds;
    found.forEach((one, code) => {
      const by = (calls[code] ?? 0) - (this.#counted[code] ?? 0);
      if (by !== 0) this.#tallies.count(one, by);
    });
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

  result(): ReplayResult {
    this.#settle();
    const compiled = this.#compiled;
    const { effects, deciders, recorded } = this.#columns;
    const [allow, deny, conditional] = histogram(effects);
    const [, reproduced, byOtherRule, diverged, notReproducible] = histogram(recorded);
    const result: ReplayResult = {
      ...this.#columns,
      rules: compiled.policy.rules.map(({ id }) => id),
      counts: { allow, deny, conditional },
      perRule: this.#tallies.perRule,
      decidedByDefault: count(deciders, DECIDED_BY_DEFAULT),
      undecided: count(deciders, UNDECIDED),
      nextIsDefault: this.#tallies.nextIsDefault,
      recordedTally: {
        total: reproduced + byOtherRule + diverged + notReproducible,
        reproduced: reproduced + byOtherRule,
        byOtherRule,
        diverged,
        notReproducible,
      },
    };
    KEPT.set(result, tidyKinds(this.#kinds));
    return result;
  }
}

/** How often each of the codes 0 to 4 occurs. */
function histogram(codes: Uint8Array): [number, number, number, number, number] {
  const counts: [number, number, number, number, number] = [0, 0, 0, 0, 0];
  for (const code of codes) if (code <= 4) counts[code as 0 | 1 | 2 | 3 | 4]++;
  return counts;
}

function count(column: Int32Array, wanted: number): number {
  let n = 0;
  for (const value of column) if (value === wanted) n++;
  return n;
}

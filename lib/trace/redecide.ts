import {
  asksArguments,
  type Call,
  type CompiledPolicy,
  type CompiledRule,
  gateOnFalse,
  lineUp,
  type Rule,
  type RuleId,
  touching,
} from '../engine';
import { copyKinds } from './kinds';
import { kindsOf, replay, ReplayTape } from './replay';
import { type ReplayColumns, type ReplayResult } from './replay-result';
import { ReplayTallies } from './tally';

/**
 * The result of `after` over the same calls, from that of `before`: only calls that the edit can touch are decided again. Equal to what
 * `replay` gives. INVARIANT: `previous` is the result of `before` over these very calls.
 */
export function redecide(
  previous: ReplayResult,
  before: CompiledPolicy,
  after: CompiledPolicy,
  calls: readonly Call[],
): ReplayResult {
  const again = redeciding(previous, before, after);
  if (again === null || previous.effects.length !== calls.length) return replay(after, calls);
  for (let i = 0; i < calls.length; i++) {
    const call = calls[i];
    if (call && again.touches(call)) again.decide(i, call);
  }
  return again.result();
}

/** A result on its way from one policy to another. */
export interface RedecideState {
  /** Whether the edit may touch the call. False is certain, and says that its decision stays. */
  touches(call: Call): boolean;
  /** Whether deciding such a call again may need its arguments or time. */
  asks(index: number, call: Call): boolean;
  /** Decides a call again that it may touch. */
  decide(index: number, call: Call): void;
  result(): ReplayResult;
}

/** Null where all is to be decided anew. `previous` is left as it is. */
export function redeciding(
  previous: ReplayResult,
  before: CompiledPolicy,
  after: CompiledPolicy,
): RedecideState | null {
  const edited = editedRules(before, after);
  if (edited === null) return null;
  const columns: ReplayColumns = {
    effects: previous.effects.slice(),
    deciders: remapped(previous, after),
    hazards: previous.hazards.slice(),
    recorded: previous.recorded.slice(),
  };
  const tallies = new ReplayTallies(after.policy, previous);
  const kinds = kindsOf(previous);
  const tape = new ReplayTape(after, columns, tallies, kinds && copyKinds(kinds));
  const [asked, asks] = [asksArguments(before), asksArguments(after)];
  return {
    touches: touching(edited),
    asks: (index, call) => asks(call) || (!tape.keeps(index) && asked(call)),
    decide(index, call) {
      if (tape.keeps(index)) tape.takeBack(index);
      else tallies.count(lineUp(before, call), -1);
      tape.decide(index, call);
    },
    result: () => tape.result(),
  };
}

/** The rules that an edit adds, takes out, changes or moves, as they were and as they are; null where all is to be decided again. */
function editedRules(before: CompiledPolicy, after: CompiledPolicy): CompiledRule[] | null {
  if (gateOnFalse(before.policy.settings) !== gateOnFalse(after.policy.settings)) return null;
  if (JSON.stringify(before.readings) !== JSON.stringify(after.readings)) return null;
  const old = placesOf(before.policy.rules);
  const now = placesOf(after.policy.rules);
  if (old.size !== before.policy.rules.length || now.size !== after.policy.rules.length) return null;
  const kept = after.policy.rules.flatMap((rule, place) => {
    const was = old.get(rule.id);
    return was !== undefined && sameRule(before.policy.rules[was], rule) ? [{ place, was }] : [];
  });
  const still = longestRising(kept.map(({ was }) => was)).map((i) => kept[i]);
  const stillBefore = new Set(still.map((one) => one?.was));
  const stillAfter = new Set(still.map((one) => one?.place));
  return [
    ...before.rules.filter(({ index }) => !stillBefore.has(index)),
    ...after.rules.filter(({ index }) => !stillAfter.has(index)),
  ];
}

const placesOf = (rules: readonly Rule[]): ReadonlyMap<RuleId, number> => new Map(rules.map(({ id }, i) => [id, i]));

const sameRule = (a: Rule | undefined, b: Rule): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);

/** The deciders by the places of the new policy; a rule that is gone decides only calls that are decided again. */
function remapped({ deciders, rules }: ReplayResult, after: CompiledPolicy): Int32Array<ArrayBuffer> {
  const now = placesOf(after.policy.rules);
  const places = Int32Array.from(rules, (id) => now.get(id) ?? 0);
  return places.every((place, i) => place === i)
    ? deciders.slice()
    : deciders.map((old) => (old < 0 ? old : (places[old] ?? 0)));
}

/** Indexes of a longest rising part of a list (patience sorting): the rules that need not be taken as moved. */
export function longestRising(values: readonly number[]): number[] {
  const tails: number[] = [];
  const previous: number[] = [];
  values.forEach((value, i) => {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((values[tails[middle] ?? 0] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    previous[i] = low > 0 ? (tails[low - 1] ?? -1) : -1;
    tails[low] = i;
  });
  const rising: number[] = [];
  for (let at = tails[tails.length - 1] ?? -1; at >= 0; at = previous[at] ?? -1) rising.unshift(at);
  return rising;
}

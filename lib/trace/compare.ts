import type { Call, DecisionEffect, RuleId } from '../engine';
import { DECIDED_BY_DEFAULT, EFFECT_CODES, type ReplayResult, UNDECIDED } from './replay';

/** Who decided, in words that two policies share. */
export type Decider = RuleId | 'default' | 'undecided';

/** Two results over the same calls (specification, 3 "Replay"). */
export interface Comparison {
  readonly total: number;
  /** Calls by their effect before and after. */
  readonly matrix: { readonly [Before in DecisionEffect]: { readonly [After in DecisionEffect]: number } };
  /** Calls whose effect changes, in order. */
  readonly changed: Uint32Array<ArrayBuffer>;
  /** Calls with the same effect by another rule, in order: neither a change nor no change. */
  readonly otherRule: Uint32Array<ArrayBuffer>;
}

/** A cell of the matrix by tool and rules: the n calls of this tool that `before` decided, and now `after` does. */
export interface CellGroup {
  readonly resource: string | null;
  readonly tool: string | null;
  readonly before: Decider;
  readonly after: Decider;
  readonly calls: readonly number[];
}

/** What a summary sentence says: so many calls go from one effect to another, by the rule that decides them now. */
export interface Shift {
  readonly before: DecisionEffect;
  readonly after: DecisionEffect;
  readonly by: Decider;
  readonly count: number;
}

/** INVARIANT: both results are of the same calls, in the same order; what one has more is left out. */
export function compareResults(before: ReplayResult, after: ReplayResult): Comparison {
  const total = Math.min(before.effects.length, after.effects.length);
  const row = (): Record<DecisionEffect, number> => ({ allow: 0, deny: 0, conditional: 0 });
  const matrix = { allow: row(), deny: row(), conditional: row() };
  const changed = new Uint32Array(total);
  const otherRule = new Uint32Array(total);
  const sameRule = deciderTest(before, after);
  let changes = 0;
  let others = 0;
  for (let i = 0; i < total; i++) {
    const from = effectAt(before, i);
    const to = effectAt(after, i);
    matrix[from][to]++;
    if (from !== to) changed[changes++] = i;
    else if (!sameRule(i)) otherRule[others++] = i;
  }
  return { total, matrix, changed: changed.slice(0, changes), otherRule: otherRule.slice(0, others) };
}

export const effectAt = ({ effects }: ReplayResult, index: number): DecisionEffect =>
  EFFECT_CODES[effects[index] ?? 2] ?? 'conditional';

export function deciderAt({ deciders, rules }: ReplayResult, index: number): Decider {
  const decider = deciders[index] ?? UNDECIDED;
  return decider === DECIDED_BY_DEFAULT ? 'default' : (rules[decider] ?? 'undecided');
}

/** No index, and none of the codes: a rule that the other policy has not. */
const NOWHERE = -3;

/** Whether a call is decided by the same rule (the same id) in both: by index, once the ids are held against each other. */
function deciderTest(before: ReplayResult, after: ReplayResult): (index: number) => boolean {
  const indexes = new Map(after.rules.map((id, index) => [id, index]));
  const moved = Int32Array.from(before.rules, (id) => indexes.get(id) ?? NOWHERE);
  return (i) => {
    const from = before.deciders[i] ?? UNDECIDED;
    return (from < 0 ? from : moved[from]) === after.deciders[i];
  };
}

/** The calls of a cell, grouped by tool and pair of rules, the largest group first. */
export function cellGroups(
  before: ReplayResult,
  after: ReplayResult,
  calls: readonly Call[],
  indices: Iterable<number>,
): readonly CellGroup[] {
  const groups = new Map<string, CellGroup & { calls: number[] }>();
  for (const i of indices) {
    const call = calls[i];
    if (!call) continue;
    const group = {
      resource: call.resource?.slug ?? null,
      tool: call.tool?.name ?? null,
      before: deciderAt(before, i),
      after: deciderAt(after, i),
    };
    const key = JSON.stringify(group);
    const known = groups.get(key);
    if (known) known.calls.push(i);
    else groups.set(key, { ...group, calls: [i] });
  }
  return [...groups.values()].sort((a, b) => b.calls.length - a.calls.length);
}

/** The calls of one cell of the matrix, in order. */
export function cellCalls(
  before: ReplayResult,
  after: ReplayResult,
  from: DecisionEffect,
  to: DecisionEffect,
): Uint32Array<ArrayBuffer> {
  const total = Math.min(before.effects.length, after.effects.length);
  const found: number[] = [];
  for (let i = 0; i < total; i++) if (effectAt(before, i) === from && effectAt(after, i) === to) found.push(i);
  return Uint32Array.from(found);
}

/** The changes of effect, by what decides now, the most calls first. */
export function shiftsOf(before: ReplayResult, after: ReplayResult, { changed }: Comparison): readonly Shift[] {
  const shifts = new Map<string, Shift & { count: number }>();
  for (const i of changed) {
    const shift = { before: effectAt(before, i), after: effectAt(after, i), by: deciderAt(after, i) };
    const key = `${shift.before} ${shift.after} ${shift.by}`;
    const known = shifts.get(key);
    if (known) known.count++;
    else shifts.set(key, { ...shift, count: 1 });
  }
  return [...shifts.values()].sort((a, b) => b.count - a.count);
}

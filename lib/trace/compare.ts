import type { DecisionEffect, RuleId } from '../engine';
import type { CallsAt } from './columns';
import { DECIDED_BY_DEFAULT, EFFECT_CODES, type ReplayResult, UNDECIDED } from './replay-result';

/** Who decided, as two policies can share it. A variant, for a rule's id may be any text. */
export type DecidingRule =
  { readonly kind: 'rule'; readonly ruleId: RuleId } | { readonly kind: 'default' } | { readonly kind: 'undecided' };

/** Two results over the same calls. */
export interface TraceComparison {
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
  readonly before: DecidingRule;
  readonly after: DecidingRule;
  readonly calls: readonly number[];
}

/** What a summary sentence says: so many calls go from one effect to another, by the rule that decides them now. */
export interface EffectShift {
  readonly before: DecisionEffect;
  readonly after: DecisionEffect;
  readonly by: DecidingRule;
  readonly count: number;
}

/** INVARIANT: both results are of the same calls, in the same order; what one has more is left out. */
export function compareResults(before: ReplayResult, after: ReplayResult): TraceComparison {
  const total = Math.min(before.effects.length, after.effects.length);
  const cells = new Uint32Array(CODES * CODES);
  const changed = new Uint32Array(total);
  const otherRule = new Uint32Array(total);
  const sameRule = deciderTest(before, after);
  let changes = 0;
  let others = 0;
  for (let i = 0; i < total; i++) {
    const from = before.effects[i] ?? 2;
    const to = after.effects[i] ?? 2;
    const cell = from * CODES + to;
    cells[cell] = (cells[cell] ?? 0) + 1;
    if (from !== to) changed[changes++] = i;
    else if (!sameRule(i)) otherRule[others++] = i;
  }
  const row = (from: number) => {
    const [allow = 0, deny = 0, conditional = 0] = cells.subarray(from * CODES);
    return { allow, deny, conditional };
  };
  const matrix = { allow: row(0), deny: row(1), conditional: row(2) };
  return { total, matrix, changed: changed.slice(0, changes), otherRule: otherRule.slice(0, others) };
}

const CODES = EFFECT_CODES.length;

export const effectAt = ({ effects }: ReplayResult, index: number): DecisionEffect =>
  EFFECT_CODES[effects[index] ?? 2] ?? 'conditional';

const DEFAULT: DecidingRule = { kind: 'default' };
const NOT_DECIDED: DecidingRule = { kind: 'undecided' };

export function deciderAt({ deciders, rules }: ReplayResult, index: number): DecidingRule {
  const decider = deciders[index] ?? UNDECIDED;
  if (decider === DECIDED_BY_DEFAULT) return DEFAULT;
  const ruleId = rules[decider];
  return ruleId === undefined ? NOT_DECIDED : { kind: 'rule', ruleId };
}

/** No index, and none of the codes: a rule that the other policy has not. */
const NOWHERE = -3;

/** Whether a call is decided by the same rule (the same id) in both: by index, once the ids are compared. */
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
  calls: CallsAt,
  indices: Iterable<number>,
): readonly CellGroup[] {
  type Growing = CellGroup & { readonly calls: number[] };
  /** By the pair of deciders, as one number; then by resource and tool. */
  const byPair = new Map<number, Map<string | null, Map<string | null, Growing>>>();
  const groups: Growing[] = [];
  const width = after.rules.length + 2;
  for (const i of indices) {
    const call = calls.at(i);
    if (!call) continue;
    const resource = call.resource?.slug ?? null;
    const tool = call.tool?.name ?? null;
    const pair = ((before.deciders[i] ?? UNDECIDED) + 2) * width + (after.deciders[i] ?? UNDECIDED) + 2;
    const byTool = inMap(inMap(byPair, pair, newMap), resource, newMap) as Map<string | null, Growing>;
    inMap(byTool, tool, () => {
      const group = { resource, tool, before: deciderAt(before, i), after: deciderAt(after, i), calls: [] };
      groups.push(group);
      return group;
    }).calls.push(i);
  }
  return groups.sort((a, b) => b.calls.length - a.calls.length);
}

const newMap = <K, V>(): Map<K, V> => new Map<K, V>();

function inMap<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = make()));
  return value;
}

/** The calls of one cell of the matrix, in order. */
export function cellCalls(
  before: ReplayResult,
  after: ReplayResult,
  from: DecisionEffect,
  to: DecisionEffect,
): Uint32Array<ArrayBuffer> {
  const total = Math.min(before.effects.length, after.effects.length);
  const wasCode = EFFECT_CODES.indexOf(from);
  const isCode = EFFECT_CODES.indexOf(to);
  const found = new Uint32Array(total);
  let count = 0;
  for (let i = 0; i < total; i++) if (before.effects[i] === wasCode && after.effects[i] === isCode) found[count++] = i;
  return found.slice(0, count);
}

/** The changes of effect, by what decides now, the most calls first. */
export function shiftsOf(
  before: ReplayResult,
  after: ReplayResult,
  { changed }: TraceComparison,
): readonly EffectShift[] {
  const shifts = new Map<number, EffectShift & { count: number }>();
  for (const i of changed) {
    const cell = (before.effects[i] ?? 2) * CODES + (after.effects[i] ?? 2);
    const key = ((after.deciders[i] ?? UNDECIDED) + 2) * CODES * CODES + cell;
    const known = shifts.get(key);
    if (known) known.count++;
    else shifts.set(key, { before: effectAt(before, i), after: effectAt(after, i), by: deciderAt(after, i), count: 1 });
  }
  return [...shifts.values()].sort((a, b) => b.count - a.count);
}

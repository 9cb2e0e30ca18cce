/**
 * A decision with what a replay counts beside it: which rules were skipped, and which one is next in line.
 *
 * All of it follows from the route of a call and from what the conditions that are asked come to, and so it is remembered: for each route
 * as a tree, at each fork the condition that is asked next. Deciding a call of a known kind costs the conditions that it must ask.
 */
import type { CompiledPolicy } from './compile';
import { isWaiting, type ConditionValue } from '../conditions/condition-value';
import { choicesOf, ConditionValues } from './evaluator';
import { readCall } from '../match/facts';
import { hazardsOf } from './hazards';
import { judge, type ValueOf } from './judge';
import type { LineUpFork, LineUpLeaf, LineUp, ConditionOutcome } from '../routes/kinds';
import type { Call, JsonObject, RuleId } from '../model/model';
import type { Route } from '../routes/routes';

/** Calls of one kind share one line-up, so that what follows from it can be remembered by its identity. Never throws. */
export function lineUp(compiled: CompiledPolicy, call: Call): LineUp {
  return lineUpOf(compiled, readCall(call));
}

export function lineUpOf(compiled: CompiledPolicy, call: JsonObject): LineUp {
  const route = compiled.router.routeOf(call);
  const tree = route.kinds;
  if (tree?.kind === 'leaf') return tree.found;
  const values = new ConditionValues(compiled, call);
  let here: LineUpLeaf | LineUpFork | undefined = tree;
  while (here?.kind === 'fork') here = here.ways.get(wayOf(values.recalled(here.condition)));
  if (here) return here.found;
  const asked: number[] = [];
  const found = compute(compiled, route, ({ rule: { condition } }) => {
    if (condition === undefined) return true;
    if (!asked.includes(condition)) asked.push(condition);
    return values.recalled(condition);
  });
  route.kinds = grown(tree, asked, values, { kind: 'leaf', found });
  compiled.router.remembered();
  return found;
}

function compute(compiled: CompiledPolicy, route: Route, valueOf: ValueOf): LineUp {
  const choices = choicesOf(compiled);
  const judgement = judge(route.entries, valueOf, choices);
  const { effect, decidedBy, end } = judgement;
  const decided = decidedBy.kind === 'rule' || decidedBy.kind === 'gate';
  return {
    answer: { effect, decidedBy, hazards: hazardsOf(route, judgement, valueOf, choices) },
    erred: erredAbove(route, end, valueOf),
    // INVARIANT: where a rule decides, all above it are certainly passed, so that those below it are all that is left.
    next: decided ? judge(route.entries.slice(end + 1), valueOf, choices).decidedBy : undefined,
    meetsCondition: route.entries.slice(0, end + 1).some(({ rule: { rule } }) => rule.condition !== null),
  };
}

const NONE: readonly RuleId[] = [];

function erredAbove(route: Route, end: number, valueOf: ValueOf): readonly RuleId[] {
  let erred: RuleId[] | undefined;
  for (let i = 0; i < end; i++) {
    const entry = route.entries[i];
    if (!entry) continue;
    const value = valueOf(entry);
    if (typeof value !== 'boolean' && !isWaiting(value)) (erred ??= []).push(entry.rule.rule.id);
  }
  return erred ?? NONE;
}

function wayOf(value: ConditionValue): ConditionOutcome {
  if (typeof value === 'boolean') return value;
  return isWaiting(value) ? `waits ${value.paths.join(' ')}` : 'error';
}

/** The tree with one leaf more. INVARIANT: what is asked next depends on the answers so far alone, so that forks on the way agree. */
function grown(
  tree: LineUpLeaf | LineUpFork | undefined,
  asked: readonly number[],
  values: ConditionValues,
  leaf: LineUpLeaf,
): LineUpLeaf | LineUpFork {
  const [condition, ...rest] = asked;
  if (condition === undefined) return leaf;
  const fork: LineUpFork = tree?.kind === 'fork' ? tree : { kind: 'fork', condition, ways: new Map() };
  const way = wayOf(values.recalled(condition));
  fork.ways.set(way, grown(fork.ways.get(way), rest, values, leaf));
  return fork;
}

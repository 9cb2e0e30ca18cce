/** Which calls cannot be decided by who calls what alone: a condition on their way reads what each call has of its own. */
import type { CompiledPolicy } from './compile';
import { asksOwn } from '../conditions/reads';
import { readCall } from '../match/facts';
import type { Call } from '../model/model';
import type { Route } from '../routes/routes';

/**
 * A test for calls whose decision, or what a replay counts beside it, may hang on their arguments or time. False is certain: without
 * them the call is decided as with them. Never throws.
 */
export function asksArguments(compiled: CompiledPolicy): (call: Call) => boolean {
  const asking = compiled.conditions.map(({ program }) => asksOwn(program?.reads ?? []));
  const known = new WeakMap<Route, boolean>();
  return (call) => {
    const route = compiled.router.routeOf(readCall(call));
    const found = known.get(route);
    if (found !== undefined) return found;
    const lists = [route.entries, ...route.flips.map(({ entries }) => entries)];
    const asks = lists.some((list) => list.some(({ rule }) => rule.condition !== undefined && asking[rule.condition]));
    known.set(route, asks);
    return asks;
  };
}

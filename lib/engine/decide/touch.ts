/** Which calls an edit of some rules can make a difference to: those that one of them may apply to, under any reading. */
import { readCall } from '../match/facts';
import type { CompiledRule } from '../match/match';
import type { Call } from '../model/model';
import { OURS, variantsOf } from '../model/readings';
import { Router } from '../routes/routes';

/**
 * A test for calls whose decision may hang on one of these rules, of whatever policies. False is certain: with these rules changed, moved or
 * taken out, the call is decided as before. Never throws.
 */
export function touching(rules: readonly CompiledRule[]): (call: Call) => boolean {
  const active = rules.filter((rule) => rule.active);
  // Rules of one scope and the same tools, as one before and after an edit, are one question.
  const distinct = new Map(active.map((one) => [JSON.stringify([one.rule.scope, one.rule.tools]), one]));
  if (distinct.size === 0) return () => false;
  const compared = [...distinct.values()].map((rule, index) => ({ ...rule, index }));
  // INVARIANT: what matches under some readings matches under ours, or under ours without regard to case: the others only narrow.
  const router = new Router(compared, OURS, variantsOf(OURS));
  return (call) => {
    const { entries, flips } = router.routeOf(readCall(call));
    return entries.length > 0 || flips.some((flip) => flip.entries.length > 0);
  };
}

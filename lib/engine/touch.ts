/** Which calls an edit of some rules can make a difference to: those that one of them may apply to, under any reading. */
import type { CompiledPolicy } from './compile';
import { readCall } from './facts';
import type { Call } from './model';
import { Router } from './routes';

/**
 * A test for calls whose decision may hang on one of the rules at these indexes. False is certain: with these rules changed, moved or
 * taken out, the call is decided as before. Never throws.
 */
export function touching(compiled: CompiledPolicy, indexes: readonly number[]): (call: Call) => boolean {
  const rules = indexes
    .flatMap((index) => compiled.rules[index] ?? [])
    .filter(({ active }) => active)
    .map((rule, index) => ({ ...rule, index }));
  if (rules.length === 0) return () => false;
  const router = new Router(rules);
  return (call) => {
    const { entries, flips } = router.routeOf(readCall(call));
    return entries.length > 0 || flips.some((flip) => flip.entries.length > 0);
  };
}

/** Which calls an edit of some rules can make a difference to: those that one of them may apply to, under any reading. */
import type { CompiledPolicy } from './compile';
import { readCall, scopeFacts, toolName } from './facts';
import type { Call } from './model';
import { flipped, OURS } from './readings';
import { matchTool, type CompiledRule } from './match';
import { matchScope } from './scope';

/**
 * INVARIANT: a scope that is compared in any case matches all that `OURS` and every other flipped reading match. So do patterns, but for
 * negated classes: `[!a]` leaves out more in any case.
 */
const WIDEST = flipped('case');

/**
 * A test for calls whose decision may hang on one of the rules at these indexes. False is certain: with these rules changed, moved or
 * taken out, the call is decided as before. Never throws.
 */
export function touching(compiled: CompiledPolicy, indexes: readonly number[]): (call: Call) => boolean {
  const rules = indexes.flatMap((index) => compiled.rules[index] ?? []).filter(({ active }) => active);
  const byTool = new Map<string | null | undefined, readonly CompiledRule[]>();
  const rulesFor = (name: string | null | undefined): readonly CompiledRule[] => {
    let found = byTool.get(name);
    if (found === undefined) {
      found = rules.filter((rule) => [OURS, WIDEST].some((readings) => matchTool(rule, name, readings) !== 'no'));
      if (byTool.size < 10_000) byTool.set(name, found);
    }
    return found;
  };
  if (rules.length === 0) return () => false;
  return (call) => {
    const read = readCall(call);
    const named = rulesFor(toolName(read));
    if (named.length === 0) return false;
    if (named.some(({ scope }) => scope.length === 0)) return true;
    const facts = scopeFacts(read);
    return named.some(({ scope }) => matchScope(scope, facts, WIDEST) !== 'no');
  };
}

/** Which rules a call comes to, and what became of each: what coverage counts. */
import type { CompiledPolicy } from './compile';
import { choicesOf, evaluator } from './evaluator';
import { readCall } from '../match/facts';
import { judge } from './judge';
import type { Call, DecidedBy } from '../model/model';
import { settle } from './outcome';

/** The kinds of step of a rule that a call comes to: its scope and patterns fit, or may, and nothing above certainly decides. */
export type ReachedStepKind = 'matched' | 'gate-denied' | 'condition-false' | 'condition-error' | 'unknown';

/**
 * Visits, in order, each rule that has such a step in `decide`, by its index, and gives what decided. Never throws.
 */
export function visitReached(
  compiled: CompiledPolicy,
  call: Call,
  visit: (index: number, reached: ReachedStepKind) => void,
): DecidedBy {
  const read = readCall(call);
  const { entries } = compiled.router.routeOf(read);
  const choices = choicesOf(compiled);
  const valueOf = evaluator(compiled, read);
  const { decidedBy, end } = judge(entries, valueOf, choices);
  for (let i = 0; i <= end && i < entries.length; i++) {
    const entry = entries[i];
    if (!entry) continue;
    const settled = settle(entry, valueOf(entry), choices);
    const { index } = entry.rule;
    if (settled.kind === 'may-decide') visit(index, 'unknown');
    else if (settled.kind === 'passed') visit(index, settled.error ? 'condition-error' : 'condition-false');
    else visit(index, settled.by === 'gate' ? 'gate-denied' : 'matched');
  }
  return decidedBy;
}

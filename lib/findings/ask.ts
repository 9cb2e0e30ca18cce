/** Questions of checks: within the work that is left, and with the call first that answered the same question before. */
import type { Call } from '../engine';
import { WORK_LIMIT, type CallAnswer, type WorkLimit } from '../regions';
import type { CheckedPolicy } from './model';

/** Gives a question its share of the work that is left for the policy. */
export function withWork<T>({ work }: CheckedPolicy, ask: (limit: WorkLimit) => T, most = WORK_LIMIT): T {
  const given = Math.max(0, Math.min(most, work.left));
  const limit = { left: given };
  const answer = ask(limit);
  // A question takes a step at least, so that their number is bounded as well.
  work.left -= 1 + given - Math.max(limit.left, 0);
  return answer;
}

/** Asks a question about a rule. `tryFirst`: calls that are likely to answer it. */
export function askOf(
  checked: CheckedPolicy,
  question: string,
  ask: (options: { readonly tryFirst: readonly Call[]; readonly limit: WorkLimit }) => CallAnswer,
  tryFirst: readonly Call[] = [],
): CallAnswer {
  const before = checked.memory.callOf(question);
  const answer = withWork(checked, (limit) => ask({ tryFirst: before ? [before, ...tryFirst] : tryFirst, limit }));
  if (answer.kind === 'call') checked.memory.keepCall(question, answer.call);
  return answer;
}

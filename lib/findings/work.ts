/** Questions of checks, within the work that is left for the policy. */
import { WORK_LIMIT, type WorkLimit } from '../regions';
import type { CheckedPolicy } from './model';

/** Gives a question its share of the work that is left. */
export function withWork<T>({ work }: CheckedPolicy, ask: (limit: WorkLimit) => T, most = WORK_LIMIT): T {
  const given = Math.max(0, Math.min(most, work.left));
  const limit = { left: given };
  const answer = ask(limit);
  // A question takes a step at least, so that their number is bounded as well.
  work.left -= 1 + given - Math.max(limit.left, 0);
  return answer;
}

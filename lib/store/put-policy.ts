import { done, write, type StoreContext } from './context';
import type { LogEntry, PolicyHead } from './records';
import type { PutPolicyOutcome } from './store';
import { problemOf } from './validate';

/** Stores a policy that comes from elsewhere, with its log. */
export async function putPolicy(
  context: StoreContext,
  head: PolicyHead,
  log: readonly LogEntry[],
): Promise<PutPolicyOutcome> {
  const problem = problemOf('policies', head) ?? logProblem(head, log);
  if (problem !== null) return { kind: 'unsound', problem };
  return write(
    context,
    ['policies', 'log'],
    async (tx) => {
      if ((await tx.get('policies', head.id)) !== undefined) return { kind: 'exists' } as const;
      await tx.put('policies', head);
      for (const entry of log) await tx.put('log', entry);
      return done;
    },
    (result) => (result.kind === 'done' ? { kind: 'policies' } : null),
  );
}

/** A log has a step at each position that its head names. */
function logProblem({ id, first, last }: PolicyHead, log: readonly LogEntry[]): string | null {
  if (log.length !== last - first + 1) return `has ${log.length} steps in place of ${last - first + 1}`;
  for (const [i, entry] of log.entries()) {
    const problem = problemOf('log', entry);
    if (problem !== null) return `step ${first + i}: ${problem}`;
    if (entry.policyId !== id || entry.position !== first + i) return `has no step ${first + i} in its place`;
  }
  return null;
}

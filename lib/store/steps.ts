import type { StoreTransaction } from './backend';
import type { LogEntry, PolicyHead, PolicyState } from './records';
import { problemOf } from './validate';

/** The rows on either side of the cursor, as they were found; undefined where one should be and is not. */
interface AdjacentSteps {
  readonly back: unknown;
  readonly ahead: unknown;
}

export async function around(tx: StoreTransaction, head: PolicyHead): Promise<AdjacentSteps> {
  const back = head.cursor >= head.first ? await tx.get('log', [head.id, head.cursor]) : null;
  const ahead = head.cursor < head.last ? await tx.get('log', [head.id, head.cursor + 1]) : null;
  return { back, ahead };
}

/** The policy with its nearest steps; a step that cannot be read is null, until `cutLog` cuts it off. */
export async function stateOf(tx: StoreTransaction, head: PolicyHead): Promise<PolicyState> {
  const { back, ahead } = await around(tx, head);
  return { head, back: stepOr(back), ahead: stepOr(ahead) };
}

const stepOr = (row: unknown): LogEntry | null =>
  row !== null && problemOf('log', row) === null ? (row as LogEntry) : null;

/**
 * Where a step beside the cursor is missing or cannot be read: the head with its log cut there, and the rows to be set
 * aside. Undefined where both are sound.
 */
export function cutLog(
  head: PolicyHead,
  { back, ahead }: AdjacentSteps,
):
  | { readonly head: PolicyHead; readonly aside: readonly { readonly row: unknown; readonly problem: string }[] }
  | undefined {
  const backProblem = back === null ? null : problemOf('log', back);
  const aheadProblem = ahead === null ? null : problemOf('log', ahead);
  if (backProblem === null && aheadProblem === null) return undefined;
  return {
    head: {
      ...head,
      first: backProblem === null ? head.first : head.cursor + 1,
      last: aheadProblem === null ? head.last : head.cursor,
    },
    aside: [
      ...(back !== undefined && backProblem !== null ? [{ row: back, problem: backProblem }] : []),
      ...(ahead !== undefined && aheadProblem !== null ? [{ row: ahead, problem: aheadProblem }] : []),
    ],
  };
}

import { isFailure, type LogEntry, type PolicyContent, type PolicyHead, type Store, type StoreFailure } from '../store';
import { applyPatch } from './patch';

/** A step of a policy's log, with the policy before and after it. */
export interface HistoryStep {
  readonly position: number;
  /** What was done, the user's text in backticks. */
  readonly label: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly before: PolicyContent;
  readonly after: PolicyContent;
  /** Whether it was taken back, and can be done again. */
  readonly undone: boolean;
}

export interface PolicyHistory {
  /** The newest first. */
  readonly steps: readonly HistoryStep[];
  /** Steps before these that can be asked for. */
  readonly earlier: number;
  /** The step before which the log does not fit the policy: nothing is known before it. */
  readonly gap: number | undefined;
}

/** The last steps of a stored policy, at most `most` of those that are done. */
export async function readHistory(
  store: Store,
  head: PolicyHead | undefined,
  most: number,
): Promise<PolicyHistory | StoreFailure> {
  if (head === undefined) return { steps: [], earlier: 0, gap: undefined };
  const log = await store.readLog(head.id, Math.max(head.first, head.cursor - most + 1), head.last);
  return isFailure(log) ? log : policyHistory(head, log.values);
}

/** The policy at each step of its log: patches are applied from the present one on, back to the first step and ahead to the last. */
function policyHistory(head: PolicyHead, log: readonly LogEntry[]): PolicyHistory {
  const back: HistoryStep[] = [];
  let content: PolicyContent | undefined = head.content;
  let gap: number | undefined;
  for (const entry of log.filter(({ position }) => position <= head.cursor).toSorted(newestFirst)) {
    const before = applyPatch(content, entry.backward);
    if (before === undefined) {
      gap = entry.position;
      break;
    }
    back.push(stepOf(entry, before, content, false));
    content = before;
  }
  const ahead: HistoryStep[] = [];
  content = head.content;
  for (const entry of log.filter(({ position }) => position > head.cursor).toSorted((a, b) => newestFirst(b, a))) {
    const after = applyPatch(content, entry.forward);
    if (after === undefined) break;
    ahead.unshift(stepOf(entry, content, after, true));
    content = after;
  }
  const steps = [...ahead, ...back];
  const oldest = steps.at(-1)?.position ?? head.cursor + 1;
  return { steps, earlier: gap === undefined ? Math.max(0, oldest - head.first) : 0, gap };
}

const newestFirst = (a: LogEntry, b: LogEntry): number => b.position - a.position;

const stepOf = (
  { position, label, at }: LogEntry,
  before: PolicyContent,
  after: PolicyContent,
  undone: boolean,
): HistoryStep => ({ position, label, at, before, after, undone });

/** Whether every step of a log can be taken back, and done again. */
export const fitsPolicy = (head: PolicyHead, log: readonly LogEntry[]): boolean =>
  policyHistory(head, log).steps.length === log.length;

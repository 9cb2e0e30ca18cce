import { answerQuestion, comparePolicies, policyRegion, type PolicyDifference } from '../regions';
import { parseQuestion } from '../statements';
import type { TraceWork } from '../trace';
import type { AskedLine } from './answers';
import type { WorkerQuestions } from './protocol';
import { SupersededError } from './superseded';

/** Answers one question about all calls; its work is bounded by a count. */
export async function askLine({ policy, catalog, line }: WorkerQuestions['ask']['params']): Promise<AskedLine> {
  const read = parseQuestion(line);
  if (!read.ok) return { kind: 'not-understood', problem: read.problem };
  return { kind: 'answered', answer: await answerQuestion(await policyRegion(policy, catalog), read.statement) };
}

/** Compares two policies over all calls, in slices. Throws `SupersededError` where it was stopped. */
export async function comparePermissions(
  { before, after, catalog }: WorkerQuestions['comparePermissions']['params'],
  work: TraceWork,
): Promise<PolicyDifference> {
  let searches = 0;
  return comparePolicies(before, after, catalog, async () => {
    await work.pause(searches++, 0);
    if (work.stopped()) throw new SupersededError();
  });
}

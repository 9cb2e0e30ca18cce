import type { FindingMemory, FoundByCheck, PolicyFinding } from '../findings';
import type { TraceWork } from '../trace';
import type { WorkerQuestions } from './protocol';
import { SupersededError } from './superseded';

type FindingParams = WorkerQuestions['findings']['params'];

/** Looks for what is wrong with a policy, in slices. */
export class FindingsDesk {
  /** What was found before: after an edit, only what the edit can change is searched anew. */
  #memory: FindingMemory | undefined;
  #last: { readonly asked: string; readonly findings: readonly PolicyFinding[] } | undefined;

  /** `work` begins work that calls `onSlice` at the end of each slice. Throws `SupersededError` where it was stopped. */
  async findings(
    { policy, catalog, invariants }: FindingParams,
    work: (onSlice: () => void) => TraceWork,
    onProgress: (found: readonly FoundByCheck[]) => void,
  ): Promise<readonly PolicyFinding[]> {
    const asked = JSON.stringify([policy, catalog, invariants]);
    if (this.#last?.asked === asked) return this.#last.findings;
    // Loaded when it is first needed: the decisions of the first screen do not wait for it.
    const { FindingMemory: Memory, findingsByCheck, inOrder } = await import('../findings');
    const memory = (this.#memory ??= new Memory());
    const found: FoundByCheck[] = [];
    let reported = 0;
    const slices = work(() => {
      if (found.length > reported) onProgress(found.slice(reported));
      reported = found.length;
    });
    const pause = async (): Promise<void> => {
      await slices.pause(found.length, 0);
      if (slices.stopped()) throw new SupersededError();
    };
    await pause();
    for await (const one of findingsByCheck(policy, catalog, { memory, pause, invariants })) found.push(one);
    const findings = inOrder(policy, found);
    this.#last = { asked, findings };
    return findings;
  }
}

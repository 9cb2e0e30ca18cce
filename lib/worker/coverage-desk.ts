import { coverageSlices, type Coverage } from '../analysis';
import type { Call, CompiledPolicy } from '../engine';

/** Calls that are counted before the worker looks whether something else is asked of it. */
const AT_ONCE = 5_000;

interface Counted {
  readonly policy: CompiledPolicy;
  readonly calls: readonly Call[];
  readonly coverage: Coverage;
}

/** Counts what calls show of a policy, with pauses in which other questions are answered. */
export class CoverageDesk {
  #last: Counted | undefined;

  /** `goesOn` is asked at each pause: where it is false, counting ends with an error. */
  async coverage(policy: CompiledPolicy, calls: readonly Call[], goesOn: () => boolean): Promise<Coverage> {
    if (this.#last?.policy === policy && this.#last.calls === calls) return this.#last.coverage;
    const slices = coverageSlices(policy, calls, AT_ONCE);
    for (;;) {
      const { done, value } = slices.next();
      if (done === true) {
        this.#last = { policy, calls, coverage: value };
        return value;
      }
      await new Promise((resume) => setTimeout(resume));
      if (!goesOn()) throw new Error('the policy has changed meanwhile');
    }
  }
}

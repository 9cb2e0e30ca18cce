import { CoverageCounter, type PolicyCoverage } from '../analysis';
import type { CompiledPolicy } from '../engine';
import { overTrace, type TraceWork } from '../trace';
import type { LoadedTrace } from './loaded-trace';
import { SupersededError } from './superseded';

interface CountedCoverage {
  readonly policy: CompiledPolicy;
  readonly trace: LoadedTrace;
  readonly coverage: PolicyCoverage;
}

/** Counts what calls show of a policy, with pauses in which other questions are answered. */
export class CoverageDesk {
  #last: CountedCoverage | undefined;

  /** Throws `SupersededError` where the work was stopped. */
  async coverage(policy: CompiledPolicy, trace: LoadedTrace, work: TraceWork): Promise<PolicyCoverage> {
    if (this.#last?.policy === policy && this.#last.trace === trace) return this.#last.coverage;
    const counter = new CoverageCounter(policy);
    const whole = await overTrace(trace, work, (_, call) => counter.count(call));
    if (!whole) throw new SupersededError();
    const { coverage } = counter;
    this.#last = { policy, trace, coverage };
    return coverage;
  }
}

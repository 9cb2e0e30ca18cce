import { CoverageCounter, type Coverage } from '../analysis';
import type { CompiledPolicy } from '../engine';
import { overTrace, type Work } from '../trace';
import type { LoadedTrace } from './loaded-trace';
import { Superseded } from './work';

interface Counted {
  readonly policy: CompiledPolicy;
  readonly trace: LoadedTrace;
  readonly coverage: Coverage;
}

/** Counts what calls show of a policy, with pauses in which other questions are answered. */
export class CoverageDesk {
  #last: Counted | undefined;

  /** Throws `Superseded` where the work was stopped. */
  async coverage(policy: CompiledPolicy, trace: LoadedTrace, work: Work): Promise<Coverage> {
    if (this.#last?.policy === policy && this.#last.trace === trace) return this.#last.coverage;
    const counter = new CoverageCounter(policy);
    const whole = await overTrace(trace, work, (_, call) => counter.count(call));
    if (!whole) throw new Superseded();
    const { coverage } = counter;
    this.#last = { policy, trace, coverage };
    return coverage;
  }
}

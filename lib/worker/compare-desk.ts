import { reasonsOf } from '../analysis';
import type { CompiledPolicy, Policy } from '../engine';
import {
  cellCalls,
  cellGroups,
  compareResults,
  deciderAt,
  effectAt,
  shiftsOf,
  type ReplayResult,
  type TraceWork,
} from '../trace';
import { decisionsOf, type Decisions } from './decisions';
import type { ComparedTrace, ComparedCall, ComparedGroup } from './answers';
import type { WorkerQuestions } from './protocol';

/** The policy that is shown, with its decisions over the open trace. */
export interface ShownDecisions extends Decisions {
  readonly stamp: number;
}

/** Holds the policy that is shown against another one. The other is decided once, so that after an edit only columns are compared. */
export class CompareDesk {
  #baseline: Decisions | undefined;

  async compare(policy: Policy, shown: ShownDecisions, work: TraceWork): Promise<ComparedTrace> {
    const { results: before } = await this.#decided(policy, shown, work);
    const { stamp, results: after } = shown;
    const comparison = compareResults(before, after);
    const { total, matrix, changed, otherRule } = comparison;
    return {
      stamp,
      total,
      matrix,
      changed: changed.length,
      otherRule: otherRule.length,
      shifts: shiftsOf(before, after, comparison),
      // The first, to be looked at; the whole list is asked for cell by cell.
      first: changed[0],
    };
  }

  async groups(
    policy: Policy,
    { from, to }: WorkerQuestions['compareCell']['params'],
    shown: ShownDecisions,
    work: TraceWork,
  ): Promise<readonly ComparedGroup[]> {
    const { results: before } = await this.#decided(policy, shown, work);
    const { results: after, trace } = shown;
    const cell = cellCalls(before, after, from, to);
    return cellGroups(before, after, trace, cell).map(({ calls: places, ...group }) => ({
      ...group,
      indices: Uint32Array.from(places),
    }));
  }

  async call(policy: Policy, index: number, shown: ShownDecisions, work: TraceWork): Promise<ComparedCall> {
    const baseline = await this.#decided(policy, shown, work);
    const call = await shown.trace.call(index);
    if (call === undefined) throw new Error('there is no such call in the open trace');
    const side = async (compiled: CompiledPolicy, results: ReplayResult) => ({
      ...(await reasonsOf(compiled, call)),
      effect: effectAt(results, index),
      by: deciderAt(results, index),
    });
    return {
      call,
      before: await side(baseline.policy, baseline.results),
      after: await side(shown.policy, shown.results),
    };
  }

  /** A version of the policy that is shown is near it: what they share need not be decided again. */
  async #decided(policy: Policy, shown: ShownDecisions, work: TraceWork): Promise<Decisions> {
    return (this.#baseline = await decisionsOf(policy, shown.trace, [this.#baseline, shown], work));
  }
}

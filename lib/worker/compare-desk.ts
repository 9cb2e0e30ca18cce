import { compilePolicy, type Call, type CompiledPolicy, type Policy } from '../engine';
import {
  cellCalls,
  cellGroups,
  compareResults,
  deciderAt,
  effectAt,
  redecide,
  shiftsOf,
  type ReplayResult,
} from '../trace';
import { reasonsOf } from './analysis-desk';
import type { Compared, ComparedCall, ComparedGroup, Questions } from './protocol';

/** The policy that is shown, with its decisions over the open calls. */
export interface Standing {
  readonly stamp: number;
  readonly policy: CompiledPolicy;
  readonly results: ReplayResult;
  readonly calls: readonly Call[];
}

/** A policy to compare with, and its decisions over the calls that were open then. */
interface Baseline {
  readonly text: string;
  readonly policy: CompiledPolicy;
  readonly calls: readonly Call[];
  readonly results: ReplayResult;
}

/** Holds the policy that is shown against another one. The other is decided once, so that after an edit only columns are compared. */
export class CompareDesk {
  #baseline: Baseline | undefined;

  async compare(policy: Policy, standing: Standing): Promise<Compared> {
    const { results: before } = await this.#decided(policy, standing);
    const { stamp, results: after } = standing;
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
    { from, to }: Questions['compareCell']['params'],
    standing: Standing,
  ): Promise<readonly ComparedGroup[]> {
    const { results: before } = await this.#decided(policy, standing);
    const { results: after, calls } = standing;
    const cell = cellCalls(before, after, from, to);
    return cellGroups(before, after, calls, cell).map(({ calls: places, ...group }) => ({
      ...group,
      indices: Uint32Array.from(places),
    }));
  }

  async call(policy: Policy, index: number, standing: Standing): Promise<ComparedCall> {
    const baseline = await this.#decided(policy, standing);
    const call = standing.calls[index];
    if (call === undefined) throw new Error('there is no such call in the open trace');
    const side = (compiled: CompiledPolicy, results: ReplayResult) => ({
      ...reasonsOf(compiled, compiled.policy.rules, call),
      effect: effectAt(results, index),
      by: deciderAt(results, index),
    });
    return {
      call,
      before: side(baseline.policy, baseline.results),
      after: side(standing.policy, standing.results),
    };
  }

  /** INVARIANT: the results are of the calls that are open now; those of an earlier trace are not taken again. */
  async #decided(policy: Policy, { policy: shown, results, calls }: Standing): Promise<Baseline> {
    const text = JSON.stringify([policy.rules, policy.settings]);
    const known = this.#baseline;
    if (known?.text === text && known.calls === calls) return known;
    const compiled = known?.text === text ? known.policy : await compilePolicy(policy);
    // A version of the policy that is shown is near it: what they share need not be decided again.
    const decided = redecide(results, shown, compiled, calls);
    return (this.#baseline = { text, policy: compiled, calls, results: decided });
  }
}

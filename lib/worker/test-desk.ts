import { runTests, type TestOutcome } from '../analysis';
import type { BundleTest } from '../bundle';
import { compilePolicy, type CompiledPolicy, type Policy } from '../engine';

/** Runs the tests of policies; the last policy is kept ready, for a change of the tests alone. */
export class TestDesk {
  #last: { readonly text: string; readonly policy: CompiledPolicy } | undefined;

  async run(policy: Policy, tests: readonly BundleTest[]): Promise<readonly TestOutcome[]> {
    return runTests(await this.ready(policy), tests);
  }

  async ready(policy: Policy): Promise<CompiledPolicy> {
    const text = JSON.stringify([policy.rules, policy.settings]);
    if (this.#last?.text === text) return this.#last.policy;
    const compiled = await compilePolicy(policy);
    this.#last = { text, policy: compiled };
    return compiled;
  }
}

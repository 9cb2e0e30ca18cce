import { compilePolicy, type CompiledPolicy, type Policy } from '../engine';
import { textOf } from './policy-text';

/** Compiles policies, and keeps the last one: most questions are about the policy of the question before. */
export class PolicyCompiler {
  #last: { readonly text: string; readonly policy: CompiledPolicy } | undefined;

  async compile(policy: Policy): Promise<CompiledPolicy> {
    const text = textOf(policy);
    if (this.#last?.text === text) return this.#last.policy;
    const compiled = await compilePolicy(policy);
    this.#last = { text, policy: compiled };
    return compiled;
  }
}

/** The values of a policy's conditions for one call: each evaluated at most once, and only when somebody asks. */
import type { Activation } from '../cel';
import type { CompiledPolicy } from './compile';
import type { ConditionValue } from './conditions';
import { activationOf } from './facts';
import type { ValueOf } from './judge';
import type { JsonObject, Policy } from './model';
import type { Choices } from './outcome';
import { OURS } from './readings';

const TOO_DEEP: ConditionValue = {
  code: 'too-deep',
  message: 'the arguments nest too deeply to be evaluated',
  start: 0,
  end: 0,
};

/** By the condition's index in the policy's list. The call's facts are read only when the first condition asks. */
export class ConditionValues {
  private facts: Activation | undefined;
  private readonly values: (ConditionValue | undefined)[] = [];

  constructor(
    private readonly compiled: CompiledPolicy,
    private readonly call: JsonObject,
  ) {}

  at(index: number): ConditionValue {
    return (this.values[index] ??= this.evaluate(index));
  }

  private evaluate(index: number): ConditionValue {
    try {
      this.facts ??= activationOf(this.call, this.compiled.members);
      return this.compiled.conditions[index]?.evaluate(this.facts) ?? TOO_DEEP;
    } catch {
      // INVARIANT: conditions give errors as values; what is left to throw is the stack, on arguments of absurd depth.
      return TOO_DEEP;
    }
  }
}

/** By the rule; true where it has no condition. */
export function evaluator(compiled: CompiledPolicy, call: JsonObject): ValueOf {
  const values = new ConditionValues(compiled, call);
  return ({ rule }) => (rule.condition === undefined ? true : values.at(rule.condition));
}

/** The choices that a policy is decided under: our readings, and its own setting. */
export function choicesOf(compiled: CompiledPolicy): Choices {
  const policy: Partial<Policy> | null | undefined = compiled.policy;
  return { readings: OURS, gatedWhenFalse: policy?.settings?.gatedWhenFalse === 'deny' ? 'deny' : 'continue' };
}

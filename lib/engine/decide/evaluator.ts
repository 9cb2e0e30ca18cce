/** The values of a policy's conditions for one call: each evaluated at most once, and only when it is asked for. */
import type { CompiledPolicy } from './compile';
import type { ConditionValue } from '../conditions/condition-value';
import { NO_CONDITION, type RuleCondition } from '../conditions/conditions';
import type { ValueOf } from './judge';
import { gateOnFalse } from '../model/defaults';
import type { JsonObject, Policy } from '../model/model';
import type { EvaluationChoices } from './outcome';

/** By the condition's index in the policy's list. */
export class ConditionValues {
  private readonly values: (ConditionValue | undefined)[] = [];

  constructor(
    private readonly compiled: CompiledPolicy,
    private readonly call: JsonObject,
  ) {}

  at(index: number): ConditionValue {
    return (this.values[index] ??= this.condition(index).evaluate(this.call));
  }

  /** The same where it is all one which error a condition comes to. */
  recalled(index: number): ConditionValue {
    return (this.values[index] ??= this.condition(index).recall(this.call));
  }

  private condition(index: number): RuleCondition {
    return this.compiled.conditions[index] ?? NO_CONDITION;
  }
}

/** By the rule; true where it has no condition. */
export function evaluator(compiled: CompiledPolicy, call: JsonObject): ValueOf {
  const values = new ConditionValues(compiled, call);
  return ({ rule }) => (rule.condition === undefined ? true : values.at(rule.condition));
}

/** The choices that a policy is decided under: the readings of its gateway, and its own setting. */
export function choicesOf(compiled: CompiledPolicy): EvaluationChoices {
  const policy: Partial<Policy> | null | undefined = compiled.policy;
  return { readings: compiled.readings, gatedWhenFalse: gateOnFalse(policy?.settings) };
}

/** What one rule that may apply to a call does to it. Everything that decides goes through `settle`. */
import { isWaiting, type ConditionValue, type Waiting } from '../conditions/condition-value';
import type { ConditionError } from '../model/decision';
import type { Settings } from '../model/model';
import { onConditionError, type Readings } from '../model/readings';
import type { MatchedRule } from '../match/match';

/** The choices that an evaluation runs under. */
export interface EvaluationChoices {
  readonly readings: Readings;
  readonly gatedWhenFalse: Settings['gatedWhenFalse'];
  /** One reading is not the policy's own: what is left open is then compared less finely. */
  readonly flipped?: true;
}

export type RuleSettlement =
  /** The rule decides. */
  | { readonly kind: 'decides'; readonly by: 'rule' | 'gate'; readonly effect: 'allow' | 'deny' }
  /** The rule may decide, in one of these ways. */
  | { readonly kind: 'may-decide'; readonly ways: readonly DecidingWay[]; readonly waiting: Waiting | undefined }
  /** The rule applies, or may, but its condition does not let it decide. */
  | { readonly kind: 'passed'; readonly error: ConditionError | undefined };

/** One way in which a rule may decide: its effect, and what its condition would have to be (undefined where that is settled). */
export interface DecidingWay {
  readonly effect: 'allow' | 'deny';
  readonly condition: 'true' | 'false' | 'error' | undefined;
}

const FALSE: RuleSettlement = { kind: 'passed', error: undefined };

/** `value` is what the rule's condition gives, `true` where it has none. */
export function settle(entry: MatchedRule, value: ConditionValue, choices: EvaluationChoices): RuleSettlement {
  const { rule } = entry;
  const gateDenies = rule.effect === 'gated' && choices.gatedWhenFalse === 'deny';
  const effect = rule.effect === 'deny' ? 'deny' : 'allow';
  if (value === true) return decide(entry, 'rule', effect);
  if (value === false) return gateDenies ? decide(entry, 'gate', 'deny') : FALSE;
  const errorDenies = onConditionError(choices.readings) === 'deny';
  if (!isWaiting(value)) return errorDenies ? decide(entry, 'rule', 'deny') : { kind: 'passed', error: value };
  const ways: DecidingWay[] = [{ effect, condition: 'true' }];
  if (gateDenies) ways.push({ effect: 'deny', condition: 'false' });
  if (errorDenies) ways.push({ effect: 'deny', condition: 'error' });
  return { kind: 'may-decide', ways, waiting: value };
}

function decide(entry: MatchedRule, by: 'rule' | 'gate', effect: 'allow' | 'deny'): RuleSettlement {
  if (entry.truth === 'yes') return { kind: 'decides', by, effect };
  return { kind: 'may-decide', ways: [{ effect, condition: undefined }], waiting: undefined };
}

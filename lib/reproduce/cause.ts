/** Why a gateway may have decided otherwise than the policy does now: each cause was checked by deciding with it. */
import type { FactChange } from '../analysis';
import type { DecisionRow, ProfileReading, RuleId } from '../engine';
import type { PolicyEvent } from '../trace';

/** What is decided where a cause is assumed. */
export type AssumedAnswer = Pick<DecisionRow, 'effect' | 'decidedBy'>;

interface CauseOf<Kind extends string> {
  readonly kind: Kind;
  /** What the policy gives with the cause in place: always the recorded effect. */
  readonly gives: AssumedAnswer;
  /**
   * How the rule that then decides compares with the recorded one: `same`, `other`, or `unnamed` where the record names none.
   */
  readonly recordedRule: 'same' | 'other' | 'unnamed';
  /** How much has to be assumed; the smaller, the likelier. Causes are ranked by it. */
  readonly assumed: number;
}

/** The log says that the policy was changed after the call; as it was before, it decides as recorded. */
export interface PolicyChangedCause extends CauseOf<'policy-changed'> {
  /** The changes after the call, the first of them first. */
  readonly events: readonly PolicyEvent[];
  /** Milliseconds from the call to the first of these changes. */
  readonly afterMs: number;
}

/** A fact was another one than the entry says, or the entry lacks it. */
export interface FactCause extends CauseOf<'fact'> {
  readonly changes: readonly FactChange[];
  /** The entry does not carry the facts, as a log that leaves arguments out. */
  readonly lacking: boolean;
}

/** The gateway reads what the vendor leaves open in another way. */
export interface ReadingCause extends CauseOf<'reading'> {
  readonly reading: ProfileReading;
  /** How the gateway would follow it. */
  readonly value: string;
  /** Entries of the same log that this other reading would no longer reproduce: at least one refutes it. */
  readonly contradictedBy: number;
}

/** A rule's condition errs for the call as logged; had it given true, the rule would have decided as recorded. */
export interface ConditionErrorCause extends CauseOf<'condition-error'> {
  readonly ruleId: RuleId;
  readonly code: string;
  readonly message: string;
}

/** A draft or disabled rule, were it active. */
export interface InactiveRuleCause extends CauseOf<'inactive-rule'> {
  readonly ruleId: RuleId;
  readonly status: 'draft' | 'disabled';
}

/** A rule at another place: at the bottom, where older versions of the gateway added new rules, or at the top. */
export interface RuleOrderCause extends CauseOf<'rule-order'> {
  readonly ruleId: RuleId;
  readonly place: 'last' | 'first';
}

export type DivergenceCause =
  PolicyChangedCause | FactCause | ReadingCause | ConditionErrorCause | InactiveRuleCause | RuleOrderCause;

export type CauseKind = DivergenceCause['kind'];

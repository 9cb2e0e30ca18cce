/** What a call's route and its conditions lead to, and how it is remembered. */
import type { DecidedBy, DecisionRow, RuleId } from '../model/model';

/** A decision without the call's id. */
export type RowAnswer = Omit<DecisionRow, 'id'>;

export interface LineUp {
  readonly answer: RowAnswer;
  /** The rules whose step is `condition-error`: their condition errs, and nothing above certainly decides. */
  readonly erred: readonly RuleId[];
  /** What would decide if the deciding rule were not there; undefined where no single rule decides. */
  readonly next: DecidedBy | undefined;
  /** Whether a rule with a condition fits, or may fit, and nothing above it certainly decides. */
  readonly meetsCondition: boolean;
}

/** What a condition came to, as far as decisions tell it apart: not which error, but which facts it waits for. */
export type ConditionOutcome = true | false | 'error' | `waits ${string}`;

export interface LineUpLeaf {
  readonly kind: 'leaf';
  readonly found: LineUp;
}

/** The condition that is asked next, and where its answers lead. */
export interface LineUpFork {
  readonly kind: 'fork';
  readonly condition: number;
  readonly ways: Map<ConditionOutcome, LineUpLeaf | LineUpFork>;
}

import type { ConditionError } from '../model/decision';

/** What a condition gives for a call: an answer, why there is none, or the facts it waits for. */
export type ConditionValue = boolean | ConditionError | Waiting;

export interface Waiting {
  readonly paths: readonly string[];
}

export const isWaiting = (value: ConditionValue): value is Waiting => typeof value === 'object' && 'paths' in value;

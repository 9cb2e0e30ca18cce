import { recordedVerdict, type ImportedCall, type PolicyEvent } from '../trace';
import type { CompiledPolicy, Decision, ProfileReading, RecordedDecision, Rule } from '../engine';
import type { AssumedAnswer, DivergenceCause } from './cause';

/** A call that was recorded with another decision than the policy gives. */
export interface Divergence {
  readonly compiled: CompiledPolicy;
  readonly call: ImportedCall;
  readonly recorded: RecordedDecision;
  readonly decision: Decision;
  readonly log: LogEvidence;
}

/** What the whole log says beside the one entry. */
export interface LogEvidence {
  readonly events: readonly PolicyEvent[];
  /** By `refutationKey`: how many entries that are reproduced would be no more under the other value of a reading. */
  readonly contradictions: ReadonlyMap<string, number>;
}

/** Readings have one other value, but for the time zone, of which each is refuted by itself: `time-zone +02:00`. */
export const refutationKey = (reading: ProfileReading, value: string): string =>
  reading === 'time-zone' ? `${reading} ${value}` : reading;

export const NO_EVIDENCE: LogEvidence = { events: [], contradictions: new Map() };

/** A cause's part that is common to all, where the answer is the recorded one; undefined where it is not. */
export function fitting(
  { recorded }: Pick<Divergence, 'recorded'>,
  gives: AssumedAnswer,
  rules: readonly Rule[],
  assumed: number,
): Pick<DivergenceCause, 'gives' | 'recordedRule' | 'assumed'> | undefined {
  const standing = recordedVerdict(recorded, gives, rules);
  if (standing !== 'reproduced' && standing !== 'other-rule') return undefined;
  const named = (recorded.ruleId ?? recorded.ruleName ?? '') !== '';
  const recordedRule = !named ? 'unnamed' : standing === 'reproduced' ? 'same' : 'other';
  return {
    gives: { effect: gives.effect, decidedBy: gives.decidedBy },
    recordedRule,
    // That a recorded rule did not decide after all would be one more thing to assume, and a large one.
    assumed: assumed + (recordedRule === 'other' ? OTHER_RULE : recordedRule === 'same' ? SAME_RULE : 0),
  };
}

const OTHER_RULE = 10;
const SAME_RULE = -1;

import type { RuleId } from '@/lib/engine';
import type { FindingCertainty, FindingSeverity, PolicyFinding } from '@/lib/findings';

/** What is listed: everything where a part is undefined. */
export interface FindingFilter {
  readonly severity: FindingSeverity | undefined;
  readonly certainty: FindingCertainty | undefined;
  readonly ruleId: RuleId | undefined;
}

export const passes = ({ severity, certainty, ruleId }: FindingFilter, finding: PolicyFinding): boolean =>
  (severity === undefined || finding.severity === severity) &&
  (certainty === undefined || finding.certainty === certainty) &&
  (ruleId === undefined || finding.ruleId === ruleId);

/** The identity of a finding within its policy, the same after the next run. */
export const keyOf = ({ code, ruleId, pointer, range, message }: PolicyFinding): string =>
  JSON.stringify([code, ruleId, pointer, range?.start, message]);

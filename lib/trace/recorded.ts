import type { RowAnswer, RecordedDecision, Rule } from '../engine';

/** How a recorded decision stands against the computed one; the position is the code in `ReplayResult.recorded`. */
export const RECORDED_CODES = ['none', 'reproduced', 'other-rule', 'diverged', 'not-reproducible'] as const;
export type RecordedVerdict = (typeof RECORDED_CODES)[number];

/**
 * *Reproduced*: same effect (`other-rule`: the record names another rule). *Diverged*: another effect. *Not
 * reproducible*: ours is conditional, for want of facts.
 */
export function recordedStanding(
  recorded: RecordedDecision | null | undefined,
  row: RowAnswer,
  rules: readonly Rule[],
): RecordedVerdict {
  if (!recorded) return 'none';
  if (row.effect === 'conditional') return 'not-reproducible';
  if (row.effect !== recorded.effect) return 'diverged';
  return namesAnother(recorded, row, rules) ? 'other-rule' : 'reproduced';
}

export const recordedCode = (recorded: RecordedDecision, row: RowAnswer, rules: readonly Rule[]): number =>
  RECORDED_CODES.indexOf(recordedStanding(recorded, row, rules));

/** True where the record names a rule, by id or by name, and certainly another one decided. */
function namesAnother(
  { ruleId, ruleName }: RecordedDecision,
  { decidedBy }: RowAnswer,
  rules: readonly Rule[],
): boolean {
  if (!ruleId && !ruleName) return false;
  if (decidedBy.kind === 'undecided') return false;
  if (decidedBy.kind === 'default') return true;
  if (ruleId === decidedBy.ruleId) return false;
  // A gateway's ids are not those of a policy that was written down again: the name tells too.
  if (!ruleName) return true;
  return rules.find(({ id }) => id === decidedBy.ruleId)?.name !== ruleName;
}

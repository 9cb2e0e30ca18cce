import type { RowAnswer, RecordedDecision, Rule } from '../engine';

/** How a recorded decision compares with the computed one; the position is the code in `ReplayResult.recorded`. */
export const RECORDED_CODES = ['none', 'reproduced', 'other-rule', 'diverged', 'not-reproducible'] as const;
export type RecordedVerdict = (typeof RECORDED_CODES)[number];

/**
 * *Reproduced*: same effect (`other-rule`: the record names another rule). *Diverged*: another effect. *Not
 * reproducible*: ours is conditional, for want of facts.
 */
export function recordedVerdict(
  recorded: RecordedDecision | null | undefined,
  row: Pick<RowAnswer, 'effect' | 'decidedBy'>,
  rules: readonly Rule[],
): RecordedVerdict {
  if (!recorded) return 'none';
  if (row.effect === 'conditional') return 'not-reproducible';
  if (row.effect !== recorded.effect) return 'diverged';
  return namesAnother(recorded, row, rules) ? 'other-rule' : 'reproduced';
}

export const recordedCode = (recorded: RecordedDecision, row: RowAnswer, rules: readonly Rule[]): number =>
  RECORDED_CODES.indexOf(recordedVerdict(recorded, row, rules));

/**
 * The digest of the policy that the source says was in force, where it is another than `digest`. A source may write a
 * digest in upper case or with `sha256:` before it.
 */
export function otherPolicyDigest(
  recorded: RecordedDecision | null | undefined,
  digest: string | undefined,
): string | undefined {
  const written = recorded?.policyDigest?.trim();
  if (!written || digest === undefined) return undefined;
  return written.toLowerCase().replace(/^sha-?256:/, '') === digest.toLowerCase() ? undefined : written;
}

/** True where the record names a rule, by id or by name, and certainly another one decided. */
function namesAnother(
  { ruleId, ruleName }: RecordedDecision,
  { decidedBy }: Pick<RowAnswer, 'decidedBy'>,
  rules: readonly Rule[],
): boolean {
  if (!ruleId && !ruleName) return false;
  if (decidedBy.kind === 'undecided') return false;
  if (decidedBy.kind === 'default') return true;
  if (ruleId === decidedBy.ruleId) return false;
  // A gateway's ids are not those of a policy that was written down again: the name identifies it too.
  if (!ruleName) return true;
  return rules.find(({ id }) => id === decidedBy.ruleId)?.name !== ruleName;
}

/** So many digests of other policies are remembered, to name some of them. */
const MOST_DIGESTS = 100;

/** Counts, call by call, how a trace's recorded decisions compare with the computed ones. */
export class RecordedCounter {
  readonly counts: Record<RecordedVerdict, number> = {
    none: 0,
    reproduced: 0,
    'other-rule': 0,
    diverged: 0,
    'not-reproducible': 0,
  };
  /** Calls with a recorded decision. */
  recorded = 0;
  /** Calls that were recorded under another policy, and some of these policies' digests. */
  underOthers = 0;
  readonly otherDigests = new Set<string>();

  add(verdict: RecordedVerdict, otherDigest: string | undefined): void {
    this.counts[verdict]++;
    if (verdict !== 'none') this.recorded++;
    if (otherDigest === undefined) return;
    this.underOthers++;
    if (this.otherDigests.size < MOST_DIGESTS) this.otherDigests.add(otherDigest);
  }
}

import type { Rule, RuleId } from '@/lib/engine';
import type { Replayed } from '@/lib/worker';
import type { Draft } from '@/lib/workspace';

/** How a rule stands on the open trace: what the table shows beside its sentence. */
export interface RuleStanding {
  /** Calls it decided; undefined while the trace is being decided. */
  readonly decided: number | undefined;
  readonly notes: readonly { readonly text: string }[];
}

const calls = (n: number): string => (n === 1 ? '1 call' : `${n.toLocaleString('en')} calls`);

/**
 * A rule's count, and what people most need to be told of it on this trace. The hazards are the engine's: the words say only what it
 * found certain.
 */
export function standingOf(
  id: RuleId,
  rules: readonly Rule[],
  results: Replayed | undefined,
  drafts: readonly Draft[],
): RuleStanding {
  const tally = results?.perRule.find((one) => one.ruleId === id);
  const rule = rules.find((one) => one.id === id);
  const notes: { text: string }[] = [];
  if (tally !== undefined && tally.gatePassed > 0) {
    notes.push({
      text: `The gate was passed: ${calls(tally.gatePassed)} went on to a lower rule and ${tally.gatePassed === 1 ? 'was' : 'were'} allowed`,
    });
  }
  if (tally !== undefined && tally.denySkipped > 0) {
    notes.push({ text: `Skipped because its condition failed, and a lower rule allowed: ${calls(tally.denySkipped)}` });
  }
  if (tally !== undefined && tally.erred > 0 && tally.denySkipped === 0) {
    notes.push({ text: `Its condition failed for ${calls(tally.erred)}` });
  }
  if (rule !== undefined && drafts.some((draft) => draft.rule.id === id)) notes.push({ text: 'Has an unsaved edit' });
  return { decided: tally?.decided, notes };
}

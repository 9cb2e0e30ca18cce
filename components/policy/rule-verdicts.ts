import { createContext, useContext } from 'react';
import type { Rule, RuleId } from '@/lib/engine';
import type { Replayed } from '@/lib/worker';
import type { ShownDraft } from '@/lib/workspace';
import { counted } from '../ui/words';

/** A rule's results on the open trace, which its row shows beside the sentence. */
export interface RuleVerdict {
  /** Number of calls that it decided; undefined while the trace is being decided. */
  readonly decided: number | undefined;
  readonly notes: readonly { readonly text: string }[];
}

const calls = (n: number): string => counted(n, 'call');

/** Each rule's count and its most important notes on this trace. The hazards come from the engine: the words state only what is certain. */
export function ruleVerdictsOf(
  rules: readonly Rule[],
  results: Replayed | undefined,
  drafts: readonly ShownDraft[],
): ReadonlyMap<RuleId, RuleVerdict> {
  const tallies = new Map(results?.perRule.map((tally) => [tally.ruleId, tally]));
  const edited = new Set(drafts.map((draft) => draft.rule.id));
  return new Map(rules.map(({ id }) => [id, verdictOf(tallies.get(id), edited.has(id))]));
}

/** The verdict of a rule before the trace is decided. */
const NO_VERDICT: RuleVerdict = { decided: undefined, notes: [] };

const NONE: ReadonlyMap<RuleId, RuleVerdict> = new Map();

/** The verdicts of all rules, as a context: when decisions arrive only the parts that show them render again, not hundreds of rows. */
export const RuleVerdictsContext = createContext(NONE);

export const useRuleVerdict = (id: RuleId): RuleVerdict => useContext(RuleVerdictsContext).get(id) ?? NO_VERDICT;

function verdictOf(tally: Replayed['perRule'][number] | undefined, edited: boolean): RuleVerdict {
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
  if (edited) notes.push({ text: 'Has an unsaved edit' });
  return { decided: tally?.decided, notes };
}

import { createContext, useContext } from 'react';
import type { Rule, RuleId } from '@/lib/engine';
import type { Replayed } from '@/lib/worker';
import type { ShownDraft } from '@/lib/workspace';
import { counted } from '../ui/words';

/** How a rule stands on the open trace: what the table shows beside its sentence. */
export interface RuleVerdict {
  /** Calls it decided; undefined while the trace is being decided. */
  readonly decided: number | undefined;
  readonly notes: readonly { readonly text: string }[];
}

const calls = (n: number): string => counted(n, 'call');

/**
 * Each rule's count, and what people most need to be told of it on this trace. The hazards are the engine's: the words say only what it
 * found certain.
 */
export function standingsOf(
  rules: readonly Rule[],
  results: Replayed | undefined,
  drafts: readonly ShownDraft[],
): ReadonlyMap<RuleId, RuleVerdict> {
  const tallies = new Map(results?.perRule.map((tally) => [tally.ruleId, tally]));
  const edited = new Set(drafts.map((draft) => draft.rule.id));
  return new Map(rules.map(({ id }) => [id, standing(tallies.get(id), edited.has(id))]));
}

/** How a rule stands of which nothing is known yet. */
const NO_STANDING: RuleVerdict = { decided: undefined, notes: [] };

const NONE: ReadonlyMap<RuleId, RuleVerdict> = new Map();

/** How the rules of the list stand. Only what tells of it is drawn again when decisions arrive, not hundreds of rows. */
export const StandingsContext = createContext(NONE);

export const useStanding = (id: RuleId): RuleVerdict => useContext(StandingsContext).get(id) ?? NO_STANDING;

function standing(tally: Replayed['perRule'][number] | undefined, edited: boolean): RuleVerdict {
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

import { createContext, useContext } from 'react';
import type { ConditionError, Rule, RuleId } from '@/lib/engine';
import type { Replayed } from '@/lib/worker';
import type { ShownDraft } from '@/lib/workspace';
import { counted } from '../ui/words';

/** A rule's results on the open trace, which its row shows beside the sentence. */
export interface RuleVerdict {
  /** Number of calls that it decided; undefined while the trace is being decided. */
  readonly decided: number | undefined;
  readonly notes: readonly { readonly text: string }[];
}

/** Why conditions do not compile, by their text. */
export type CompileErrors = ReadonlyMap<string, ConditionError>;

const calls = (n: number): string => counted(n, 'call');

/** Each rule's count and its most important notes on this trace. The hazards come from the engine: the words state only what is certain. */
export function ruleVerdictsOf(
  rules: readonly Rule[],
  results: Replayed | undefined,
  drafts: readonly ShownDraft[],
  uncompiled: CompileErrors,
): ReadonlyMap<RuleId, RuleVerdict> {
  const tallies = new Map(results?.perRule.map((tally) => [tally.ruleId, tally]));
  const edited = new Set(drafts.map((draft) => draft.rule.id));
  return new Map(
    rules.map((rule) => {
      const error = rule.condition === null ? undefined : uncompiled.get(rule.condition);
      return [rule.id, verdictOf(tallies.get(rule.id), edited.has(rule.id), rule, error)];
    }),
  );
}

/** The verdict of a rule before the trace is decided. */
const NO_VERDICT: RuleVerdict = { decided: undefined, notes: [] };

const NONE: ReadonlyMap<RuleId, RuleVerdict> = new Map();

/** The verdicts of all rules, as a context: when decisions arrive only the parts that show them render again, not hundreds of rows. */
export const RuleVerdictsContext = createContext(NONE);

export const useRuleVerdict = (id: RuleId): RuleVerdict => useContext(RuleVerdictsContext).get(id) ?? NO_VERDICT;

/** That a rule has no effect, because its condition does not compile, and why. */
export function compileErrorWords(
  { status }: Pick<Rule, 'status'>,
  { message }: Pick<ConditionError, 'message'>,
): string {
  const effect = status === 'active' ? 'so the gateway skips this rule for every call' : 'so the rule could not apply';
  return `The condition does not compile, ${effect}: ${message}`;
}

function verdictOf(
  tally: Replayed['perRule'][number] | undefined,
  edited: boolean,
  rule: Rule,
  error: ConditionError | undefined,
): RuleVerdict {
  const notes: { text: string }[] = error === undefined ? [] : [{ text: compileErrorWords(rule, error) }];
  const failed = error === undefined ? 'failed' : 'failed to compile';
  if (tally !== undefined && tally.gatePassed > 0) {
    notes.push({
      text: `The gate was passed: ${calls(tally.gatePassed)} went on to a lower rule and ${tally.gatePassed === 1 ? 'was' : 'were'} allowed`,
    });
  }
  if (tally !== undefined && tally.denySkipped > 0) {
    notes.push({
      text: `Skipped because its condition ${failed}, and a lower rule allowed: ${calls(tally.denySkipped)}`,
    });
  }
  if (tally !== undefined && tally.erred > 0 && tally.denySkipped === 0 && error === undefined) {
    notes.push({ text: `Its condition failed for ${calls(tally.erred)}` });
  }
  if (edited) notes.push({ text: 'Has an unsaved edit' });
  return { decided: tally?.decided, notes };
}

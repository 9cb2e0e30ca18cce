import type { RuleId, DecisionStep } from '../engine';
import type { NearMiss } from '../analysis';

/** Steps as they are shown: those that say something of the call, and runs of others that fold into one line. */
export type FoldedStep =
  | { readonly kind: 'step'; readonly index: number }
  /** From this place to that, both included. */
  | { readonly kind: 'run'; readonly from: number; readonly to: number; readonly words: string };

const QUIET = {
  'no-pattern': 'not for this tool',
  'scope-mismatch': 'not for this call',
  'not-active': 'not active',
  'not-reached': 'not reached',
} satisfies Partial<Record<DecisionStep['kind'], string>>;

const quietWords = (step: DecisionStep | undefined): string | undefined =>
  step !== undefined && step.kind in QUIET ? QUIET[step.kind as keyof typeof QUIET] : undefined;

/** Runs of at least two steps that did not matter become one; `keep` are rules worth a line of their own. */
export function foldSteps(steps: readonly DecisionStep[], keep: ReadonlySet<RuleId>): readonly FoldedStep[] {
  const shown: FoldedStep[] = [];
  for (let from = 0; from < steps.length;) {
    let to = from;
    while (isQuiet(steps[to], keep)) to++;
    if (to - from >= 2) {
      shown.push({ kind: 'run', from, to: to - 1, words: runWords(steps.slice(from, to), from) });
      from = to;
    } else {
      shown.push({ kind: 'step', index: from });
      from += 1;
    }
  }
  return shown;
}

/** Rules that a near miss is about came near enough for a line of their own; where another tool is what it takes, they did not. */
export const nearRules = (misses: readonly NearMiss[]): ReadonlySet<RuleId> =>
  new Set(
    misses.filter(({ changes }) => changes.every(({ path: [root] }) => root !== 'tool')).map((one) => one.ruleId),
  );

const isQuiet = (step: DecisionStep | undefined, keep: ReadonlySet<RuleId>): boolean =>
  step !== undefined && quietWords(step) !== undefined && !keep.has(step.ruleId);

/** "Rules 3 to 41: 30 not for this tool, 9 not active". */
function runWords(run: readonly DecisionStep[], from: number): string {
  const counts = new Map<string, number>();
  for (const step of run) {
    const words = quietWords(step) ?? '';
    counts.set(words, (counts.get(words) ?? 0) + 1);
  }
  const names = `Rules ${from + 1} ${run.length === 2 ? 'and' : 'to'} ${from + run.length}`;
  const [only] = counts.keys();
  if (counts.size === 1) return `${names}: ${only ?? ''}`;
  return `${names}: ${[...counts].map(([words, count]) => `${count} ${words}`).join(', ')}`;
}

import type { DecisionEffect, RuleId } from '../engine';
import type { ComparisonCounts } from '../analysis';
import type { DecidingRule } from '../trace';
import { decidedWords } from './decider-words';
import { code, tickedText } from './sentence';

const NEWLY = { allow: 'newly allowed', deny: 'newly denied', conditional: 'newly conditional' } satisfies Record<
  DecisionEffect,
  string
>;
const MOST_PARTS = 3;

const number = (n: number): string => n.toLocaleString('en');
const calls = (n: number): string => `${number(n)} ${n === 1 ? 'call' : 'calls'}`;

/**
 * "12 of 254 calls change: 9 newly denied by `No cancelling`, 3 newly allowed by `Economy`". One sentence without its end, rules' names in
 * backticks; `nameOf` gives a rule's name in the later policy.
 */
export function comparisonSentence(
  { total, changed, shifts }: ComparisonCounts,
  nameOf: (id: RuleId) => string,
): string {
  if (changed === 0) return total === 1 ? 'the call does not change' : `none of ${calls(total)} changes`;
  const head = `${number(changed)} of ${calls(total)} ${changed === 1 ? 'changes' : 'change'}`;
  const merged = new Map<string, { after: DecisionEffect; by: DecidingRule; count: number }>();
  for (const { after, by, count } of shifts) {
    const key = JSON.stringify([after, by]);
    const known = merged.get(key);
    if (known) known.count += count;
    else merged.set(key, { after, by, count });
  }
  const parts = [...merged.values()].sort((a, b) => b.count - a.count);
  const named = parts.length === MOST_PARTS + 1 ? parts : parts.slice(0, MOST_PARTS);
  const rest = parts.slice(named.length).reduce((sum, { count }) => sum + count, 0);
  const words = named.map(
    ({ after, by, count }) =>
      `${number(count)} ${NEWLY[after]} ${tickedText(decidedWords(by, (id) => [code(nameOf(id))], 'phrase'))}`,
  );
  if (rest > 0) words.push(`${number(rest)} in other ways`);
  return `${head}: ${words.join(', ')}`;
}

/** "4 calls keep their effect by another rule"; undefined where none does. */
export function otherRuleSentence(otherRule: number): string | undefined {
  if (otherRule === 0) return undefined;
  return `${calls(otherRule)} ${otherRule === 1 ? 'keeps its' : 'keep their'} effect by another rule`;
}

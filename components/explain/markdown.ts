import type { Rule } from '@/lib/engine';
import type { Explained } from '@/lib/worker';
import { answerWords, hazardWords, stepWords, type Words } from './words';

/** Words as Markdown; user's text goes into code spans long enough to hold its own backticks. */
export const markdownOf = (words: Words): string =>
  words.map(({ text, code }) => (code ? codeSpan(text) : text.replace(/[*_<>[\]\\]/g, '\\$&'))).join('');

function codeSpan(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map((run) => run[0].length));
  const fence = '`'.repeat(longest + 1);
  const pad = longest > 0 ? ' ' : '';
  return `${fence}${pad}${text.replace(/\s+/g, ' ')}${pad}${fence}`;
}

/** A decision for a ticket: the answer, each rule's step, and the call. */
export function explanationMarkdown(explained: Explained, rules: readonly Rule[]): string {
  const { call, decision, conditions } = explained;
  const steps = decision.steps.map((step, i) => {
    const rule = rules.find((one) => one.id === step.ruleId);
    return `${i + 1}. ${codeSpan(rule?.name ?? step.ruleId)}: ${markdownOf(stepWords(step, rule, conditions[step.ruleId]))}`;
  });
  const hazards = decision.hazards.map((hazard) => `- Hazard: ${markdownOf(hazardWords(hazard, rules))}`);
  return [
    `**${markdownOf(answerWords(explained, rules))}**`,
    ...(hazards.length > 0 ? [hazards.join('\n')] : []),
    steps.join('\n'),
    ['```json', JSON.stringify(call, null, 2).replaceAll('```', '`\u200b``'), '```'].join('\n'),
    '',
  ].join('\n\n');
}

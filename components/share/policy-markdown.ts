import { digestOf, shortDigest, type Bundle } from '@/lib/bundle';
import type { ExplainedCall } from '@/lib/worker';
import { explanationMarkdown, markdownOf, profileMarkdown } from '../explain/markdown';
import { sentenceText } from '../policy/sentence';
import { EFFECT_MARKS } from '../ui/effect-mark';

const text = (value: string): string => markdownOf([{ text: value.replace(/\s+/g, ' ') }]);
const code = (value: string): string => markdownOf([{ text: value, code: true }]);

/** The policy for a ticket or a page: its rules as a numbered list, a decision if there is one, and the link. */
export function policyMarkdown(bundle: Bundle, explained: ExplainedCall | undefined, link: string): string {
  const rules = bundle.rules.map((rule, i) => {
    const status = rule.status === 'active' ? '' : ` (${rule.status})`;
    const condition = rule.condition === null ? '' : ` if ${code(rule.condition)}`;
    return `${i + 1}. **${EFFECT_MARKS[rule.effect].word}** ${text(sentenceText(rule))}${condition}: ${text(rule.name)}${status}`;
  });
  return [
    `### ${text(bundle.name)}`,
    `Policy digest ${code(shortDigest(digestOf(bundle)))}; if no rule matches, the call is denied.`,
    ...profileMarkdown(bundle.settings.readings),
    rules.join('\n'),
    ...(explained === undefined ? [] : [explanationMarkdown(explained, bundle.rules).trim()]),
    `[Open in the policy playground](${link})`,
    '',
  ].join('\n\n');
}

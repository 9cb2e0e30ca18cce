import { FACETS, type Rule } from '@/lib/engine';
import { sentenceText } from './sentence';

/** The rules that contain every word of `text` in the name, the description, the effect, the sentence or the condition. */
export function findRules(rules: readonly Rule[], text: string): readonly Rule[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return rules;
  return rules.filter((rule) => {
    const all = searched(rule);
    return words.every((word) => all.includes(word));
  });
}

const searched = (rule: Rule): string =>
  [
    rule.name,
    rule.description,
    rule.effect,
    rule.status,
    sentenceText(rule),
    ...FACETS.flatMap((facet) => rule.scope[facet]),
    ...rule.tools,
    rule.condition ?? '',
  ]
    .join('\n')
    .toLowerCase();

import type { Rule } from '@/lib/engine';

/** A rule as a sentence: words that bind, and the values that somebody chose. */
export type SentencePart =
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'value'; readonly text: string; readonly any: boolean };

const word = (text: string): SentencePart => ({ kind: 'word', text });

/** `tag:chat` reads "tagged chat". */
const selectorWords = (selector: string): string =>
  selector.startsWith('tag:') ? `tagged ${selector.slice(4)}` : selector;

function values(list: readonly string[], any: string): SentencePart[] {
  if (list.length === 0) return [{ kind: 'value', text: any, any: true }];
  return list.flatMap((text, i) => {
    const value: SentencePart = { kind: 'value', text: selectorWords(text), any: false };
    return i === 0 ? [value] : [word('or'), value];
  });
}

const coversEverything = (rule: Rule): boolean =>
  rule.tools.includes('*') && Object.values(rule.scope).every((facet) => facet.length === 0);

/** The scope and tools of a rule in words, without its effect and condition. */
export function sentenceOf(rule: Rule): SentencePart[] {
  if (coversEverything(rule)) return [{ kind: 'value', text: 'everything', any: true }];
  const { agents, instances, users, groups, resources } = rule.scope;
  const people: SentencePart[][] = [];
  if (users.length > 0) people.push(values(users, ''));
  if (groups.length > 0) people.push([word(groups.length > 1 ? 'groups' : 'group'), ...values(groups, '')]);
  return [
    ...values(agents, 'any agent'),
    ...(instances.length > 0 ? [word('as'), ...values(instances, '')] : []),
    ...people.flatMap((part, i) => [word(i === 0 ? 'of' : 'in'), ...part]),
    word('calling'),
    ...values(rule.tools.includes('*') ? [] : rule.tools, 'any tool'),
    word('on'),
    ...values(resources, 'any resource'),
  ];
}

/** The same as plain text, for reading aloud and for reports. */
export const sentenceText = (rule: Rule): string =>
  sentenceOf(rule)
    .map((part) => part.text)
    .join(' ');

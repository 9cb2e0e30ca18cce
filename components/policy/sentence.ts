import type { Facet, Rule, Scope } from '@/lib/engine';

/** The slots of the sentence. */
export type SentenceTopic = Facet | 'tools';

/** One slot of the sentence: the words before it, and its values. */
export interface SentenceSlot {
  readonly place: SentenceTopic;
  readonly before: string;
  readonly values: readonly string[];
  /** Its text where it was left open. */
  readonly any: string;
}

/** A part of a rule's sentence: connecting words, or values of the rule. */
export type SentencePart =
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'value'; readonly text: string; readonly any: boolean };

/** The slots by name, for labels. */
export const SLOT_LABELS = {
  agents: 'Agents',
  instances: 'Instances',
  users: 'Users',
  groups: 'Groups',
  tools: 'Tools',
  resources: 'Resources',
} satisfies Record<SentenceTopic, string>;

const ANY = {
  agents: 'any agent',
  instances: 'any instance',
  users: 'any user',
  groups: 'any group',
  tools: 'any tool',
  resources: 'any resource',
} satisfies Record<SentenceTopic, string>;

/** Slots that the sentence omits where nothing was chosen; the editor shows them. */
const OPTIONAL: readonly SentenceTopic[] = ['instances', 'users', 'groups'];

type RuleCoverageFields = Pick<Rule, 'tools'> & { readonly scope: Scope };

/** Every slot of the sentence in its order, for the editor. */
export function slotsOf({ scope, tools }: RuleCoverageFields): readonly SentenceSlot[] {
  const slot = (place: SentenceTopic, before: string, values: readonly string[]): SentenceSlot => ({
    place,
    before,
    values,
    any: ANY[place],
  });
  const groups = scope.groups.length === 0 ? '' : scope.groups.length === 1 ? ' group' : ' groups';
  return [
    slot('agents', '', scope.agents),
    slot('instances', 'as', scope.instances),
    slot('users', 'of', scope.users),
    slot('groups', `in${groups}`, scope.groups),
    {
      ...slot('tools', 'calling', tools.includes('*') ? [] : tools),
      ...(tools.length === 0 ? { any: 'no tool' } : {}),
    },
    slot('resources', 'on', scope.resources),
  ];
}

/** `tag:chat` reads "tagged chat". */
export const selectorWords = (place: SentenceTopic, selector: string): string =>
  place !== 'tools' && selector.startsWith('tag:') ? `tagged ${selector.slice(4)}` : selector;

const word = (text: string): SentencePart => ({ kind: 'word', text });

function parts({ place, values, any }: SentenceSlot): SentencePart[] {
  if (values.length === 0) return [{ kind: 'value', text: any, any: true }];
  return values.flatMap((text, i) => {
    const value: SentencePart = { kind: 'value', text: selectorWords(place, text), any: false };
    return i === 0 ? [value] : [word('or'), value];
  });
}

const coversEverything = (rule: RuleCoverageFields): boolean =>
  rule.tools.includes('*') && Object.values(rule.scope).every((facet) => facet.length === 0);

/** The scope and tools of a rule in words, without its effect and condition. */
export function sentenceOf(rule: RuleCoverageFields): SentencePart[] {
  if (coversEverything(rule)) return [{ kind: 'value', text: 'everything', any: true }];
  const isAnyUser = rule.scope.users.length === 0;
  return slotsOf(rule)
    .filter(({ place, values }) => values.length > 0 || !OPTIONAL.includes(place))
    .flatMap((slot) => {
      const before = slot.place === 'groups' && isAnyUser ? slot.before.replace('in', 'of') : slot.before;
      return [...(before === '' ? [] : [word(before)]), ...parts(slot)];
    });
}

/** The same as plain text, for reading aloud and for reports. */
export const sentenceText = (rule: RuleCoverageFields): string =>
  sentenceOf(rule)
    .map((part) => part.text)
    .join(' ');

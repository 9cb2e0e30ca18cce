import type { RuleChange } from '@/lib/analysis';
import { FACETS } from '@/lib/engine';
import { counted } from '../ui/words';

/** The key of a change; a rule that moved and changed has two. */
export const changeKey = (change: RuleChange): string => `${change.kind} ${'rule' in change ? change.rule.id : ''}`;

export const KIND_WORDS = {
  added: 'Added',
  removed: 'Removed',
  changed: 'Changed',
  moved: 'Moved',
  setting: 'Setting',
} satisfies Record<RuleChange['kind'], string>;

/** "1 added, 2 changed": the incoming policy compared with the present one. */
export function countsOf(changes: readonly RuleChange[]): string {
  const parts = (['added', 'removed', 'changed', 'moved'] as const).flatMap((kind) => {
    const count = changes.filter((change) => change.kind === kind).length;
    return count === 0 ? [] : [`${counted(count, 'rule')} ${kind}`];
  });
  if (changes.some(({ kind }) => kind === 'setting')) parts.push('the settings changed');
  return parts.join(', ');
}

const FIELD_WORDS: Readonly<Record<string, string>> = {
  name: 'Name',
  description: 'Description',
  effect: 'Effect',
  status: 'Status',
  tools: 'Tools',
  condition: 'Condition',
  gatedWhenFalse: 'A gate with a false condition',
  readings: 'Profile of the gateway',
  ...Object.fromEntries(FACETS.map((facet) => [`scope.${facet}`, facet.slice(0, 1).toUpperCase() + facet.slice(1)])),
};

export const fieldWords = (field: string): string =>
  Object.hasOwn(FIELD_WORDS, field) ? (FIELD_WORDS[field] ?? field) : field;

/** A field's value in words: an empty list of selectors covers everything, no condition is "none". */
export function valueWords(field: string, value: unknown): string {
  if (value === undefined || value === null || value === '') return 'none';
  if (Array.isArray(value))
    return value.length === 0 ? (field.startsWith('scope.') ? 'any' : 'none') : value.join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

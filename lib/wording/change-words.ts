import type { Json, DecisionRow, Rule } from '../engine';
import { factName, type FactChange, type NearMiss } from '../analysis';
import { EFFECT_TITLES } from './effect-words';
import { deciderWords } from './decider-words';
import { code, joinedWords, listed, say, type Sentence } from './sentence';

const MOST_CHARACTERS = 96;

/** A value as JSON, a long one cut. */
export function valueText(value: Json): string {
  const text = JSON.stringify(value);
  return text.length <= MOST_CHARACTERS ? text : `${text.slice(0, MOST_CHARACTERS - 1)}…`;
}

/** What would have to be so, to follow "if": "`request.args.amount` were `500`". */
export function changeWords({ path, from, to, example, pattern }: FactChange): Sentence {
  const name = code(factName(path));
  if (pattern !== undefined) return [name, say(' were a name that matches '), code(pattern)];
  const such = example ? 'for example ' : '';
  if (to.kind === 'absent') return [name, say(' were left out')];
  const items = listChange(from, to.value);
  if (items !== undefined)
    return [name, say(items.added ? ' also had ' : ' did not have '), ...listed(items.items, 'and')];
  const cut = cutWords(from, to.value);
  if (cut !== undefined) return [name, say(cut)];
  const value = code(valueText(to.value));
  if (from.kind === 'unknown') return [name, say(` is ${such}`), value];
  if (from.kind === 'absent') return [name, say(` were given, ${example ? 'for example ' : 'as '}`), value];
  return [name, say(` were ${such}`), value];
}

/** A list of plain items that only grows or only shrinks is described by what it gains or loses. */
function listChange(from: FactChange['from'], to: Json): { added: boolean; items: readonly string[] } | undefined {
  if (from.kind !== 'value' || !Array.isArray(from.value) || !Array.isArray(to)) return undefined;
  const [before, after]: [readonly Json[], readonly Json[]] = [from.value, to];
  const texts = (values: readonly Json[]): string[] =>
    values.flatMap((value) => (typeof value === 'string' ? [value] : []));
  if (texts(before).length !== before.length || texts(after).length !== after.length) return undefined;
  const added = texts(after).filter((item) => !before.includes(item));
  const gone = texts(before).filter((item) => !after.includes(item));
  if (added.length > 0 && gone.length === 0) return { added: true, items: added };
  return gone.length > 0 && added.length === 0 ? { added: false, items: gone } : undefined;
}

/** A long text that is only cut, and a list that only loses elements, are described by what is left of them. */
function cutWords(from: FactChange['from'], to: Json): string | undefined {
  if (from.kind !== 'value') return undefined;
  const before = from.value;
  if (typeof before === 'string' && typeof to === 'string' && to.length > MOST_CHARACTERS && before.startsWith(to)) {
    return ` were cut to its first ${[...to].length} characters`;
  }
  if (!Array.isArray(before) || !Array.isArray(to)) return undefined;
  const [all, left]: [readonly Json[], readonly Json[]] = [before, to];
  const same = (a: Json | undefined, b: Json | undefined): boolean => JSON.stringify(a) === JSON.stringify(b);
  let at = 0;
  for (const item of all) if (at < left.length && same(item, left[at])) at += 1;
  if (at < left.length || left.length === 0 || left.length >= all.length) return undefined;
  return left.every((item, i) => same(item, all[i]))
    ? ` had only the first ${left.length} of its ${all.length} elements`
    : ` had only ${left.length} of its ${all.length} elements`;
}

export const changesWords = (changes: readonly FactChange[]): Sentence =>
  joinedWords(changes.map(changeWords), ' and ');

/** What is decided, and by what: "Allowed by rule 2, …". */
export function givesWords(
  { effect, decidedBy }: Pick<DecisionRow, 'effect' | 'decidedBy'>,
  rules: readonly Rule[],
): Sentence {
  const title = EFFECT_TITLES[effect];
  if (decidedBy.kind === 'undecided') return [say(title)];
  if (decidedBy.kind === 'default') return [say(`${title}, for no rule would match`)];
  return [say(`${title} `), ...deciderWords(decidedBy, rules, 'phrase')];
}

/** "Allowed by rule 2, …, if `request.args.amount` were `500`". */
export const missWords = ({ changes, gives }: NearMiss, rules: readonly Rule[]): Sentence => [
  ...givesWords(gives, rules),
  say(', if '),
  ...changesWords(changes),
];

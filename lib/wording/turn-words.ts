import type { RuleChange } from '../analysis';
import type { Rule } from '../engine';
import type { DecisionTurn, PolicyVersion } from '../reproduce';
import { deciderWords } from './decider-words';
import { EFFECT_WORDS } from './effect-words';
import { code, say, type Sentence } from './sentence';

/** An edit at which a decision turned: what was decided before and since, and the edit rule by rule. */
export interface TurnWords {
  readonly title: Sentence;
  readonly changes: readonly Sentence[];
}

export function turnWords(
  { from, to, before, after, changes }: DecisionTurn,
  history: readonly PolicyVersion[],
): TurnWords {
  const rulesAt = (index: number): readonly Rule[] => history[index]?.policy.rules ?? [];
  const decided = (row: DecisionTurn['before'], index: number): Sentence => [
    say(`${EFFECT_WORDS[row.effect]} `),
    ...deciderWords(row.decidedBy, rulesAt(index), 'phrase'),
  ];
  const label = history[to]?.label ?? '';
  return {
    title: [say(`${label}: `), ...decided(before, from), say(' before, '), ...decided(after, to), say(' since')],
    changes: changes.map(changeWords),
  };
}

function changeWords(change: RuleChange): Sentence {
  if (change.kind === 'setting') return [say('settings: '), ...fieldsWords(change.fields)];
  const rule: Sentence = [
    say(`${change.kind} rule ${String(change.at + 1)}, `),
    code(change.rule.name === '' ? change.rule.id : change.rule.name),
  ];
  switch (change.kind) {
    case 'changed':
      return [...rule, say(': '), ...fieldsWords(change.fields)];
    case 'moved':
      return [...rule, say(`: it was rule ${String(change.from + 1)}`)];
    case 'added':
    case 'removed':
      return rule;
  }
}

const fieldsWords = (fields: Extract<RuleChange, { kind: 'setting' }>['fields']): Sentence =>
  fields.flatMap(({ field, before, after }, i): Sentence => [
    say(`${i > 0 ? '; ' : ''}${field} `),
    code(valueText(before)),
    say(' → '),
    code(valueText(after)),
  ]);

const valueText = (value: unknown): string => (value === undefined ? 'none' : JSON.stringify(value));

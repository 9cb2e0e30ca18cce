import type { DecidedBy, Rule, RuleId } from '../engine';
import type { DecidingRule } from '../trace';
import { say, type Sentence } from './sentence';
import { ruleWords } from './step-words';

/** `name` is by itself ("rule 2, `Only #general`"); `phrase` follows an effect ("by rule 2, `Only #general`"). */
export type DeciderStyle = 'name' | 'phrase';

/** What decides: a rule, a gate, the default, or what is not known. */
export const deciderWords = (
  by: DecidedBy | DecidingRule,
  rules: readonly Rule[],
  style: DeciderStyle = 'name',
): Sentence => decidedWords(by, (id) => ruleWords(rules, id), style);

/** The same with the caller's names of rules. */
export function decidedWords(
  by: DecidedBy | DecidingRule,
  nameRule: (id: RuleId) => Sentence,
  style: DeciderStyle,
): Sentence {
  const phrase = style === 'phrase';
  switch (by.kind) {
    case 'rule':
      return [...(phrase ? [say('by ')] : []), ...nameRule(by.ruleId)];
    case 'gate':
      return [say(phrase ? 'by the gate of ' : 'the gate of '), ...nameRule(by.ruleId)];
    case 'default':
      return [say(phrase ? 'because no rule matches' : 'no rule matches')];
    case 'undecided':
      return [say(phrase ? 'by a rule that cannot be known' : 'which rule is not known')];
  }
}

/** The same rule in both policies. */
export const sameDecider = (one: DecidingRule, other: DecidingRule): boolean =>
  one.kind === other.kind && (one.kind !== 'rule' || (other.kind === 'rule' && one.ruleId === other.ruleId));

/** A rule's name in a sentence, or its id where it has none. */
export const nameIn =
  (rules: readonly Rule[]) =>
  (id: RuleId): string => {
    const name = rules.find((rule) => rule.id === id)?.name ?? '';
    return name === '' ? id : name;
  };

/** What decides, as a cell of a table on the command line: `Economy (gate)`, `Economy or no rule, waits for request.args.cabin`. */
export function deciderCell(by: DecidedBy, rules: readonly Rule[]): string {
  const name = nameIn(rules);
  switch (by.kind) {
    case 'rule':
      return name(by.ruleId);
    case 'gate':
      return `${name(by.ruleId)} (gate)`;
    case 'default':
      return 'no rule (default)';
    case 'undecided':
      return `${[...by.ruleIds.map(name), ...(by.default ? ['no rule'] : [])].join(' or ')}, waits for ${by.waitsFor.join(', ')}`;
  }
}

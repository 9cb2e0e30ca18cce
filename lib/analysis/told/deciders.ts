import type { DecidedBy, Rule, RuleId } from '../../engine';
import type { DecidingRule } from '../../trace';
import type { Sentence } from './words';

/** A rule as people call it, by its place in the policy that it belongs to: "rule 2, `Only #general`". */
export function ruleCalled(rules: readonly Rule[], id: RuleId): Sentence {
  const index = rules.findIndex((rule) => rule.id === id);
  const rule = rules[index];
  if (rule === undefined) return [{ text: 'the rule ' }, { text: id, code: true }];
  const place = { text: `rule ${index + 1}` };
  return rule.name === '' ? [place] : [{ text: `${place.text}, ` }, { text: rule.name, code: true }];
}

/** Who decides, to stand behind a colon or in brackets. */
export function deciderWords(decider: DecidingRule, rules: readonly Rule[]): Sentence {
  switch (decider.kind) {
    case 'rule':
      return ruleCalled(rules, decider.ruleId);
    case 'default':
      return [{ text: 'no rule matches' }];
    case 'undecided':
      return [{ text: 'which rule is not known' }];
  }
}

/** The same of a decision, or of what a test expects: "by rule 2, `Only #general`". */
export function decidedByWords(by: DecidedBy, rules: readonly Rule[]): Sentence {
  switch (by.kind) {
    case 'rule':
      return [{ text: 'by ' }, ...ruleCalled(rules, by.ruleId)];
    case 'gate':
      return [{ text: 'by the gate of ' }, ...ruleCalled(rules, by.ruleId)];
    case 'default':
      return [{ text: 'because no rule matches' }];
    case 'undecided':
      return [{ text: 'by a rule that cannot be known' }];
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

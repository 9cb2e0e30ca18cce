/** Parts that checks build their findings from. */
import type { Rule } from '../engine';
import type { RuleRegion } from '../regions';
import type { CheckedPolicy, FindingCheck, FindingFix, FoundOfRule, PolicyFinding } from './model';

type FindingParts = Omit<PolicyFinding, 'code' | 'ruleId' | 'pointer' | 'relatedRuleIds'> & {
  /** What follows the rule's own pointer, such as `/condition`. */
  readonly at?: string;
  readonly related?: readonly RuleRegion[];
};

/** A finding about a rule. */
export function ruleFinding(code: string, rule: Rule, index: number, parts: FindingParts): PolicyFinding {
  const { at = '', related = [], ...rest } = parts;
  return {
    code,
    ruleId: rule.id,
    pointer: `/rules/${String(index)}${at}`,
    relatedRuleIds: related.map((one) => one.rule.id),
    ...rest,
  };
}

/** A rule as a sentence names it. */
export const named = ({ name, id }: Rule): string => `\`${name === '' ? id : name}\``;

/** Several names, at most five of them. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, 5);
  const more = names.length - shown.length;
  if (more > 0) return `${shown.join(', ')} and ${String(more)} more`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1) ?? ''}`;
}

export const removal = ({ id }: Rule): FindingFix => ({
  title: 'Remove the rule',
  edit: { kind: 'remove-rule', ruleId: id },
});

export const changeOf = (title: string, rule: Rule, change: Partial<Rule>): FindingFix => ({
  title,
  edit: { kind: 'change-rule', rule: { ...rule, ...change } },
});

/** A check of active rules alone. */
export const ofActive =
  (find: (checked: CheckedPolicy, rule: RuleRegion) => FoundOfRule): FindingCheck['find'] =>
  (checked, index) => {
    const rule = checked.region.rules[index];
    return rule === undefined ? [] : find(checked, rule);
  };

/** A check of every rule, whatever its status. */
export const ofEvery =
  (find: (checked: CheckedPolicy, rule: Rule, index: number) => FoundOfRule): FindingCheck['find'] =>
  (checked, index) => {
    const rule = checked.policy.rules[index];
    return rule === undefined ? [] : find(checked, rule, index);
  };

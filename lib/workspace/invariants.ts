import {
  MAX_RULES,
  validateExpansion,
  validateReadings,
  validateRule,
  validateSettings,
  type Rule,
  type RuleId,
} from '../engine';
import type { PolicyContent } from '../store';
import type { CommandProblem } from './command';

/**
 * What holds of a policy after every command (docs/bundle-and-link.md, "Bundle"): ids unique, not too many rules, and every rule
 * that the command touched valid. Rules that it left alone are not judged: an old fault elsewhere must not stop work.
 */
export function problemsAfter(before: PolicyContent, after: PolicyContent): readonly CommandProblem[] {
  const problems: CommandProblem[] = [];
  if (after.settings !== before.settings) {
    const { readings, ...settings } = after.settings;
    problems.push(...validateSettings(settings, '/settings'));
    if (readings !== undefined) problems.push(...validateReadings(readings, '/readings'));
  }
  for (const [pointer, text] of [
    ['/name', after.name],
    ['/description', after.description],
    ['/notes', after.notes ?? ''],
  ] as const) {
    if (!text.isWellFormed()) problems.push(loneSurrogate(pointer));
  }
  if (after.rules === before.rules) return problems;
  if (after.rules.length > MAX_RULES) {
    const message = `a policy has at most ${MAX_RULES} rules, not ${after.rules.length}`;
    problems.push({ code: 'too-many', pointer: '/rules', message });
  }
  const [expansion] = validateExpansion(after.rules, '/rules');
  if (expansion && validateExpansion(before.rules, '/rules').length === 0) problems.push(expansion);
  const untouched = new Set(before.rules);
  const seen = new Set<RuleId>();
  for (const rule of after.rules) {
    if (seen.has(rule.id)) {
      const message = `there is a rule with the id \`${rule.id}\` already`;
      problems.push({ code: 'duplicate-id', pointer: '/id', message, ruleId: rule.id });
    }
    seen.add(rule.id);
    if (!untouched.has(rule)) problems.push(...ruleProblems(rule));
  }
  return problems;
}

/** What is wrong with one rule by itself. */
export function ruleProblems(rule: Rule): readonly CommandProblem[] {
  const ill = Object.entries({ name: rule.name, description: rule.description, condition: rule.condition ?? '' });
  const lists = {
    tools: rule.tools,
    ...Object.fromEntries(Object.entries(rule.scope).map(([f, s]) => [`scope/${f}`, s])),
  };
  for (const [field, values] of Object.entries(lists)) {
    values.forEach((value, i) => ill.push([`${field}/${i}`, value]));
  }
  return [
    ...validateRule(rule).map((problem) => ({ ...problem, ruleId: rule.id })),
    ...ill
      .filter(([, text]) => !text.isWellFormed())
      .map(([field]) => ({ ...loneSurrogate(`/${field}`), ruleId: rule.id })),
  ];
}

/** Such a text has no UTF-8, and so no canonical form (RFC 8785, section 3.2.2.2). */
const loneSurrogate = (pointer: string): CommandProblem => ({
  code: 'lone-surrogate',
  pointer,
  message: 'the text holds half a character (a lone surrogate)',
});

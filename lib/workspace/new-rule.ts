import { fillRule, type Rule, type RuleId } from '../engine';
import { sameJson } from './equal';
import type { ShownDraft } from './snapshot';

/** A rule of which nothing is entered yet. */
export const emptyRule = (id: RuleId): Rule => fillRule({ id, name: '', effect: 'deny', tools: [] });

/** Whether nothing is lost with a draft: it is as the rule is saved, or a new rule in which nothing is entered. */
export function changesNothing({ rule, index }: ShownDraft, saved: readonly Rule[]): boolean {
  const before = index === null ? saved.find(({ id }) => id === rule.id) : emptyRule(rule.id);
  return sameJson(before, rule);
}

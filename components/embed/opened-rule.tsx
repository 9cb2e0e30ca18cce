'use client';
import type { Rule } from '@/lib/engine';
import { useRuleContext } from './condition-input';
import { RuleForm } from './rule-form';
import type { EmbedViewProps } from './view-props';

/** The form of a rule of the list. */
export function OpenedRule({ rule, bundle, call, store }: EmbedViewProps & { rule: Rule }) {
  const context = useRuleContext(rule, bundle.catalog, call);
  return <RuleForm rule={rule} catalog={bundle.catalog} context={context} onRule={(next) => store.changeRule(next)} />;
}

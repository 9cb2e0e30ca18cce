'use client';
import type { Rule } from '@/lib/engine';
import { useRuleContext } from './condition-input';
import { RuleForm } from './rule-form';
import { RuleRows } from './rule-rows';
import type { EmbedViewProps } from './view-props';

/** The policy of an embed as a list that can be reordered, each rule of which opens to be edited. */
export function EditableRules(props: EmbedViewProps) {
  const { bundle, decided, options, store } = props;
  return (
    <RuleRows
      rules={bundle.rules}
      shown={options.rules}
      decidedBy={decided?.reasons?.decision.decidedBy}
      editable={options.editable}
      onMove={(id, to) => store.moveRule(id, to)}
      form={(rule) => <OpenedRule rule={rule} {...props} />}
    />
  );
}

function OpenedRule({ rule, bundle, call, store }: EmbedViewProps & { rule: Rule }) {
  const context = useRuleContext(rule, bundle.catalog, call);
  return <RuleForm rule={rule} catalog={bundle.catalog} context={context} onRule={(next) => store.changeRule(next)} />;
}

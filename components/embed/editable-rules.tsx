'use client';
import { OpenedRule } from './opened-rule';
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

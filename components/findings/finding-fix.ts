import type { Rule } from '@/lib/engine';
import type { FindingEdit } from '@/lib/findings';
import type { PolicyCommand } from '@/lib/workspace';

/** The rules as they are after the edit of a fix. */
export function rulesAfter(rules: readonly Rule[], edit: FindingEdit): readonly Rule[] {
  switch (edit.kind) {
    case 'remove-rule':
      return rules.filter(({ id }) => id !== edit.ruleId);
    case 'change-rule':
      return rules.map((rule) => (rule.id === edit.rule.id ? edit.rule : rule));
    case 'insert-rule':
      return rules.toSpliced(edit.index, 0, edit.rule);
  }
}

/** The same edit as a command, which can be undone; `rules` are those that the finding is about. */
export function commandOf(rules: readonly Rule[], edit: FindingEdit): PolicyCommand {
  switch (edit.kind) {
    case 'remove-rule':
      return { kind: 'remove-rules', ids: [edit.ruleId] };
    case 'change-rule': {
      const base = rules.find(({ id }) => id === edit.rule.id);
      return { kind: 'update-rule', rule: edit.rule, ...(base === undefined ? {} : { base }) };
    }
    case 'insert-rule':
      return { kind: 'add-rule', rule: edit.rule, index: edit.index };
  }
}

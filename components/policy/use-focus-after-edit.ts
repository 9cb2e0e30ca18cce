import { useEffect, useRef } from 'react';
import type { RuleId } from '@/lib/engine';
import { isFocusLost } from '../ui/focus';
import { focusRule } from './focus-rule';

/** Where an edit ends, its editor is gone with the focus in it: focuses the rule's row, or where there is none the button that adds one. */
export function useFocusAfterEdit(edited: RuleId | undefined, hasRule: (id: RuleId) => boolean): void {
  const last = useRef<RuleId>(undefined);
  useEffect(() => {
    const ended = edited === undefined ? last.current : undefined;
    last.current = edited;
    if (ended === undefined || !isFocusLost()) return;
    focusRow(ended, hasRule);
  });
}

/** Focuses the rule's row, or where there is none the button that adds one. */
export function focusRow(id: RuleId | undefined, hasRule: (id: RuleId) => boolean): void {
  if (id !== undefined && hasRule(id)) focusRule(id);
  else document.querySelector<HTMLElement>('[data-adds-rule]')?.focus();
}

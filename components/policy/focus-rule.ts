import type { RuleId } from '@/lib/engine';
import { showRow } from '../ui/show-row';

/** The controls of a rule's row, in the order of the arrow keys. Findings come and go, so that they are last. */
export const RULE_CONTROLS = ['handle', 'select', 'name', 'menu', 'findings', 'witness'] as const;
export type RuleControl = (typeof RULE_CONTROLS)[number];

/** So many times, and milliseconds apart, a row is looked for that is not drawn yet. */
const TRIES = 60;
const BETWEEN_TRIES = 16;

/**
 * Focuses a control of a rule's row, as a separate task: a closing dialog or menu gives the focus back first. Of a long policy only the rows near
 * the visible part are drawn, so others are scrolled to. Returns the end of it.
 */
export function focusRule(id: RuleId, { control = 'name', block = 'nearest' }: FocusRuleOptions = {}): () => void {
  let tries = 0;
  const focus = () => {
    const row = document.querySelector(`[data-rule="${CSS.escape(id)}"]`);
    if (row === null && tries++ < TRIES) {
      showRow(id);
      timer = setTimeout(focus, BETWEEN_TRIES);
      return;
    }
    row?.scrollIntoView({ block });
    const wanted = row?.querySelector<HTMLElement>(`[data-control=${control}]`);
    // Not every rule has findings.
    (wanted ?? row?.querySelector<HTMLElement>('[data-control=name]'))?.focus({ preventScroll: true });
  };
  let timer = setTimeout(focus);
  return () => clearTimeout(timer);
}

interface FocusRuleOptions {
  readonly control?: RuleControl;
  /** Where the row is scrolled to. */
  readonly block?: 'center' | 'nearest';
}

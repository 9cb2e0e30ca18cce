'use client';
import { ArrowDown, ArrowUp, ArrowUpDown, CircleHelp, Copy, Ellipsis, Pencil, Power, Trash2 } from 'lucide-react';
import { createContext, useContext, type ReactNode } from 'react';
import type { Rule, RuleId, Status } from '@/lib/engine';
import { ActionMenu } from '../ui/action-menu';
import type { MenuEntry } from '../ui/menu-entry';
import { IconButton } from '../ui/button';
import type { ShowFindings } from './finding-mark';

/** Actions on a rule of the list. */
export interface RuleActions {
  edit(id: RuleId): void;
  duplicate(id: RuleId): void;
  setStatus(ids: readonly RuleId[], status: Status): void;
  remove(ids: readonly RuleId[]): void;
  /** `to`: the new index, from 0. */
  move(id: RuleId, to: number): void;
  askPosition(id: RuleId): void;
  /** Explains why the rule did not decide the call in focus; does nothing without one. */
  whyNot(id: RuleId): void;
  readonly showFindings: ShowFindings;
}

/** Whether a call is in focus. Apart from the actions, which stay the same object, so that hundreds of rows do not render again. */
export const CallInFocusContext = createContext(false);

interface RuleMenuProps {
  rule: Rule;
  position: number;
  count: number;
  actions: RuleActions;
  tabIndex: 0 | -1;
}

export function RuleMenu({ rule, position, count, actions, tabIndex }: RuleMenuProps): ReactNode {
  const { id, name } = rule;
  const isCallInFocus = useContext(CallInFocusContext);
  const active = rule.status === 'active';
  const entries: readonly MenuEntry[] = [
    { kind: 'action', label: 'Edit', icon: Pencil, run: () => actions.edit(id) },
    { kind: 'action', label: 'Duplicate', icon: Copy, run: () => actions.duplicate(id) },
    {
      kind: 'action',
      label: active ? 'Disable' : 'Activate',
      icon: Power,
      run: () => actions.setStatus([id], active ? 'disabled' : 'active'),
    },
    // INVARIANT: present without a call in focus too: if entries came and went, the user could press the wrong one.
    {
      kind: 'action',
      label: 'Why not for this call?',
      icon: CircleHelp,
      disabled: !isCallInFocus,
      run: () => actions.whyNot(id),
    },
    { kind: 'line' },
    {
      kind: 'action',
      label: 'Move up',
      icon: ArrowUp,
      disabled: position === 1,
      run: () => actions.move(id, position - 2),
    },
    {
      kind: 'action',
      label: 'Move down',
      icon: ArrowDown,
      disabled: position === count,
      run: () => actions.move(id, position),
    },
    {
      kind: 'action',
      label: 'Move to position…',
      icon: ArrowUpDown,
      disabled: count < 2,
      run: () => actions.askPosition(id),
    },
    { kind: 'line' },
    { kind: 'action', label: 'Delete', icon: Trash2, danger: true, run: () => actions.remove([id]) },
  ];
  return (
    <ActionMenu entries={entries} align="end">
      <IconButton
        label={`Actions for rule ${position}, ${name}`}
        data-control="menu"
        tabIndex={tabIndex}
        className="-my-0.5"
      >
        <Ellipsis size={16} aria-hidden />
      </IconButton>
    </ActionMenu>
  );
}

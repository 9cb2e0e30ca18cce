'use client';
import { ArrowDown, ArrowUp, ArrowUpDown, Copy, Ellipsis, Pencil, Power, Trash2 } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import type { Rule, RuleId, Status } from '@/lib/engine';
import { IconButton } from '../ui/button';
import { MenuContent, MenuItem, MenuSeparator } from '../ui/menu';

/** What can be done with a rule of the table. */
export interface RuleActions {
  edit(id: RuleId): void;
  duplicate(id: RuleId): void;
  setStatus(id: RuleId, status: Status): void;
  remove(id: RuleId): void;
  /** `to`: the index it shall have, from 0. */
  move(id: RuleId, to: number): void;
  askPosition(id: RuleId): void;
}

interface RuleMenuProps {
  rule: Rule;
  position: number;
  count: number;
  actions: RuleActions;
}

export function RuleMenu({ rule, position, count, actions }: RuleMenuProps): ReactNode {
  const active = rule.status === 'active';
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <IconButton label={`Actions for rule ${position}, ${rule.name}`} className="-my-0.5">
          <Ellipsis size={16} aria-hidden />
        </IconButton>
      </DropdownMenu.Trigger>
      <MenuContent align="end">
        <MenuItem icon={Pencil} onSelect={() => actions.edit(rule.id)}>
          Edit
        </MenuItem>
        <MenuItem icon={Copy} onSelect={() => actions.duplicate(rule.id)}>
          Duplicate
        </MenuItem>
        <MenuItem icon={Power} onSelect={() => actions.setStatus(rule.id, active ? 'disabled' : 'active')}>
          {active ? 'Disable' : 'Activate'}
        </MenuItem>
        <MenuSeparator />
        <MenuItem icon={ArrowUp} disabled={position === 1} onSelect={() => actions.move(rule.id, position - 2)}>
          Move up
        </MenuItem>
        <MenuItem icon={ArrowDown} disabled={position === count} onSelect={() => actions.move(rule.id, position)}>
          Move down
        </MenuItem>
        <MenuItem icon={ArrowUpDown} disabled={count < 2} onSelect={() => actions.askPosition(rule.id)}>
          Move to position…
        </MenuItem>
        <MenuSeparator />
        <MenuItem icon={Trash2} danger onSelect={() => actions.remove(rule.id)}>
          Delete
        </MenuItem>
      </MenuContent>
    </DropdownMenu.Root>
  );
}

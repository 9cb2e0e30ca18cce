'use client';
import { ArrowDown, ArrowUp, Copy, Filter } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { CallFilter } from '@/lib/trace';
import type { CallLine } from '@/lib/worker';
import { MenuContent, MenuItem, MenuSeparator } from '../ui/menu';
import type { CellFilter } from './cell-filter';
import { COLUMNS, type ColumnId } from './columns';

interface CellMenuProps {
  /** Its position in the window. */
  x: number;
  y: number;
  column: ColumnId;
  line: CallLine | undefined;
  narrowed: CellFilter | undefined;
  onFilter(filter: CallFilter): void;
  onOrder(descending: boolean): void;
  onClose(): void;
}

/** Actions on one cell of the table. */
export function CellMenu({ x, y, column, line, narrowed, onFilter, onOrder, onClose }: CellMenuProps) {
  const value = valueOf(column, line);
  return (
    <DropdownMenu.Root open modal={false} onOpenChange={(open) => !open && onClose()}>
      <DropdownMenu.Trigger asChild>
        <span aria-hidden className="fixed size-0" style={{ left: x, top: y }} />
      </DropdownMenu.Trigger>
      <MenuContent align="start" aria-label={COLUMNS[column].name} onCloseAutoFocus={(event) => event.preventDefault()}>
        {narrowed === undefined ? null : (
          <MenuItem icon={Filter} onSelect={() => onFilter(narrowed.filter)}>
            <span className="max-w-72 truncate">Show only {narrowed.words}</span>
          </MenuItem>
        )}
        {value === undefined ? null : (
          <MenuItem icon={Copy} onSelect={() => void navigator.clipboard?.writeText(value)}>
            Copy the value
          </MenuItem>
        )}
        {narrowed === undefined && value === undefined ? null : <MenuSeparator />}
        <MenuItem icon={ArrowUp} onSelect={() => onOrder(false)}>
          Sort by {COLUMNS[column].name.toLowerCase()}, rising
        </MenuItem>
        <MenuItem icon={ArrowDown} onSelect={() => onOrder(true)}>
          Sort by {COLUMNS[column].name.toLowerCase()}, falling
        </MenuItem>
      </MenuContent>
    </DropdownMenu.Root>
  );
}

function valueOf(column: ColumnId, line: CallLine | undefined): string | undefined {
  if (line === undefined) return undefined;
  if (column === 'decision' || column === 'rule' || column === 'hazards' || column === 'recorded') return undefined;
  return line[column] ?? undefined;
}

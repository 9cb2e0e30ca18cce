'use client';
import { DropdownMenu } from 'radix-ui';
import type { ActionMenuProps, MenuEntry } from './menu-entry';
import { nextTask } from './next-task';
import { MenuChoice, MenuContent, MenuItem, MenuLabel, MenuSeparator } from './menu';

/**
 * A menu that is open at first, and opened by its button from then on. A chosen action runs once the menu has closed, as a separate task.
 */
export function OpenedMenu({ entries, align, children }: ActionMenuProps) {
  return (
    <DropdownMenu.Root modal={false} defaultOpen>
      <DropdownMenu.Trigger asChild>{children}</DropdownMenu.Trigger>
      <MenuContent align={align}>
        {entries.map((entry, i) => (
          <Entry key={i} entry={entry} />
        ))}
      </MenuContent>
    </DropdownMenu.Root>
  );
}

function Entry({ entry }: { entry: MenuEntry }) {
  switch (entry.kind) {
    case 'line':
      return <MenuSeparator />;
    case 'action': {
      const { label, icon, danger = false, disabled = false, run } = entry;
      return (
        <MenuItem
          {...(icon === undefined ? {} : { icon })}
          danger={danger}
          disabled={disabled}
          onSelect={() => void nextTask().then(run)}
        >
          {label}
        </MenuItem>
      );
    }
    case 'choice':
      return (
        <>
          <MenuLabel>{entry.heading}</MenuLabel>
          <DropdownMenu.RadioGroup
            value={entry.chosen}
            onValueChange={(value) => void nextTask().then(() => entry.choose(value))}
          >
            {entry.options.map(({ value, label, detail }) => (
              <MenuChoice key={value} value={value}>
                <span className="max-w-64 truncate">{label}</span>
                {detail === undefined ? null : (
                  <span className="ml-auto pl-3 text-xs text-ink-2 tabular-nums">{detail}</span>
                )}
              </MenuChoice>
            ))}
          </DropdownMenu.RadioGroup>
        </>
      );
  }
}

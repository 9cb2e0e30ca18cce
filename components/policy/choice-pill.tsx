'use client';
import { ChevronDown, CircleHelp, type LucideIcon } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { openHelp, type HelpLinkProps } from '../site/help-link';
import { MenuChoice, MenuContent, MenuItem, MenuSeparator } from '../ui/menu';
import { Pill } from './pill';

interface PillChoice<T extends string> {
  readonly value: T;
  readonly word: string;
  /** What it does, in one line. */
  readonly detail: string;
  readonly icon?: LucideIcon;
  readonly className?: string;
}

interface ChoicePillProps<T extends string> {
  label: string;
  /** The page that explains the choice. */
  help: HelpLinkProps;
  value: T;
  choices: readonly PillChoice<T>[];
  onValue(value: T): void;
  /** Called when the menu has closed; returns true if it moved the focus elsewhere than back to the pill. */
  onClosed?(): boolean;
}

/** A pill with one of a few values, each with a line that describes it. */
export function ChoicePill<T extends string>({ label, help, value, choices, onValue, onClosed }: ChoicePillProps<T>) {
  const chosen = choices.find((choice) => choice.value === value);
  const Icon = chosen?.icon;
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <Pill
          look={chosen?.className === undefined ? 'chosen' : 'own'}
          label={label}
          says={chosen?.word ?? value}
          className={chosen?.className}
        >
          {Icon === undefined ? null : <Icon size={13} strokeWidth={2.5} aria-hidden className="shrink-0" />}
          <span className="font-semibold">{chosen?.word ?? value}</span>
          <ChevronDown size={12} aria-hidden className="shrink-0 opacity-70" />
        </Pill>
      </DropdownMenu.Trigger>
      <MenuContent
        inPlace
        align="start"
        aria-label={label}
        className="max-w-[min(22rem,var(--radix-dropdown-menu-content-available-width))]"
        onCloseAutoFocus={(event) => {
          if (onClosed?.() === true) event.preventDefault();
        }}
      >
        <DropdownMenu.RadioGroup value={value} onValueChange={(next) => onValue(next as T)}>
          {choices.map(({ value: choice, word, detail, icon: Mark, className = '' }) => (
            <MenuChoice key={choice} value={choice} detail={detail}>
              {Mark === undefined ? (
                word
              ) : (
                <span className={`inline-flex items-center gap-1 rounded px-1 ${className}`}>
                  <Mark size={12} strokeWidth={2.5} aria-hidden />
                  {word}
                </span>
              )}
            </MenuChoice>
          ))}
        </DropdownMenu.RadioGroup>
        <MenuSeparator />
        <MenuItem icon={CircleHelp} onSelect={() => openHelp(help.to)}>
          Help: {help.about}
          <span className="sr-only"> (opens a new tab)</span>
        </MenuItem>
      </MenuContent>
    </DropdownMenu.Root>
  );
}

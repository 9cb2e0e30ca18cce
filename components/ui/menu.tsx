'use client';
import { clsx } from 'clsx';
import { Check, type LucideIcon } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { Fragment, type ComponentProps, type ReactNode } from 'react';

interface MenuContentProps extends ComponentProps<typeof DropdownMenu.Content> {
  /** Drawn beside its button in the page, within the same landmark, and not at the page's end. */
  inPlace?: boolean;
}

export function MenuContent({ className, inPlace = false, ...rest }: MenuContentProps) {
  const Place = inPlace ? Fragment : DropdownMenu.Portal;
  return (
    <Place>
      <DropdownMenu.Content
        sideOffset={4}
        collisionPadding={8}
        className={clsx(
          'z-50 max-h-[var(--radix-dropdown-menu-content-available-height)] min-w-44 overflow-auto rounded-lg border border-line bg-paper p-1 shadow-float',
          className,
        )}
        {...rest}
      />
    </Place>
  );
}

interface MenuItemProps extends Omit<ComponentProps<typeof DropdownMenu.Item>, 'children'> {
  icon?: LucideIcon;
  danger?: boolean;
  children: ReactNode;
}

const ITEM =
  'flex min-h-8 cursor-default items-center gap-2 rounded-md px-2 text-sm outline-none select-none data-disabled:opacity-50 data-highlighted:bg-sunken pointer-coarse:min-h-11';

export function MenuItem({ icon: Icon, danger = false, children, className, ...rest }: MenuItemProps) {
  return (
    <DropdownMenu.Item className={clsx(ITEM, danger ? 'text-deny' : 'text-ink', className)} {...rest}>
      {Icon === undefined ? null : <Icon size={15} aria-hidden className="shrink-0 opacity-80" />}
      {children}
    </DropdownMenu.Item>
  );
}

interface MenuChoiceProps extends ComponentProps<typeof DropdownMenu.RadioItem> {
  /** A line on what choosing it does. */
  detail?: string;
}

/** One of several choices; the chosen one has a tick. */
export function MenuChoice({ children, detail, ...rest }: MenuChoiceProps) {
  return (
    <DropdownMenu.RadioItem className={ITEM} {...rest}>
      <span className="flex w-4 shrink-0 justify-center">
        <DropdownMenu.ItemIndicator>
          <Check size={14} aria-hidden />
        </DropdownMenu.ItemIndicator>
      </span>
      {detail === undefined ? (
        children
      ) : (
        <span className="min-w-0 py-1">
          <span className="block font-medium">{children}</span>
          <span className="block text-xs text-ink-2">{detail}</span>
        </span>
      )}
    </DropdownMenu.RadioItem>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <DropdownMenu.Label className="px-2 py-1 text-xs text-ink-2">{children}</DropdownMenu.Label>;
}

export function MenuSeparator() {
  return <DropdownMenu.Separator className="my-1 h-px bg-line" />;
}

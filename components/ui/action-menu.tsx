'use client';
import type { LucideIcon } from 'lucide-react';
import { cloneElement, lazy, Suspense, useState, type KeyboardEvent, type ReactElement } from 'react';

/** What a menu offers, as data. */
export type MenuEntry =
  | {
      readonly kind: 'action';
      readonly label: string;
      readonly icon?: LucideIcon;
      readonly danger?: boolean;
      readonly disabled?: boolean;
      run(): void;
    }
  | {
      readonly kind: 'choice';
      readonly heading: string;
      readonly chosen: string;
      readonly options: readonly { readonly value: string; readonly label: string; readonly detail?: string }[];
      choose(value: string): void;
    }
  | { readonly kind: 'line' };

export interface ActionMenuProps {
  entries: readonly MenuEntry[];
  align: 'start' | 'end';
  /** The button that opens it. */
  children: ReactElement<ButtonAttributes>;
}

type ButtonAttributes = React.ButtonHTMLAttributes<HTMLButtonElement>;

const load = () => import('./opened-menu');
const OpenedMenu = lazy(() => load().then((module) => ({ default: module.OpenedMenu })));

/**
 * A button with a menu. Until it is first pointed at, reached or pressed it is only that button: what draws menus is not needed for the
 * first screen, and is fetched then.
 */
export function ActionMenu({ entries, align, children }: ActionMenuProps) {
  const [wanted, setWanted] = useState(false);
  const button = cloneElement(children, {
    'aria-haspopup': 'menu',
    'aria-expanded': false,
    onPointerEnter: () => void load(),
    onFocus: () => void load(),
    onClick: () => setWanted(true),
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== 'ArrowDown') return;
      event.preventDefault();
      setWanted(true);
    },
  });
  if (!wanted) return button;
  return (
    <Suspense fallback={button}>
      <OpenedMenu entries={entries} align={align}>
        {children}
      </OpenedMenu>
    </Suspense>
  );
}

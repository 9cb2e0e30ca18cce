'use client';
import { cloneElement, lazy, Suspense, useState, type KeyboardEvent } from 'react';
import type { ActionMenuProps } from './menu-entry';

const load = () => import('./opened-menu');
const OpenedMenu = lazy(() => load().then((module) => ({ default: module.OpenedMenu })));

/**
 * A button with a menu. The menu's code is not needed for the first screen; it is loaded when the button is first pointed at, focused or
 * pressed.
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

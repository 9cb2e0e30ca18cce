'use client';
import { cloneElement, useState, type KeyboardEvent } from 'react';
import type { ActionMenuProps } from './menu-entry';
import { partOf } from './part';

const load = () => import('./opened-menu');
const OpenedMenu = partOf(() => load().then((module) => module.OpenedMenu), { waiting: ({ children }) => children });

/** Where it fails, it is fetched again when it is needed. */
const fetchAhead = () => void load().catch(() => undefined);

/**
 * A button with a menu. The menu's code is not needed for the first screen; it is loaded when the button is first pointed at, focused or
 * pressed.
 */
export function ActionMenu({ entries, align, children }: ActionMenuProps) {
  const [wanted, setWanted] = useState(false);
  const button = cloneElement(children, {
    'aria-haspopup': 'menu',
    'aria-expanded': false,
    onPointerEnter: fetchAhead,
    onFocus: fetchAhead,
    onClick: () => setWanted(true),
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== 'ArrowDown') return;
      event.preventDefault();
      setWanted(true);
    },
  });
  if (!wanted) return button;
  return (
    <OpenedMenu entries={entries} align={align} onGiveUp={() => setWanted(false)}>
      {children}
    </OpenedMenu>
  );
}

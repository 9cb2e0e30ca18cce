import { useCallback, useEffect, useRef } from 'react';
import { isDrawn } from '../ui/focus';
import type { WorkbenchPane } from './pane-tabs';

const PANES: readonly WorkbenchPane[] = ['policy', 'trace', 'explanation'];

/** Where a pane is entered that was not in use yet, the first that it has. */
const STARTS = [
  '[data-control=name][tabindex="0"]',
  '[role$=grid][tabindex="0"]',
  'section[tabindex="-1"]',
  'h2[tabindex]',
  'button',
];

/**
 * Keeps the focus within the panes: F6 and Shift+F6 go from pane to pane, each time to where the focus was in it, and where the control in focus
 * is taken off the page, its pane has the focus. Returns how to go to a pane.
 */
export function usePaneFocus(showPane: (pane: WorkbenchPane) => void): (pane: WorkbenchPane) => void {
  const last = useRef(new Map<string, HTMLElement>());
  const goTo = useCallback(
    (pane: WorkbenchPane) => {
      showPane(pane);
      // On a narrow screen the pane is drawn first.
      setTimeout(() => targetIn(pane, last.current.get(pane))?.focus());
    },
    [showPane],
  );
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'F6' || event.ctrlKey || event.metaKey || event.altKey || isInDialog(event.target)) return;
      event.preventDefault();
      const from = PANES.findIndex((pane) => pane === paneOf(event.target)?.dataset['pane']);
      const to = event.shiftKey ? (from <= 0 ? PANES.length - 1 : from - 1) : (from + 1) % PANES.length;
      goTo(PANES[to] ?? 'policy');
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [goTo]);
  useEffect(() => followFocus(last.current), []);
  return goTo;
}

/** Notes what has the focus in each pane; focuses the pane where that is taken off the page. Returns the end of it. */
function followFocus(last: Map<string, HTMLElement>): () => void {
  let current: { readonly element: HTMLElement; readonly pane: HTMLElement } | undefined;
  const onFocus = ({ target }: FocusEvent) => {
    const pane = paneOf(target);
    current = undefined;
    if (pane === undefined || !(target instanceof HTMLElement) || target === pane) return;
    current = { element: target, pane };
    last.set(pane.dataset['pane'] ?? '', target);
  };
  const observer = new MutationObserver(() => {
    if (current === undefined || current.element.isConnected || document.activeElement !== document.body) return;
    current.pane.focus({ preventScroll: true });
  });
  document.addEventListener('focusin', onFocus);
  for (const pane of document.querySelectorAll('[data-pane]'))
    observer.observe(pane, { childList: true, subtree: true });
  return () => {
    document.removeEventListener('focusin', onFocus);
    observer.disconnect();
  };
}

const paneOf = (target: EventTarget | null): HTMLElement | undefined =>
  (target instanceof Element && target.closest<HTMLElement>('[data-pane]')) || undefined;

const isInDialog = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('[role=dialog]') !== null;

function targetIn(pane: WorkbenchPane, last: HTMLElement | undefined): HTMLElement | undefined {
  if (last !== undefined && isDrawn(last)) return last;
  const root = document.querySelector<HTMLElement>(`[data-pane=${pane}]`);
  const starts = STARTS.flatMap((start) => root?.querySelector<HTMLElement>(start) ?? []);
  return starts.find(isDrawn) ?? root ?? undefined;
}

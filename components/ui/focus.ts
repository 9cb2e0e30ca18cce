import { useCallback, useState } from 'react';

/** Elements to focus, the first that is still on the page: where the focus was, then where it was before that overlay had opened, and so on. */
type FocusTrail = readonly HTMLElement[];

const trails = new WeakMap<Element, FocusTrail>();

export type FocusReturn = ReturnType<typeof useFocusReturn>;

/** Keeps the focus for a dialog that opens: `ref` belongs on its content. When it has closed, the focus goes back to where it was. */
export function useFocusReturn() {
  const [trail] = useState(focusTrail);
  const onCloseAutoFocus = (event: Event) => {
    event.preventDefault();
    if (isFocusLost()) trail.find(isDrawn)?.focus();
  };
  return {
    ref: useCallback(
      (content: HTMLElement | null) => {
        if (content !== null) trails.set(content, trail);
      },
      [trail],
    ),
    onCloseAutoFocus,
  };
}

/** What has the focus; of a menu that is about to close, the button that opened it; of a dialog that closes too, what it goes back to. */
function focusTrail(): FocusTrail {
  const { activeElement } = document;
  if (!(activeElement instanceof HTMLElement) || activeElement === document.body) return [];
  const opener = activeElement.closest('[role=menu]')?.getAttribute('aria-labelledby');
  const element = typeof opener === 'string' ? document.getElementById(opener) : activeElement;
  const around = activeElement.closest('[role=dialog]');
  const before = around === null ? undefined : trails.get(around);
  return [...(element === null ? [] : [element]), ...(before ?? [])];
}

/** Whether no control has the focus: what had it is gone, or the focus went to the part of the page around that. */
export function isFocusLost(): boolean {
  const { activeElement } = document;
  return (
    activeElement === null || activeElement === document.body || activeElement.matches('[role=dialog], [data-pane]')
  );
}

/** Whether an element is on the page, and not hidden. */
export const isDrawn = (element: HTMLElement): boolean => element.isConnected && element.getClientRects().length > 0;

const FIELDS = ['input:not([type=hidden], [type=file])', 'textarea', 'select'].map(
  (field) => `[data-scrolls] ${field}:enabled`,
);

/** Focuses the first field of a dialog that opens, with its text selected; of one without fields what scrolls, so that the arrow keys do. */
export function focusFirstField(event: Event): void {
  if (!(event.target instanceof Element)) return;
  const field = event.target.querySelector<HTMLElement>(FIELDS.join());
  event.preventDefault();
  (field ?? event.target.querySelector<HTMLElement>('[data-scrolls]'))?.focus();
  if (field instanceof HTMLInputElement) field.select();
}

/**
 * What a visitor did with a page that is drawn and not started yet. The page keeps it (scripts/lib/scripts-on-use.mjs), and it is done again
 * once the page is started.
 */
export type FirstUse =
  | { readonly kind: 'press'; readonly on: Element }
  | { readonly kind: 'key'; readonly on: Element; readonly key: KeyboardEventInit }
  | { readonly kind: 'drop' | 'paste'; readonly on: Element; readonly files: readonly File[]; readonly text: string };

declare global {
  interface Window {
    /** Absent where the page was not drawn before it started. */
    firstUses?: readonly FirstUse[];
  }
}

const CONTROLS = 'a, button, input, select, textarea, summary, [role], [tabindex]';

const controlOf = (element: Element): Element => element.closest(CONTROLS) ?? element;

/** What a person knows an element by. */
const nameOf = (element: Element): string =>
  (element.getAttribute('aria-label') ?? element.getAttribute('placeholder') ?? element.textContent).trim();

const isShown = (element: Element): boolean => element.getClientRects().length > 0;

/**
 * The element of the started page that is what `drawn` is within `from`, the drawn one: of the same kind and name, and the same of several in
 * order. Undefined where there is none.
 */
export function counterpartOf(drawn: Element, from: Element): Element | undefined {
  const control = controlOf(drawn);
  const alike = [...document.body.querySelectorAll(control.tagName)].filter(
    (element) =>
      nameOf(element) === nameOf(control) &&
      element.getAttribute('role') === control.getAttribute('role') &&
      isShown(element),
  );
  const [before, after] = [
    alike.filter((element) => from.contains(element)),
    alike.filter((element) => !from.contains(element)),
  ];
  return after[before.indexOf(control)];
}

/** Does again what was done with the drawn page, in order. What has no counterpart in the started page is left out. */
export function repeatUses(uses: readonly FirstUse[], from: Element): void {
  takeOverFields(from);
  const focused = from.contains(document.activeElement) ? document.activeElement : null;
  if (focused !== null) focusOn(counterpartOf(focused, from));
  for (const use of uses) {
    const on = from.contains(use.on) ? counterpartOf(use.on, from) : document.body;
    if (on !== undefined) repeat(use, on);
  }
}

function repeat(use: FirstUse, on: Element): void {
  if (use.kind === 'press') press(on);
  else if (use.kind === 'key')
    on.dispatchEvent(new KeyboardEvent('keydown', { ...use.key, bubbles: true, cancelable: true }));
  else {
    const { files, text } = use;
    const data = { files, types: files.length > 0 ? ['Files'] : ['text/plain'], getData: () => text };
    // Not every browser lets a script make such an event with data in it.
    const event = new Event(use.kind, { bubbles: true, cancelable: true });
    on.dispatchEvent(
      Object.defineProperty(event, use.kind === 'drop' ? 'dataTransfer' : 'clipboardData', { value: data }),
    );
  }
}

/** Menus open when a button goes down, everything else when it is clicked; a list of choices is opened by the browser alone. */
function press(on: Element): void {
  focusOn(on);
  if (on instanceof HTMLSelectElement) {
    try {
      on.showPicker();
    } catch {
      // The press was too long ago: the list has the focus, and opens with a key.
    }
    return;
  }
  const init = { bubbles: true, cancelable: true, button: 0, pointerType: 'mouse', isPrimary: true };
  for (const type of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click']) {
    on.dispatchEvent(type.startsWith('pointer') ? new PointerEvent(type, init) : new MouseEvent(type, init));
  }
}

function focusOn(element: Element | undefined): void {
  if (element instanceof HTMLElement) element.focus({ preventScroll: true });
}

/** What was typed into fields of the drawn page. */
function takeOverFields(from: Element): void {
  for (const field of from.querySelectorAll('input, textarea')) {
    if (!isField(field) || field.value === field.defaultValue) continue;
    const there = counterpartOf(field, from);
    if (there === undefined || !isField(there)) continue;
    // React notices a value only if it is set as the browser sets it.
    const type = there instanceof HTMLInputElement ? HTMLInputElement : HTMLTextAreaElement;
    Object.getOwnPropertyDescriptor(type.prototype, 'value')?.set?.call(there, field.value);
    there.dispatchEvent(new InputEvent('input', { bubbles: true }));
  }
}

const isField = (element: Element): element is HTMLInputElement | HTMLTextAreaElement =>
  (element instanceof HTMLInputElement && element.type !== 'checkbox') || element instanceof HTMLTextAreaElement;

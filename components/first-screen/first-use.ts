import { afterFrame } from '../ui/frames';

/**
 * What a visitor did with a page that is drawn and not started yet. The page keeps it (scripts/lib/scripts-on-use.mjs), and it is done again
 * once the page is started.
 */
export type FirstUse =
  | { readonly kind: 'press'; readonly on: Element; readonly clientX: number; readonly clientY: number }
  | { readonly kind: 'key'; readonly on: Element; readonly key: KeyboardEventInit }
  | { readonly kind: 'drop' | 'paste'; readonly on: Element; readonly files: readonly File[]; readonly text: string };

declare global {
  interface Window {
    /** Absent where the page was not drawn before it started, and once it is. */
    firstUses?: readonly FirstUse[];
  }
}

const CONTROLS = 'a, button, input, select, textarea, summary, [role], [tabindex]';
/** What can be scrolled, and is in the same order in both pages. */
const SCROLLED = '[data-scrolls], [role="grid"]';
/** What comes into the started page later, such as a finding, is waited for so many frames. */
const MOST_FRAMES = 240;

/** How an element of the drawn page is found in the started one. */
interface Likeness {
  readonly tag: string;
  readonly role: string | null;
  /** What a person knows it by. */
  readonly name: string;
  /** Its place among those of the same tag, role and name. */
  readonly place: number;
}

const controlOf = (element: Element): Element => element.closest(CONTROLS) ?? element;

/** `data-known-as` is on what has another name for one who chose something before. */
const NAMES = ['data-known-as', 'aria-label', 'placeholder'];

const nameOf = (element: Element): string => {
  const given = NAMES.map((attribute) => element.getAttribute(attribute)).find((name) => name !== null);
  return (given ?? element.textContent).trim();
};

const isShown = (element: Element): boolean => element.getClientRects().length > 0;

/** The shown elements of a tag and role, within the drawn page or outside it. */
const ofKind = (tag: string, role: string | null, isWanted: (element: Element) => boolean): readonly Element[] =>
  [...document.body.querySelectorAll(tag)].filter(
    (element) => element.getAttribute('role') === role && isWanted(element) && isShown(element),
  );

/** INVARIANT: `drawn` is still shown: what is not shown has no place among others. */
export function likenessOf(element: Element, drawn: Element): Likeness {
  const control = controlOf(element);
  const [tag, role, name] = [control.tagName, control.getAttribute('role'), nameOf(control)];
  const alike = ofKind(tag, role, (other) => drawn.contains(other) && nameOf(other) === name);
  return { tag, role, name, place: alike.indexOf(control) };
}

/** The element of the started page that is like one of the drawn page. */
export function counterpartOf({ tag, role, name, place }: Likeness, drawn: Element): Element | undefined {
  return ofKind(tag, role, (element) => !drawn.contains(element) && nameOf(element) === name)[place];
}

/** Waits for what comes later. */
async function soon(likeness: Likeness, drawn: Element): Promise<Element | undefined> {
  for (let frame = 0; frame < MOST_FRAMES; frame++) {
    const found = counterpartOf(likeness, drawn);
    if (found !== undefined) return found;
    await frameDrawn();
  }
  return undefined;
}

const frameDrawn = (): Promise<void> => new Promise((done) => void afterFrame(done));

/**
 * Does again what was done with the drawn page: at once what was scrolled, typed and chosen, and the focus; then each use in its order, once the
 * one before it is drawn. What has no counterpart in the started page is left out. Call it while `drawn` is shown; then it may be taken away.
 */
export function repeatUses(uses: readonly FirstUse[], drawn: Element): Promise<void> {
  const found = uses.map((use) => ({ use, likeness: drawn.contains(use.on) ? likenessOf(use.on, drawn) : undefined }));
  takeOverScrolling(drawn);
  takeOverFields(drawn);
  const focused = drawn.contains(document.activeElement) ? document.activeElement : null;
  if (focused !== null) focusOn(counterpartOf(likenessOf(focused, drawn), drawn));
  return repeatInOrder(found, drawn);
}

type FoundUse = { readonly use: FirstUse; readonly likeness: Likeness | undefined };

async function repeatInOrder(found: readonly FoundUse[], drawn: Element): Promise<void> {
  for (const { use, likeness } of found) {
    const on = likeness === undefined ? document.body : await soon(likeness, drawn);
    if (on === undefined) continue;
    repeat(use, on);
    await frameDrawn();
  }
}

function repeat(use: FirstUse, on: Element): void {
  if (use.kind === 'press') press(on, use);
  else if (use.kind === 'key') {
    on.dispatchEvent(new KeyboardEvent('keydown', { ...use.key, bubbles: true, cancelable: true }));
  } else {
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
function press(on: Element, { clientX, clientY }: { readonly clientX: number; readonly clientY: number }): void {
  focusOn(on);
  if (on instanceof HTMLSelectElement) {
    try {
      on.showPicker();
    } catch {
      // The press was too long ago: the list has the focus, and opens with a key.
    }
    return;
  }
  const init = { bubbles: true, cancelable: true, button: 0, pointerType: 'mouse', isPrimary: true, clientX, clientY };
  for (const type of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click']) {
    on.dispatchEvent(type.startsWith('pointer') ? new PointerEvent(type, init) : new MouseEvent(type, init));
  }
}

function focusOn(element: Element | undefined): void {
  if (element instanceof HTMLElement) element.focus({ preventScroll: true });
}

/** So that a row that was scrolled to is there to be pressed. */
function takeOverScrolling(drawn: Element): void {
  const all = [...document.querySelectorAll(SCROLLED)].filter(isShown);
  const there = all.filter((element) => !drawn.contains(element));
  for (const [place, element] of all.filter((other) => drawn.contains(other)).entries()) {
    const { [place]: counterpart } = there;
    if (counterpart !== undefined) counterpart.scrollTop = element.scrollTop;
  }
}

/** What was typed into fields, chosen and ticked. */
function takeOverFields(drawn: Element): void {
  for (const field of drawn.querySelectorAll('input, textarea, select')) {
    if (!isChanged(field)) continue;
    const there = counterpartOf(likenessOf(field, drawn), drawn);
    if (there === undefined) continue;
    if (isTicked(field) && isTicked(there)) {
      if (there.checked !== field.checked) there.click();
    } else if (isField(field) && isField(there)) {
      // React notices a value only if it is set as the browser sets it.
      Object.getOwnPropertyDescriptor(Object.getPrototypeOf(there), 'value')?.set?.call(there, field.value);
      there.dispatchEvent(new Event(there instanceof HTMLSelectElement ? 'change' : 'input', { bubbles: true }));
    }
  }
}

type ValueField = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

const isField = (element: Element): element is ValueField =>
  element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement;

const isTicked = (element: Element): element is HTMLInputElement =>
  element instanceof HTMLInputElement && (element.type === 'checkbox' || element.type === 'radio');

function isChanged(element: Element): boolean {
  // Of radio buttons, the one that is chosen takes the others with it.
  if (isTicked(element))
    return element.checked !== element.defaultChecked && (element.checked || element.type !== 'radio');
  if (element instanceof HTMLSelectElement) return element.selectedOptions[0]?.defaultSelected === false;
  return isField(element) && !(element instanceof HTMLSelectElement) && element.value !== element.defaultValue;
}

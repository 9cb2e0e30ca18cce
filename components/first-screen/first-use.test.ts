// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { counterpartOf, repeatUses, type FirstUse } from './first-use';

const SCREEN =
  '<button>Add rule</button><button aria-label="Actions for rule 1">…</button><button aria-label="Actions for rule 1">…</button>' +
  '<input placeholder="Search"/><input type="checkbox" aria-label="With drafts"/><p>Text</p>';

let drawn: Element;
let started: Element;

beforeEach(() => {
  document.body.innerHTML = `<div>${SCREEN}</div><main>${SCREEN}</main>`;
  [drawn, started] = [document.body.children[0]!, document.body.children[1]!];
  // The document lays nothing out.
  vi.spyOn(Element.prototype, 'getClientRects').mockReturnValue([{}] as unknown as DOMRectList);
});
afterEach(() => vi.restoreAllMocks());

const pressed = (on: Element | null): FirstUse => ({ kind: 'press', on: on! });
const buttonsOf = (root: Element) => [...root.querySelectorAll('button')];

test('a counterpart has the same kind and name, and is the same of several', () => {
  for (const [place, button] of buttonsOf(drawn).entries()) {
    expect(counterpartOf(button, drawn)).toBe(buttonsOf(started)[place]);
  }
  started.querySelector('button')!.textContent = 'Something else';
  expect(counterpartOf(buttonsOf(drawn)[0]!, drawn)).toBeUndefined();
});

test('a press inside a control is one of the control, with all that a pointer does', () => {
  const icon = buttonsOf(drawn)[0]!.appendChild(document.createElement('i'));
  const heard: string[] = [];
  for (const type of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click'])
    buttonsOf(started)[0]!.addEventListener(type, () => heard.push(type));
  vi.stubGlobal('PointerEvent', MouseEvent);
  repeatUses([pressed(icon)], drawn);
  expect(heard).toEqual(['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click']);
  expect(document.activeElement).toBe(buttonsOf(started)[0]);
  vi.unstubAllGlobals();
});

test('uses are repeated in their order; those without a counterpart are left out', () => {
  const heard: string[] = [];
  started.addEventListener('click', ({ target }) => heard.push((target as Element).textContent));
  document.body.addEventListener('keydown', ({ key }) => heard.push(key), { once: true });
  const gone = drawn.appendChild(document.createElement('button'));
  repeatUses(
    [pressed(gone), { kind: 'key', on: document.body, key: { key: '?' } }, pressed(drawn.firstElementChild)],
    drawn,
  );
  expect(heard).toEqual(['?', 'Add rule']);
});

test('what was typed and the focus are taken over', () => {
  const field = drawn.querySelector('input')!;
  const there = started.querySelector('input')!;
  const heard = vi.fn();
  there.addEventListener('input', heard);
  field.focus();
  field.value = 'refund';
  repeatUses([], drawn);
  expect(there.value).toBe('refund');
  expect(heard).toHaveBeenCalledOnce();
  expect(document.activeElement).toBe(there);
});

test.each(['drop', 'paste'] as const)('a %s comes with its files and its text', (kind) => {
  const file = new File(['{}'], 'a.json');
  let data: DataTransfer | undefined;
  const listen = (event: Event) =>
    (data = kind === 'drop' ? (event as DragEvent).dataTransfer! : (event as ClipboardEvent).clipboardData!);
  document.body.addEventListener(kind, listen, { once: true });
  repeatUses([{ kind, on: document.body, files: [file], text: 'a text' }], drawn);
  expect(data?.files[0]).toBe(file);
  expect(data?.getData('text/plain')).toBe('a text');
});

// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { counterpartOf, likenessOf, repeatUses, type FirstUse } from './first-use';

const SCREEN =
  '<button>Add rule</button><button aria-label="Actions for rule 1">…</button><button aria-label="Actions for rule 1">…</button>' +
  '<input placeholder="Search"/><input type="checkbox" aria-label="With drafts"/><p>Text</p>' +
  '<input type="radio" name="NAME" aria-label="go on" checked/><input type="radio" name="NAME" aria-label="deny"/>' +
  '<select aria-label="Agent"><option value="" selected>Any</option><option value="cursor">cursor</option></select>' +
  '<div role="grid" aria-label="Calls">calls</div>';

let drawn: Element;
let started: Element;

beforeEach(() => {
  const [before, after] = ['drawn', 'started'].map((name) => SCREEN.replaceAll('NAME', name));
  document.body.innerHTML = `<div>${before}</div><main>${after}</main>`;
  [drawn, started] = [document.body.children[0]!, document.body.children[1]!];
  // The document lays nothing out.
  vi.stubGlobal('requestAnimationFrame', (draw: () => void) => setTimeout(draw));
  vi.spyOn(Element.prototype, 'getClientRects').mockReturnValue([{}] as unknown as DOMRectList);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const pressed = (on: Element | null): FirstUse => ({ kind: 'press', on: on!, clientX: 3, clientY: 4 });
const counterpart = (element: Element) => counterpartOf(likenessOf(element, drawn), drawn);
const buttonsOf = (root: Element) => [...root.querySelectorAll('button')];

test('a counterpart has the same kind and name, and is the same of several', () => {
  for (const [place, button] of buttonsOf(drawn).entries()) {
    expect(counterpart(button)).toBe(buttonsOf(started)[place]);
  }
  started.querySelector('button')!.textContent = 'Something else';
  expect(counterpart(buttonsOf(drawn)[0]!)).toBeUndefined();
});

test('a press inside a control is one of the control, with all that a pointer does', async () => {
  const icon = buttonsOf(drawn)[0]!.appendChild(document.createElement('i'));
  const heard: string[] = [];
  for (const type of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click'])
    buttonsOf(started)[0]!.addEventListener(type, () => heard.push(type));
  vi.stubGlobal('PointerEvent', MouseEvent);
  await repeatUses([pressed(icon)], drawn);
  expect(heard).toEqual(['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click']);
  expect(document.activeElement).toBe(buttonsOf(started)[0]);
});

test('uses are repeated in their order; those without a counterpart are left out', async () => {
  const heard: string[] = [];
  started.addEventListener('click', ({ target }) => heard.push((target as Element).textContent));
  document.body.addEventListener('keydown', ({ key }) => heard.push(key), { once: true });
  const gone = drawn.appendChild(document.createElement('button'));
  await repeatUses(
    [pressed(gone), { kind: 'key', on: document.body, key: { key: '?' } }, pressed(drawn.firstElementChild)],
    drawn,
  );
  expect(heard).toEqual(['?', 'Add rule']);
});

test('what comes late is waited for, and what does not come is left out', async () => {
  const heard: string[] = [];
  started.addEventListener('click', ({ target }) => heard.push((target as Element).textContent));
  buttonsOf(started)[0]!.remove();
  const repeated = repeatUses([pressed(buttonsOf(drawn)[0]!)], drawn);
  drawn.remove();
  const late = document.createElement('button');
  late.textContent = 'Add rule';
  setTimeout(() => started.prepend(late), 50);
  await repeated;
  expect(heard).toEqual(['Add rule']);
});

test('what has another name in the started page is found by what it is known as', async () => {
  for (const [root, name] of [
    [drawn, 'Theme: as the system'],
    [started, 'Theme: dark'],
  ] as const)
    root.insertAdjacentHTML('beforeend', `<button aria-label="${name}" data-known-as="theme"></button>`);
  expect(counterpart(drawn.lastElementChild!)).toBe(started.lastElementChild);
});

test('what was chosen, ticked and scrolled is taken over, each with the event that the page hears', async () => {
  const [select, grid] = [drawn.querySelector('select')!, drawn.querySelector('[role=grid]')!];
  const heard: string[] = [];
  started.addEventListener('change', ({ target }) => heard.push((target as Element).getAttribute('aria-label') ?? ''));
  select.value = 'cursor';
  for (const name of ['deny', 'With drafts'])
    drawn.querySelector<HTMLInputElement>(`[aria-label="${name}"]`)!.checked = true;
  grid.scrollTop = 70;
  await repeatUses([], drawn);
  expect(started.querySelector('select')!.value).toBe('cursor');
  expect(heard.toSorted()).toEqual(['Agent', 'With drafts', 'deny']);
  expect(started.querySelector('[role=grid]')!.scrollTop).toBe(70);
});

test('what was typed and the focus are taken over', async () => {
  const field = drawn.querySelector('input')!;
  const there = started.querySelector('input')!;
  const heard = vi.fn();
  there.addEventListener('input', heard);
  field.focus();
  field.value = 'refund';
  await repeatUses([], drawn);
  expect(there.value).toBe('refund');
  expect(heard).toHaveBeenCalledOnce();
  expect(document.activeElement).toBe(there);
});

test.each(['drop', 'paste'] as const)('a %s comes with its files and its text', async (kind) => {
  const file = new File(['{}'], 'a.json');
  let data: DataTransfer | undefined;
  const listen = (event: Event) =>
    (data = kind === 'drop' ? (event as DragEvent).dataTransfer! : (event as ClipboardEvent).clipboardData!);
  document.body.addEventListener(kind, listen, { once: true });
  await repeatUses([{ kind, on: document.body, files: [file], text: 'a text' }], drawn);
  expect(data?.files[0]).toBe(file);
  expect(data?.getData('text/plain')).toBe('a text');
});

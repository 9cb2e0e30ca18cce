// @vitest-environment jsdom
import { cleanup, configure, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { ruleId, type RuleId } from '@/lib/engine';
import { useRuleKeys } from './use-rule-keys';

// A busy machine takes its time to load what is waited for.
configure({ asyncUtilTimeout: 20_000 });
afterEach(cleanup);
Element.prototype.scrollIntoView = () => undefined;
vi.stubGlobal('CSS', { escape: (text: string) => text });

const IDS = ['a', 'b', 'c'].map(ruleId);

function List({ ids = IDS }: { ids?: readonly RuleId[] }) {
  const { stopOf, keys } = useRuleKeys(ids);
  return (
    <ol {...keys}>
      {ids.map((id) => (
        <li key={id} data-rule={id}>
          {(['handle', 'name', 'menu'] as const).map((control) => (
            <button key={control} data-control={control} tabIndex={stopOf(id) === control ? 0 : -1}>
              {`${control} ${id}`}
            </button>
          ))}
        </li>
      ))}
    </ol>
  );
}

const button = (name: string) => screen.getByRole('button', { name });
const stops = () =>
  screen
    .getAllByRole('button')
    .filter(({ tabIndex }) => tabIndex === 0)
    .map(({ textContent }) => textContent);

test('a list of rules is one stop of the Tab key, and the arrow keys go through its rows and controls', async () => {
  const { rerender } = render(<List />);
  expect(stops()).toEqual(['name a']);
  button('name a').focus();
  const steps = [
    ['ArrowDown', 'name b'],
    ['ArrowRight', 'menu b'],
    ['ArrowRight', 'menu b'],
    ['End', 'menu c'],
    ['ArrowDown', 'menu c'],
    ['ArrowLeft', 'name c'],
    ['ArrowLeft', 'handle c'],
    ['PageUp', 'handle a'],
    ['ArrowUp', 'handle a'],
  ] as const;
  for (const [key, name] of steps) {
    fireEvent.keyDown(document.activeElement ?? document.body, { key });
    await waitFor(() => expect(document.activeElement?.textContent).toBe(name));
    expect(stops()).toEqual([name]);
  }
  // A row that is gone is no stop.
  rerender(<List ids={IDS.slice(1)} />);
  expect(stops()).toEqual(['name b']);
});

test('the keys of a row that is being moved are those of the move', () => {
  render(<List />);
  const handle = button('handle b');
  handle.setAttribute('aria-pressed', 'true');
  expect(fireEvent.keyDown(handle, { key: 'ArrowDown' })).toBe(true);
});

// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import type { PolicyContent } from '@/lib/store';
import { firstPolicy } from '../../lib/workspace/first-visit';
import { FindingMark, ShownFinding } from '../policy/finding-mark';
import { FindingsProvider } from '../session/findings';
import { ShownPolicyContext } from '../session/shown-policy';
import { stubResizeObserver, testPage, useTestPolicy } from '../session/testkit';
import { FindingsDialog } from './findings-dialog';

vi.mock('../session/session', async () => (await import('../session/testkit')).testSession);

/** The sample policy in a page without a trace; the worker's code answers on this thread. */
function Page() {
  const { name, rules, settings } = useTestPolicy();
  const close = () => undefined;
  return (
    <ShownPolicyContext value={{ name, rules, settings, from: 'saved' }}>
      <FindingsProvider preview={undefined}>
        <ul>
          {rules.map(({ id }) => (
            <li key={id} data-testid={`row-${id}`}>
              <FindingMark id={id} onShow={close} />
              <ShownFinding id={id} onShow={close} />
            </li>
          ))}
        </ul>
        <FindingsDialog onClose={close} onRule={close} openDialog={close} />
      </FindingsProvider>
    </ShownPolicyContext>
  );
}

function open(settings: PolicyContent['settings'] = firstPolicy().settings): void {
  testPage.open({ ...firstPolicy(), settings });
  stubResizeObserver();
  render(<Page />);
}

afterEach(cleanup);

const WAIT = { timeout: 30_000 };
const gate = () => {
  const found = screen.getAllByTestId('finding').find((one) => one.getAttribute('data-code') === 'gate-falls-through');
  if (found === undefined) throw new Error('no such finding');
  return within(found);
};
const hasGate = () => screen.queryAllByTestId('finding').some((one) => one.dataset['code'] === 'gate-falls-through');

test('the sample policy has a proven finding, with a witness and a fix; it can be dismissed and shown again', async () => {
  open();
  await waitFor(() => expect(screen.getByTestId('findings-summary').textContent).toMatch(/^\d findings: .*\.$/), WAIT);
  const row = within(screen.getByTestId('row-only-general'));
  expect(row.getByRole('button', { name: /^Findings: 1 warning/, hidden: true })).toBeDefined();
  expect(row.getByRole('button', { name: 'Show a call', hidden: true })).toBeDefined();

  fireEvent.click(gate().getByRole('button', { name: 'Show the witness' }));
  await waitFor(
    () => expect(gate().getByTestId('witness').textContent).toContain('Allowed by rule 4, Allow all'),
    WAIT,
  );

  fireEvent.click(gate().getByRole('button', { name: 'Deny what the gate does not allow…' }));
  await waitFor(() => expect(gate().getByTestId('impact')).toBeDefined(), WAIT);
  fireEvent.click(gate().getByRole('button', { name: 'Deny what the gate does not allow' }));
  await waitFor(() => expect(hasGate()).toBe(false), WAIT);
  expect(testPage.policy.rules).toHaveLength(5);

  await testPage.workspace.undo();
  await waitFor(() => expect(hasGate()).toBe(true), WAIT);

  fireEvent.click(gate().getByRole('button', { name: 'Dismiss…' }));
  fireEvent.change(gate().getByRole('textbox'), { target: { value: 'meant as a sample' } });
  fireEvent.click(gate().getByRole('button', { name: 'Dismiss' }));
  await waitFor(() => expect(hasGate()).toBe(false), WAIT);
  expect(screen.getByTestId('dismissed').textContent).toContain('meant as a sample');
  fireEvent.click(screen.getByRole('button', { name: 'Show again', hidden: true }));
  await waitFor(() => expect(hasGate()).toBe(true), WAIT);
});

test('an invariant is stated, broken by an edit, and shown by a call; a question is answered by one', async () => {
  open();
  const part = () => within(screen.getByTestId('invariants'));
  const type = (label: string, text: string, button: string) => {
    fireEvent.change(screen.getByLabelText(label), { target: { value: text } });
    fireEvent.click(screen.getByRole('button', { name: button, hidden: true }));
  };
  type('Add an invariant', 'no one may ever delete', 'Add it');
  expect(screen.getByRole('alert', { hidden: true }).textContent).toContain('found delete');
  fireEvent.change(screen.getByLabelText('Tool patterns, separated by commas'), { target: { value: 'delete_*' } });
  fireEvent.click(screen.getByRole('button', { name: 'Add it', hidden: true }));
  await waitFor(() => expect(part().getByTestId('invariant').textContent).toMatch(/^proven/), WAIT);
  expect(testPage.policy.extra).toEqual({ invariants: ['no one may ever call `delete_*`'] });

  const { rules } = testPage.policy;
  testPage.workspace.dispatch({ kind: 'remove-rules', ids: rules.slice(0, 1).map(({ id }) => id) });
  await waitFor(() => expect(part().getByTestId('invariant').textContent).toMatch(/^does not hold/), WAIT);
  fireEvent.click(part().getByRole('button', { name: 'Show the counterexample', hidden: true }));
  await waitFor(() => expect(part().getByTestId('witness').textContent).toContain('Allowed by rule 3'), WAIT);
  fireEvent.click(part().getByRole('button', { name: /^Remove the invariant/, hidden: true }));
  await waitFor(() => expect(part().queryByTestId('invariant')).toBeNull(), WAIT);
  expect(testPage.policy.extra).toBeUndefined();

  type('Show me', 'a call that rule 2 decides', 'Ask');
  const ask = within(screen.getByTestId('ask'));
  await waitFor(() => expect(ask.getByTestId('witness').textContent).toContain('Denied by rule 2'), WAIT);
  type('Show me', 'a call that reaches the default', 'Ask');
  await waitFor(() => expect(ask.getByRole('status', { hidden: true }).textContent).toContain('proven'), WAIT);
});

test('an unfinished invariant is there again after the dialog was closed, and one that is stated is not added again', async () => {
  open();
  const field = () => screen.getByLabelText<HTMLInputElement>('Add an invariant');
  const add = (text: string) => {
    fireEvent.change(field(), { target: { value: text } });
    fireEvent.click(screen.getByRole('button', { name: 'Add it', hidden: true }));
  };
  fireEvent.change(screen.getByLabelText('Tool patterns, separated by commas'), { target: { value: 'x_*' } });
  fireEvent.change(field(), { target: { value: 'no one may ever' } });
  cleanup();
  render(<Page />);
  expect(field().value).toBe('no one may ever');
  expect(screen.getByLabelText<HTMLInputElement>('Tool patterns, separated by commas').value).toBe('x_*');

  add('no one may ever call `delete_*`');
  expect(field().value).toBe('');
  await screen.findByTestId('invariant', {}, WAIT);
  add('no one can call delete_*');
  expect(screen.getByRole('alert', { hidden: true }).textContent).toContain('This invariant is there already.');
  expect(testPage.policy.extra).toEqual({ invariants: ['no one may ever call `delete_*`'] });
  expect(field().value).toBe('no one can call delete_*');
});

test.each<[PolicyContent['settings'], boolean]>([
  [{ gatedWhenFalse: 'continue' }, false],
  [{ gatedWhenFalse: 'continue', readings: { case: 'sensitive' } }, false],
  [{ gatedWhenFalse: 'continue', readings: { case: 'insensitive' } }, true],
  [{ gatedWhenFalse: 'continue', readings: { gatedWhenFalse: 'deny' } }, false],
])('with the settings %o it is said that findings are proven under other readings: %s', (settings, expected) => {
  open(settings);
  expect(screen.queryByTestId('default-readings') !== null).toBe(expected);
});

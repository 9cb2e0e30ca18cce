// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { useSyncExternalStore } from 'react';
import { afterEach, expect, test, vi } from 'vitest';
import type { PolicyContent } from '@/lib/store';
import { firstPolicy } from '../../lib/workspace/first-visit';
import { applyCommand } from '../../lib/workspace/apply';
import type { PolicyCommand } from '@/lib/workspace';
import { answering } from '../../lib/worker/testkit';
import { FindingMark, ShownFinding } from '../policy/finding-mark';
import { FindingsProvider } from '../session/findings';
import { ShownPolicyContext } from '../session/shown-policy';
import { FindingsDialog } from './findings-dialog';

const page = vi.hoisted(() => ({
  policy: undefined as unknown,
  listeners: new Set<() => void>(),
  session: {} as unknown,
}));
const usePolicy = () =>
  useSyncExternalStore(
    (listener) => {
      page.listeners.add(listener);
      return () => page.listeners.delete(listener);
    },
    () => page.policy as PolicyContent,
  );

vi.mock('../session/session', () => ({
  useSession: () => page.session,
  useWorkspace: () => ({ policy: usePolicy(), draft: null }),
  useReplay: () => ({ open: undefined, results: undefined, focus: undefined }),
}));

/** The sample policy in a page without a trace; the worker's code answers on this thread. */
function Page() {
  const { name, rules, settings } = usePolicy();
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
  const history: unknown[] = [];
  const show = (policy: unknown) => {
    page.policy = policy;
    for (const listener of page.listeners) listener();
  };
  const ask = answering();
  page.policy = { ...firstPolicy(), settings, id: 'p' };
  page.session = {
    workspace: {
      dispatch: (command: PolicyCommand) => {
        const applied = applyCommand(page.policy as PolicyContent, command);
        history.push(page.policy);
        if (applied.kind === 'applied') show({ ...applied.content, id: 'p' });
        return applied;
      },
      undo: () => Promise.resolve(show(history.pop())),
    },
    replay: {
      ask,
      explainUnder: (policy: never, call: never) => ask('explainUnder', { stamp: 0, policy, call }),
    },
  };
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  );
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
  expect((page.policy as PolicyContent).rules).toHaveLength(5);

  (page.session as { workspace: { undo(): void } }).workspace.undo();
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
  expect((page.policy as PolicyContent).extra).toEqual({ invariants: ['no one may ever call `delete_*`'] });

  const { workspace } = page.session as { workspace: { dispatch(command: PolicyCommand): unknown } };
  const { rules } = page.policy as PolicyContent;
  workspace.dispatch({ kind: 'remove-rules', ids: rules.slice(0, 1).map(({ id }) => id) });
  await waitFor(() => expect(part().getByTestId('invariant').textContent).toMatch(/^does not hold/), WAIT);
  fireEvent.click(part().getByRole('button', { name: 'Show the counterexample', hidden: true }));
  await waitFor(() => expect(part().getByTestId('witness').textContent).toContain('Allowed by rule 3'), WAIT);
  fireEvent.click(part().getByRole('button', { name: /^Remove the invariant/, hidden: true }));
  await waitFor(() => expect(part().queryByTestId('invariant')).toBeNull(), WAIT);
  expect((page.policy as PolicyContent).extra).toBeUndefined();

  type('Show me', 'a call that rule 2 decides', 'Ask');
  const ask = within(screen.getByTestId('ask'));
  await waitFor(() => expect(ask.getByTestId('witness').textContent).toContain('Denied by rule 2'), WAIT);
  type('Show me', 'a call that reaches the default', 'Ask');
  await waitFor(() => expect(ask.getByRole('status', { hidden: true }).textContent).toContain('proven'), WAIT);
});

test.each<[PolicyContent['settings'], boolean]>([
  [{ gatedWhenFalse: 'continue' }, false],
  [{ gatedWhenFalse: 'continue', readings: { case: 'sensitive' } }, false],
  [{ gatedWhenFalse: 'continue', readings: { case: 'insensitive' } }, true],
  [{ gatedWhenFalse: 'continue', readings: { gatedWhenFalse: 'deny' } }, true],
])('with the settings %o it is said that findings are proven under other readings: %s', (settings, expected) => {
  open(settings);
  expect(screen.queryByTestId('default-readings') !== null).toBe(expected);
});

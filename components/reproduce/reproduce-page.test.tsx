// @vitest-environment jsdom
import { fireEvent, render, screen, within } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { bundleOf, encodeLink, writeBundle } from '@/lib/bundle';
import { caseBundle } from '@/lib/reproduce';
import { entryOf, EXPORTED_POLICY } from '@/lib/reproduce/testdata/exported-log';
import { ReproducePage } from './reproduce-page';
import { preparePage } from './testkit';

vi.mock('../session/start-replay', async () => ({ startReplay: (await import('./testkit')).startLocalReplay }));

preparePage();

const BUNDLE = bundleOf('Shop', EXPORTED_POLICY);
const LACKING = entryOf(1, {
  tool: 'create_refund',
  effect: 'deny',
  rule: 'large-refunds',
  groups: ['support'],
  args: {},
});
const ORDINARY = entryOf(2, { tool: 'list_orders', effect: 'allow', rule: 'all' });
const linesOf = (...entries: readonly object[]): string => entries.map((entry) => JSON.stringify(entry)).join('\n');
const patient = { timeout: 10_000 };

function givePolicy(text: string): void {
  const policy = within(screen.getByRole('region', { name: '1. The policy' }));
  fireEvent.change(policy.getByRole('textbox'), { target: { value: text } });
  fireEvent.click(policy.getByRole('button', { name: 'Read the policy' }));
}

async function giveLog(text: string): Promise<void> {
  const log = within(screen.getByRole('region', { name: '2. What the gateway recorded' }));
  fireEvent.change(await log.findByRole('textbox'), { target: { value: text } });
  fireEvent.click(log.getByRole('button', { name: 'Read the log' }));
}

const buttonsOf = (group: string): readonly (string | null)[] =>
  within(screen.getByRole('group', { name: group }))
    .getAllByRole('button')
    .map(({ textContent }) => textContent);

test('gives each entry its verdict, and names the causes of one that diverged', async () => {
  render(<ReproducePage />);
  givePolicy(writeBundle(BUNDLE));
  await screen.findByText('Shop', {}, patient);
  await giveLog(linesOf(LACKING, ORDINARY));
  const entry = within(await screen.findByRole('region', { name: 'The chosen entry' }, patient));
  expect((await entry.findAllByRole('heading', {}, patient))[0]?.textContent).toContain('divergedcreate_refund');
  expect(buttonsOf('Entries by verdict')).toEqual(['To look at 1', 'Diverged 1', 'Reproduced 1', 'All 2']);
  expect(buttonsOf('Divergences by cause')).toEqual(['Another fact 1']);
  const causes = within(entry.getByRole('list', { name: 'What explains it' }));
  expect(causes.getAllByRole('listitem')[0]?.textContent).toContain('The entry does not say all that was decided on');
  fireEvent.click(causes.getAllByRole('button', { name: /^Decide with it/ })[0] ?? document.body);
  await entry.findByText(/^Decided with facts that the entry does not say/, {}, patient);
  expect((await entry.findAllByRole('heading'))[0]?.textContent).toContain('reproduced');
});

test('says what cannot be read, of the policy and of the log', async () => {
  render(<ReproducePage />);
  givePolicy('not a policy');
  expect((await screen.findByRole('alert', {}, patient)).textContent).toContain('Not opened');
  await giveLog('not a log');
  expect(await screen.findByText(/^No call could be read/, {}, patient)).toBeTruthy();
});

test('opens a case from the address, and says whether its findings are the same', async () => {
  const call = { ...(ORDINARY as { call: object }).call, id: 'e9', recorded: { effect: 'deny' } };
  const made = caseBundle(
    bundleOf('Shop', EXPORTED_POLICY, { trace: [call as never], notes: 'Asked by support.' }),
    'Monday',
    { events: [], contradictions: new Map() },
    [],
  );
  const saved = { ...made, case: { ...made.case, findings: [{ id: 'e9', verdict: 'reproduced', causes: [] }] } };
  const link = encodeLink(saved);
  history.replaceState(null, '', `/reproduce/?fresh${link.ok ? link.fragment : ''}`);
  render(<ReproducePage />);
  const note = within(await screen.findByRole('region', { name: 'Case' }, patient));
  expect(note.getByText('Monday')).toBeTruthy();
  expect(note.getByText('Asked by support.')).toBeTruthy();
  expect((await note.findByRole('alert', {}, patient)).textContent).toMatch(/^1 finding is another than/);
  expect(location.hash).toBe('');
  expect(screen.queryByRole('region', { name: 'Saved cases' })).toBeNull();
});

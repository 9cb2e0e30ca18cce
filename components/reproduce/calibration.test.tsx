// @vitest-environment jsdom
import { fireEvent, render, screen, within } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { bundleOf, writeBundle } from '@/lib/bundle';
import { compilePolicy, decideRow, fillPolicy, ruleId, type GatewayProfile } from '@/lib/engine';
import { probeBundle } from '@/lib/reproduce';
import { ReproducePage } from './reproduce-page';
import { preparePage } from './testkit';

vi.mock('../session/start-replay', async () => ({ startReplay: (await import('./testkit')).startLocalReplay }));

preparePage();

const patient = { timeout: 20_000 };
const POLICY = bundleOf(
  'Desk',
  fillPolicy({ rules: [{ id: ruleId('mail'), name: 'Mail', effect: 'allow', tools: ['Send_*'] }] }),
);

/** What a gateway of that profile logs of the kit's calls, and of a call by the policy. */
async function logOf(readings: GatewayProfile): Promise<string> {
  const { rules, settings, trace = [] } = probeBundle();
  const compiled = await compilePolicy({ rules, settings: { ...settings, readings } });
  const calls = trace.map((call) => ({ ...call, time: '2026-11-22T23:10:05Z' }));
  const recorded = calls.map((call) => ({ ...call, recorded: { effect: decideRow(compiled, call).effect } }));
  return [...recorded, { id: 'mail', tool: { name: 'send_mail' }, recorded: { effect: 'allow' } }]
    .map((call) => JSON.stringify(call))
    .join('\n');
}

async function give(place: string, text: string, button: string): Promise<void> {
  const part = within(screen.getByRole('region', { name: place }));
  fireEvent.change(await part.findByRole('textbox'), { target: { value: text } });
  fireEvent.click(part.getByRole('button', { name: button }));
}

async function openMail(): Promise<string | null> {
  const list = within(await screen.findByRole('list', { name: 'Entries' }, patient));
  fireEvent.click(await list.findByRole('button', { name: /send_mail/ }, patient));
  const entry = within(screen.getByRole('region', { name: 'The chosen entry' }));
  return (await entry.findAllByRole('heading', { name: /send_mail/ }, patient))[0]?.textContent ?? null;
}

test('the log of the probe kit shows how a gateway reads a policy, and the policy is decided so', async () => {
  render(<ReproducePage />);
  await give(
    '2. What the gateway recorded',
    await logOf({ case: 'insensitive', 'time-zone': '+05:30' }),
    'Read the log',
  );
  const found = within(await screen.findByRole('region', { name: 'Readings of the gateway' }, patient));
  expect(found.getByText('names are compared without their case')).toBeTruthy();
  expect(found.getByText('+05:30')).toBeTruthy();
  expect(found.getByText(/it makes no difference beside the other readings/)).toBeTruthy();

  await give('1. The policy', writeBundle(POLICY), 'Read the policy');
  expect(await openMail()).toContain('diverged');
  fireEvent.click(await found.findByRole('button', { name: 'Use these readings' }, patient));
  expect((await found.findByRole('status', {}, patient)).textContent).toContain('the profile of Desk');
  const verdicts = within(await screen.findByRole('group', { name: 'Entries by verdict' }, patient));
  fireEvent.click(await verdicts.findByRole('button', { name: /^All/ }, patient));
  expect(await openMail()).toContain('reproduced');
  expect((await screen.findByTestId('profile')).textContent).toContain('names are compared without their case');
}, 60_000);

test('what was listed for an instance that connected is compared, and the history of a decision is looked through', async () => {
  render(<ReproducePage />);
  const entry = (id: string, action: string, details: object): string =>
    JSON.stringify({ id, timestamp: '2026-03-02T10:00:00Z', action, actor: { type: 'agent', id: 'codex' }, details });
  const log = [
    entry('e1', 'gateway.instance.connected', { allowedTools: ['Send_mail', 'drop'] }),
    entry('e2', 'gateway.tool.executed', { toolName: 'Send_mail', policyEffect: 'deny' }),
  ];
  await give('2. What the gateway recorded', log.join('\n'), 'Read the log');
  await give('1. The policy', writeBundle(POLICY), 'Read the policy');
  const listed = within(await screen.findByRole('region', { name: 'Tools listed at connection' }, patient));
  expect(await listed.findByText('1 connection, 2 listed tools: 1 diverged.', {}, patient)).toBeTruthy();
  expect((await listed.findAllByRole('listitem')).at(-1)?.textContent).toMatch(/^diverged: drop: listed as allowed/);
  const summary = await screen.findByText('When its decision turned', {}, patient);
  const details = summary.closest('details');
  if (details === null) throw new Error('no details');
  details.open = true;
  fireEvent(details, new Event('toggle'));
  expect(await screen.findByText(/^1 version by the changes in the log: all decide alike/, {}, patient)).toBeTruthy();
}, 60_000);

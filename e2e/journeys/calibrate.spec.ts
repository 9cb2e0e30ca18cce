import { bundleOf, readBundle, writeBundle } from '../../lib/bundle';
import { compilePolicy, decideRow, fillPolicy, ruleId, type GatewayProfile } from '../../lib/engine';
import { downloadOf } from '../downloads';
import { expect, test } from '../fixtures';
import { write } from '../typing';

const GATEWAY: GatewayProfile = { case: 'insensitive', 'time-zone': '+05:30' };
const POLICY = bundleOf(
  'Desk',
  fillPolicy({ rules: [{ id: ruleId('mail'), name: 'Mail', effect: 'allow', tools: ['Send_*'] }] }),
);

/** What a gateway of that profile logs of the kit's calls, and of a call by the policy. */
async function logOf(kit: string): Promise<string> {
  const read = readBundle(kit);
  if (!read.ok) throw new Error('the kit is no bundle');
  const { rules, settings, trace = [] } = read.bundle;
  const compiled = await compilePolicy({ rules, settings: { ...settings, readings: GATEWAY } });
  const calls = trace.map((call) => ({ ...call, time: '2026-11-22T23:10:05Z' }));
  const recorded = calls.map((call) => ({ ...call, recorded: { effect: decideRow(compiled, call).effect } }));
  return [...recorded, { id: 'mail', tool: { name: 'send_mail' }, recorded: { effect: 'allow' } }]
    .map((call) => JSON.stringify(call))
    .join('\n');
}

test('the probe kit shows how a gateway reads a policy, and the policy is decided so', async ({
  page,
  axe,
  browserName,
}) => {
  await page.goto('./reproduce/');
  await page.getByText('Calibrate to a gateway').click();
  const kit = await downloadOf(page, () => page.getByRole('button', { name: 'Rules of the kit' }).click());
  const log = page.getByRole('region', { name: '2. What the gateway recorded' });
  const content = Buffer.from(await logOf(kit.bytes.toString()));
  await log.locator('input[type=file]').setInputFiles({ name: 'probe.ndjson', mimeType: '', buffer: content });
  const found = page.getByRole('region', { name: 'Readings of the gateway' });
  await expect(found).toContainText('names are compared without their case');
  await expect(found).toContainText('a time getter that names no zone answers in +05:30');
  await expect(found).toContainText('it makes no difference beside the other readings');

  const policy = page.getByRole('region', { name: '1. The policy' });
  await write(policy.getByRole('textbox'), writeBundle(POLICY));
  await policy.getByRole('button', { name: 'Read the policy' }).click();
  const diverged = page.getByRole('group', { name: 'Entries by verdict' }).getByRole('button', { name: /^Diverged/ });
  await expect(diverged).toBeVisible();
  const entry = page.getByRole('region', { name: 'The chosen entry' });
  await page
    .getByRole('list', { name: 'Entries' })
    .getByRole('button', { name: /send_mail/ })
    .click();
  await expect(entry.getByRole('heading').first()).toContainText('diverged');
  await found.getByRole('button', { name: 'Use these readings' }).click();
  await expect(found.getByRole('status')).toContainText('the profile of Desk');
  await page.getByRole('button', { name: /^All/ }).click();
  await page
    .getByRole('list', { name: 'Entries' })
    .getByRole('button', { name: /send_mail/ })
    .click();
  await expect(entry.getByRole('heading').first()).toContainText('reproduced');
  await expect(entry.getByTestId('profile')).toContainText('names are compared without their case');
  const calibrated = await downloadOf(page, () => found.getByRole('button', { name: /^Download/ }).click());
  expect(JSON.parse(calibrated.bytes.toString())).toMatchObject({ readings: GATEWAY });
  if (browserName === 'chromium') await axe(page);
});

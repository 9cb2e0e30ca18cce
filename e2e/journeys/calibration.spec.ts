import { encodeLink, readBundle, bundleOf } from '../../lib/bundle';
import { compilePolicy, decideRow, type GatewayProfile } from '../../lib/engine';
import { EXPORTED_POLICY } from '../../lib/reproduce/testdata/exported-log';
import { downloadOf } from '../downloads';
import { expect, test } from '../fixtures';
import { chooseTheme } from '../theme';
import { expectNamed } from './accessible-names';

const PROFILE: GatewayProfile = { case: 'insensitive', star: 'not-slash', 'time-zone': '+02:00' };
const TIME = '2026-11-22T23:10:05Z';

/** What a gateway with a profile logs of the calls of the kit, as the page gives it out. */
async function loggedCalls(kit: string): Promise<string> {
  const read = readBundle(kit);
  if (!read.ok) throw new Error('the kit is no bundle');
  const { rules, settings, trace = [] } = read.bundle;
  const compiled = await compilePolicy({ rules, settings: { ...settings, readings: PROFILE } });
  return trace
    .map((probe) => {
      const call = { ...probe, time: TIME };
      const { id, ...facts } = call;
      const details = { arguments: call.args, policyEffect: decideRow(compiled, call).effect };
      return `${JSON.stringify({ id, timestamp: TIME, action: 'gateway.tool.executed', call: facts, details })}\n`;
    })
    .join('');
}

test('the probe kit’s log shows the profile of its gateway, which is used, shown at a decision, and travels in a link @chromium', async ({
  page,
  axe,
  visitor,
}) => {
  await chooseTheme(page, 'dark');
  const encoded = encodeLink(bundleOf('Shop', EXPORTED_POLICY));
  await page.goto(`./reproduce/${encoded.ok ? encoded.fragment : ''}`);
  await page.getByText('Calibrate to a gateway').click();
  const kit = await downloadOf(page, () => page.getByRole('button', { name: 'Rules of the kit' }).click());
  expect(kit.name).toBe('probe.policy.json');
  const log = page.getByRole('region', { name: '2. What the gateway recorded' });
  await log.locator('input[type=file]').setInputFiles({
    name: 'probe.ndjson',
    mimeType: 'application/x-ndjson',
    buffer: Buffer.from(await loggedCalls(kit.bytes.toString())),
  });

  const found = page.getByRole('region', { name: 'Readings of the gateway' });
  const readings = found.getByRole('listitem');
  await expect(readings.filter({ hasText: '+02:00' })).toHaveCount(1);
  await expect(found.getByRole('heading', { name: 'These outcomes contradict every reading' })).toBeHidden();
  await found.getByRole('button', { name: 'Use these readings' }).click();
  await expect(found.getByRole('status')).toContainText('the profile of Shop');

  // The policy of the page is another than the kit’s: its decisions are made by the profile all the same.
  const shown = (of: typeof page) => of.getByRole('region', { name: 'The chosen entry' }).getByTestId('profile');
  await expect(shown(page)).toContainText('+02:00');
  await page.getByText('When its decision turned').click();
  await expect(page.getByText(/^1 version by the changes in the log/)).toBeVisible();
  await expectNamed(page, 'the readings of a gateway');
  await axe(page);
  await page.getByRole('button', { name: 'Report or case…' }).click();
  const link = page.getByRole('dialog', { name: 'Report or case' }).getByTestId('link');
  await expect(link).toHaveValue(/#/);
  const stranger = await visitor();
  await stranger.goto(await link.inputValue());
  await expect(shown(stranger)).toContainText('+02:00');
});

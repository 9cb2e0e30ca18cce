import jsQR from 'jsqr';
import type { Locator, Page } from '@playwright/test';
import { bundleOf, canonical, decodeLink, encodeLink, type Bundle } from '../../lib/bundle';
import { callId, compilePolicy, decide, fillRule, ruleId, type Call, type Json } from '../../lib/engine';
import { expect, test } from '../fixtures';
import { Workbench } from './page';

const CALL: Call = {
  id: callId('ana-17'),
  agent: { slug: 'claude-code' },
  user: { id: 'u-ana', email: 'ana.silva@acme.example', name: 'Ana Silva', groups: ['legal-lisbon'] },
  resource: { slug: 'mail' },
  tool: { name: 'send_email' },
  args: {
    folder: 'Contracts',
    to: ['ana.silva@acme.example'],
    body: 'Ana Silva asked for the Lisbon papers',
    pages: 12,
  },
};
const SHARED: Bundle = bundleOf(
  'Mail desk',
  {
    rules: [
      fillRule({
        id: ruleId('early'),
        name: 'Early folders',
        effect: 'gated',
        tools: ['send_*'],
        condition: 'request.args.folder < "D" && request.args.to.exists(to, to == user.email)',
      }),
      fillRule({ id: ruleId('rest'), name: 'Nothing else', effect: 'deny', tools: ['*'] }),
    ],
    settings: { gatedWhenFalse: 'continue' },
  },
  { trace: [CALL], focus: CALL.id },
);

function decoded(link: string): Bundle {
  const result = decodeLink(link);
  if (!result.ok) throw new Error(result.refusal.message);
  return result.bundle;
}

/** What a phone would read: the picture as it is on the screen, as pixels. */
async function scanned(page: Page, picture: Locator): Promise<string | undefined> {
  const png = await picture.screenshot();
  const { width, height, pixels } = await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
    if (context === null) throw new Error('no canvas');
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    let binary = '';
    for (let at = 0; at < data.length; at += 4) binary += String.fromCharCode(data[at] ?? 0);
    return { width: image.width, height: image.height, pixels: btoa(binary) };
  }, png.toString('base64'));
  const grey = Buffer.from(pixels, 'base64');
  const rgba = new Uint8ClampedArray(grey.length * 4);
  grey.forEach((level, at) => rgba.set([level, level, level, 255], at * 4));
  return jsQR(rgba, width, height)?.data;
}

/** Pastes a text over the page, as Ctrl+V outside of any field. */
async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((content) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', content);
    const event = new Event('paste', { bubbles: true });
    Object.defineProperty(event, 'clipboardData', { value: clipboardData });
    document.body.dispatchEvent(event);
  }, text);
}

async function inBothThemes(page: Page, look: () => Promise<void>): Promise<void> {
  for (const theme of ['dark', 'light']) {
    await page.evaluate((name) => document.documentElement.setAttribute('data-theme', name), theme);
    await look();
  }
}

test('a decision is shared without what it says of people, keeps what its condition needs, and scans from a screen', async ({
  page,
  axe,
}) => {
  test.slow();
  const bench = new Workbench(page);
  const fragment = encodeLink(SHARED);
  await bench.open(`./${fragment.ok ? fragment.fragment : ''}`);
  await expect(bench.explanation.getByTestId('answer')).toContainText('Allowed by rule 1');
  await page.keyboard.press('Control+K');
  // At once: what is typed while the palette is on its way is not lost, and neither is Enter.
  await page.keyboard.type('Share this decision');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Share Mail desk' });
  const values = dialog.getByRole('region', { name: 'Values' });
  await expect(values.getByRole('alert')).toContainText('A condition needs this value:');
  await expect(values.getByRole('list', { name: 'Values that conditions need' })).toHaveText(
    'Contracts (rule 1, Early folders)',
  );
  await expect(dialog.getByRole('button', { name: 'Copy link' })).toBeDisabled();
  await inBothThemes(page, () => axe(page));
  await values.getByRole('button', { name: 'Keep this value' }).click();
  await expect(values).toContainText('The call was decided again: same effect, same rule, same outcome of every step.');

  const link = await dialog.getByTestId('link').inputValue();
  const { trace = [], ...bundle } = decoded(link);
  const [call] = trace;
  const written = canonical(trace as unknown as Json);
  for (const original of ['ana', 'silva', 'acme', 'lisbon', 'legal', 'papers', '12']) {
    expect(written.toLowerCase()).not.toContain(original);
  }
  expect(call?.args?.['folder']).toBe('Contracts');
  expect(call?.args?.['to']).toEqual([call?.user?.email]);
  const policy = await compilePolicy(SHARED);
  const was = decide(policy, CALL);
  const is = decide(await compilePolicy(bundle), call ?? CALL);
  expect([is.effect, is.decidedBy, is.steps]).toEqual([was.effect, was.decidedBy, was.steps]);

  await dialog.getByRole('button', { name: 'Show as a QR code' }).click();
  const code = dialog.getByRole('img', { name: /^QR code of the link, which has/ });
  await code.scrollIntoViewIfNeeded();
  expect(await scanned(page, code)).toBe(link);
  await dialog.getByText('as they are', { exact: true }).click();
  await expect(values).toContainText('ana.silva@acme.example');
  expect(decoded(await dialog.getByTestId('link').inputValue()).trace).toEqual([CALL]);
});

const MARKDOWN = `Our rules as of May

| # | Name | Effect | Status | Resources | Tools | Condition | Region |
|---|------|--------|--------|-----------|-------|-----------|--------|
| 1 | No deleting | Deny | Active | github | \`delete_*\`, \`remove_*\` | | |
| 2 | Small refunds | Gated | Active | payments | create_refund | request.args.amount <= 20000 | EU |
| 3 | At night | Perhaps | | | * | | |
| 4 | Allow all | Allow | Active | any | * | | |
`;

test('rules are read from tables, compared with the open policy, and taken one by one or whole', async ({
  page,
  axe,
}) => {
  test.slow();
  const bench = new Workbench(page);
  await bench.open();
  const before = await bench.ruleNames();
  expect(before).toEqual(['No deleting', 'Only #general', 'No large refunds', 'Allow all']);
  const digest = await bench.digest();
  const denied = await bench.decision('Denied');

  await paste(page, MARKDOWN);
  const dialog = page.getByRole('dialog', { name: 'Open a policy' });
  await expect(dialog.getByTestId('incoming')).toContainText('3 rules from a table');
  const remarks = dialog.getByRole('list', { name: 'Remarks' });
  await expect(remarks.getByRole('listitem')).toHaveCount(3);
  await expect(remarks).toContainText('Line 7: the row that begins with 3 became no rule: Perhaps is no effect');
  await dialog.getByLabel('Region').selectOption('nothing that decides');
  await expect(dialog.getByTestId('taking-counts')).toHaveText('1 rule added, 2 rules removed, 1 rule changed.');
  await expect(dialog.getByTestId('intake-impact')).toContainText(/decisions? changes? among the 269 calls/);
  await dialog.getByText('rule by rule').click();
  await inBothThemes(page, () => axe(page));
  await dialog.getByRole('button', { name: 'Choose none' }).click();
  await expect(dialog.getByTestId('intake-impact')).toContainText('No decision changes among the 269 calls');
  await dialog.getByRole('checkbox', { name: 'Removed Only #general' }).check();
  await dialog.getByRole('checkbox', { name: 'Changed No deleting' }).check();
  await expect(dialog.getByText('2 of 4 chosen')).toBeVisible();
  await dialog.getByRole('button', { name: 'Take 2 changes' }).click();
  await expect(dialog).toBeHidden();
  await expect.poll(() => bench.ruleNames()).toEqual(['No deleting', 'No large refunds', 'Allow all']);
  await expect(bench.policy).toContainText('remove_*');
  await page.getByRole('button', { name: /^Undo/ }).first().click();
  await expect.poll(() => bench.ruleNames()).toEqual(before);
  await expect.poll(async () => [await bench.digest(), await bench.decision('Denied')]).toEqual([digest, denied]);

  await paste(page, 'Rule name,Action,Agents,Tool pattern\n"Nothing, at all",Block,any,*\n');
  await expect(dialog.getByTestId('incoming')).toContainText('1 rule from a table');
  await dialog.getByText('in place of Acme support desk').click();
  await expect(dialog.getByTestId('intake-impact')).toContainText(
    `${269 - denied} decisions change among the 269 calls`,
  );
  await dialog.getByRole('button', { name: 'Replace the policy' }).click();
  await expect(dialog).toBeHidden();
  await expect.poll(() => bench.decision('Denied')).toBe(269);
  await page.getByRole('button', { name: /^Undo/ }).first().click();
  await expect.poll(() => bench.ruleNames()).toEqual(before);

  await page.getByRole('button', { name: /^Policy: / }).click();
  await page.getByRole('menuitem', { name: 'Open a policy…' }).click();
  await dialog.locator('input[type=file]').setInputFiles({
    name: 'gateway.json',
    mimeType: 'application/json',
    buffer: Buffer.from(
      '[{"name":"Reading only","effect":"allow","tools":["get_*","list_*"],"scope":{"agnets":["x"]}}]',
    ),
  });
  await expect(remarks).toContainText('agnets of the scope was not understood');
  await dialog.getByRole('button', { name: 'Save as a new policy' }).click();
  await expect(page.getByRole('button', { name: /^Policy: gateway/ })).toBeVisible();
  await expect(bench.policy).toContainText('Draft');
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 } });

  test(
    'what comes in by a link is compared, and nothing is wider than the screen',
    { tag: '@chromium' },
    async ({ page, axe }) => {
      const fragment = encodeLink(SHARED);
      await page.goto(`./${fragment.ok ? fragment.fragment : ''}`);
      await page.getByRole('button', { name: 'Compare…' }).click();
      const dialog = page.getByRole('dialog', { name: 'Compare with Acme support desk' });
      await expect(dialog.getByTestId('taking-counts')).toHaveText('2 rules added, 4 rules removed.');
      const wide = () => page.evaluate(() => document.documentElement.scrollWidth);
      expect(await wide()).toBeLessThanOrEqual(360);
      await axe(page);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Share', exact: true }).click();
      await page.getByRole('checkbox', { name: /^The call in focus/ }).check();
      await expect(page.getByRole('button', { name: 'Keep this value' })).toBeVisible();
      expect(await wide()).toBeLessThanOrEqual(360);
      await axe(page);
    },
  );
});

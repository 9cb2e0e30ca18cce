import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { downloadOf } from '../downloads';
import { expect, test } from '../fixtures';
import { chooseTheme } from '../theme';
import { AIRLINE, AIRLINE_CALLS, Workbench } from './page';

const here = (name: string): string => join(import.meta.dirname, '..', 'testdata', name);
const FILESYSTEM = join(import.meta.dirname, '..', '..', 'lib', 'trace', 'testdata', 'filesystem-part.ndjson');

/** Files as they come, what each is recognized as, and what it holds, counted by hand. */
const FILES = [
  {
    file: here('claude-code-session.jsonl'),
    recognized: 'a Claude Code session',
    counts: '6 calls in 1 conversation, 6 tools, 0 rejects',
    says: ['6 calls of tools that reach no gateway left out'],
    lacks: ['User (e-mail)'],
    first: ['09:13:16', 'claude-code', 'not known', 'github', 'issue_read'],
  },
  {
    file: here('otlp-export.json'),
    recognized: 'spans with gen_ai. or mcp. attributes',
    counts: '9 calls, 0 rejects',
    says: ['9 spans are no tool call'],
    lacks: ['User (e-mail)', 'Resource'],
    first: ['10:00:07', 'support-bot', 'not known', 'not known', 'get_order'],
  },
  {
    file: here('audit-export.ndjson'),
    recognized: 'audit entries',
    counts: '24 calls, 6 tools, 1 reject',
    says: ['3 entries are no tool call', '1 entry was logged twice'],
    lacks: [],
    first: ['08:00:00', 'cursor', 'ana@acme.example', 'slack', 'send_message'],
  },
  {
    file: AIRLINE,
    recognized: 'chat messages with tool_calls',
    counts: `${AIRLINE_CALLS} calls in 9 conversations`,
    says: [],
    lacks: ['Agent', 'User (e-mail)', 'Resource'],
    first: ['not known', 'not known', 'not known', 'not known'],
  },
  {
    file: FILESYSTEM,
    recognized: 'JSON-RPC messages',
    counts: '4 calls in 1 conversation',
    says: [],
    lacks: ['Agent', 'User (e-mail)', 'Resource'],
    first: ['not known', 'not known', 'not known', 'not known'],
  },
] as const;

async function choose(bench: Workbench, file: string): Promise<Locator> {
  await bench.trace.getByRole('button', { name: 'Import', exact: true }).click();
  const dialog = bench.page.getByRole('dialog', { name: 'Import a trace' });
  await dialog.locator('input[type=file]').setInputFiles(file);
  await expect(dialog.getByTestId('import-counts')).toBeVisible();
  return dialog;
}

test('files of every kind are recognized, looked at, and taken; what they lack stays unknown', async ({ page }) => {
  test.slow();
  const bench = new Workbench(page);
  await bench.open();
  for (const { file, recognized, counts, says, lacks, first } of FILES) {
    const dialog = await choose(bench, file);
    await expect(dialog).toContainText(recognized);
    await expect(dialog.getByTestId('import-counts')).toContainText(counts);
    for (const words of says) await expect(dialog).toContainText(words);
    for (const field of ['Agent', 'User (e-mail)', 'Resource'])
      await expect(dialog.getByRole('textbox', { name: field })).toHaveCount(
        lacks.some((one) => one === field) ? 1 : 0,
      );
    const cells = dialog.getByRole('table').getByRole('row').nth(1).getByRole('cell');
    for (const [i, words] of first.entries()) await expect(cells.nth(i + 1)).toContainText(words);
    await dialog.getByRole('button', { name: /^Import [\d,]+ calls?$/ }).click();
    await expect(dialog).toBeHidden();
    await bench.decided();
    await expect(bench.trace.getByRole('status')).toContainText(/^[\d,]+ calls?$/);
  }
});

test('what was recognized can be corrected, refused lines can be downloaded, and recorded decisions are seen', async ({
  page,
}) => {
  const bench = new Workbench(page);
  await bench.open();
  const dialog = await choose(bench, here('audit-export.ndjson'));
  await expect(dialog.getByRole('columnheader', { name: 'Recorded' })).toBeVisible();
  await expect(dialog.getByRole('row').nth(2).getByRole('cell').last()).toHaveText('Denied');

  await dialog.getByText('What was refused, and why').click();
  await expect(dialog.getByText(/line 10/)).toBeVisible();
  const { name, bytes } = await downloadOf(page, () => dialog.getByRole('button', { name: 'Download all 1' }).click());
  expect(name).toBe('rejects.ndjson');
  expect(bytes.toString()).toMatch(/^\{"line":10,"offset":4166,"reason":"not JSON: .*\}\n$/);

  const format = dialog.getByRole('combobox', { name: 'Read as' });
  await format.selectOption('OpenTelemetry spans (OTLP JSON)');
  await expect(dialog.getByTestId('import-counts')).toContainText('0 calls');
  await expect(dialog.getByRole('alert')).toContainText('No call could be read from this file.');
  await expect(dialog.getByRole('button', { name: 'Import 0 calls' })).toBeDisabled();
  await format.selectOption('Audit log');
  await expect(dialog.getByTestId('import-counts')).toContainText('24 calls, 6 tools, 1 reject');
});

const COLUMNS = [
  ['Tool', 'operation'],
  ['Time', 'when'],
  ['User (e-mail)', 'person'],
  ['Resource', 'system'],
  ['Arguments (JSON)', 'payload'],
  ['Recorded decision', 'verdict'],
] as const;

async function mapByHand(page: Page): Promise<Locator> {
  const bench = new Workbench(page);
  const dialog = await choose(bench, here('helpdesk-calls.csv'));
  await expect(dialog.getByTestId('import-counts')).toContainText('0 calls, 5 rejects');
  for (const [field, column] of COLUMNS) {
    const select = dialog.getByRole('combobox', { name: field, exact: true });
    await select.selectOption(column);
    await expect(dialog.getByTestId('mapping-from')).toHaveText(/^As you chose here/);
    await expect(select).toHaveValue(column);
  }
  return dialog;
}

test('a table is mapped by hand, and a table of the same columns is read the same way ever after', async ({
  page,
  axe,
}) => {
  test.slow();
  await chooseTheme(page, 'dark');
  const bench = new Workbench(page);
  await bench.open();
  const dialog = await mapByHand(page);
  await expect(dialog.getByTestId('import-counts')).toContainText('5 calls, 5 tools, 0 rejects');
  await expect(dialog.getByText('zendesk · wiki')).toBeVisible();
  await expect(dialog.getByRole('row').nth(1).getByRole('cell').nth(5)).toHaveText('reply_ticket');
  await axe(page);
  await dialog.getByRole('button', { name: 'Import 5 calls' }).click();
  await expect(dialog).toBeHidden();

  await bench.reload();
  const again = await choose(bench, here('helpdesk-calls.csv'));
  await expect(again.getByTestId('import-counts')).toContainText('5 calls, 5 tools, 0 rejects');
  await again.getByText('Which column is which').click();
  await expect(again.getByTestId('mapping-from')).toHaveText(/^As you mapped a file with the same columns before/);
  await again.getByRole('button', { name: 'Guess again' }).click();
  await expect(again.getByTestId('import-counts')).toContainText('0 calls, 5 rejects');
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 } });

  test('the mapping fits, and axe finds nothing', { tag: '@chromium' }, async ({ page, axe }) => {
    await chooseTheme(page, 'light');
    const bench = new Workbench(page);
    await page.goto('./');
    await page
      .getByRole('navigation', { name: 'Parts of the workbench' })
      .getByRole('button', { name: 'Trace' })
      .click();
    await bench.decided();
    const dialog = await choose(bench, here('audit-export.ndjson'));
    await dialog.getByText('Which path is which').click();
    await expect(dialog.getByRole('combobox', { name: 'Tool', exact: true })).toHaveValue('details.toolName');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    await axe(page);
  });
});

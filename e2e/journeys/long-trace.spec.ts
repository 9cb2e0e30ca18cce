import { writeFile } from 'node:fs/promises';
import { expect, test } from '../fixtures';
import { downloadOf } from '../downloads';
import { write } from '../typing';
import { Workbench } from './page';

const TOOLS = ['send_message', 'delete_file', 'list_files', 'create_refund'];
const PEOPLE = ['ana@acme.example', 'bo@acme.example', 'chidi@acme.example'];

/** Calls as a day's work, a second after each other; every 5,000th speaks of a needle. */
const calls = (count: number): string =>
  Array.from({ length: count }, (_, i) =>
    JSON.stringify({
      id: `c${i}`,
      time: new Date(Date.UTC(2026, 10, 3) + i * 1_000).toISOString(),
      agent: { slug: i % 5 === 0 ? 'codex' : 'cursor' },
      user: { email: PEOPLE[i % 3], id: null, name: null, groups: [] },
      resource: { slug: 'files', name: null, tags: [] },
      tool: { name: TOOLS[i % 4] },
      args: { n: i, note: i % 5_000 === 4_999 ? 'a needle' : 'hay '.repeat(20) },
      ...(i % 10 === 0 ? { recorded: { effect: i % 20 === 0 ? 'deny' : 'allow' } } : {}),
    }),
  ).join('\n');

test('a trace of 20,000 calls is filtered, sorted, grouped, searched and taken away', async ({
  page,
  axe,
}, testInfo) => {
  test.slow();
  const file = testInfo.outputPath('long.ndjson');
  await writeFile(file, calls(20_000));
  const bench = new Workbench(page);
  await bench.open();
  await bench.importFile(file);
  const { trace } = bench;
  const status = trace.getByRole('status');
  await expect(status).toHaveText('20,000 calls');
  await expect(
    trace.getByText('Judged 2,000 of 2,000 recorded decisions; 1,000 diverged; 18,000 calls have no record'),
  ).toBeVisible();
  const grid = trace.getByRole('grid');
  const selected = grid.getByRole('row', { selected: true });

  // The last row, and the cell that filters.
  await grid.focus();
  await page.keyboard.press('End');
  await expect(selected).toHaveAttribute('aria-rowindex', '20001');
  await expect(selected).toContainText('create_refund');
  await page.keyboard.press('PageUp');
  await page.keyboard.press('Home');
  await expect(selected).toHaveAttribute('aria-rowindex', '2');
  await page.keyboard.press('f');
  await expect(status).toHaveText('5,000 of 20,000 calls');
  await expect(trace.getByRole('combobox', { name: 'Tool' })).toHaveValue('send_message');

  // Sorting, both ways, and not at all. The rows are in their order once nothing is under way.
  const heads = trace.getByRole('columnheader');
  const byTool = heads.filter({ hasText: 'Tool' });
  await trace.getByRole('button', { name: 'Clear the filter' }).click();
  await byTool.getByRole('button').click();
  await expect(byTool).toHaveAttribute('aria-sort', 'ascending');
  await expect(status).toHaveText('20,000 calls');
  await grid.focus();
  await page.keyboard.press('Home');
  await expect(selected).toContainText('create_refund');
  await byTool.getByRole('button').click();
  await expect(byTool).toHaveAttribute('aria-sort', 'descending');
  await expect(status).toHaveText('20,000 calls');
  await grid.focus();
  await page.keyboard.press('Home');
  await expect(selected).toContainText('send_message');
  await byTool.getByRole('button').click();
  await expect(byTool).toHaveAttribute('aria-sort', 'none');

  // What is searched for lies in the arguments.
  await write(trace.getByRole('searchbox'), 'NEEDLE');
  await expect(status).toHaveText('4 of 20,000 calls');
  await expect(grid.locator('#call-3')).toContainText('create_refund');
  await trace.getByRole('button', { name: 'View of the table' }).click();
  await page.getByRole('menuitem', { name: 'Download the calls shown, as CSV' }).click();
  const { name, bytes } = await downloadOf(page, () =>
    page.getByRole('dialog').getByRole('button', { name: 'Download', exact: true }).click(),
  );
  expect(name).toBe('long.calls.csv');
  expect(bytes.toString().trim().split('\n')).toHaveLength(5);
  await trace.getByRole('button', { name: 'Clear the filter' }).click();

  // Groups open and close by keys.
  await trace.getByRole('button', { name: 'View of the table' }).click();
  await page.getByRole('menuitemradio', { name: 'By tool' }).click();
  const tree = trace.getByRole('treegrid');
  await expect(tree).toHaveAttribute('aria-rowcount', '5');
  await tree.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await expect(tree).toHaveAttribute('aria-rowcount', '5005');
  await expect(tree.getByRole('row', { expanded: true })).toContainText('5,000 calls');
  await axe(page);
  await page.keyboard.press('ArrowLeft');
  await expect(tree).toHaveAttribute('aria-rowcount', '5');
  await trace.getByRole('button', { name: 'View of the table' }).click();
  await page.getByRole('menuitemradio', { name: 'Not at all' }).click();

  // A span of time, by keys.
  const timeline = trace.getByRole('slider', { name: /^Decisions over time/ });
  await timeline.focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await expect(status).toHaveText(/^2\d\d of 20,000 calls$/);
  await page.keyboard.press('Escape');
  await expect(status).toHaveText('20,000 calls');

  // Recorded against computed.
  await trace.getByRole('button', { name: /^Diverged/ }).click();
  await expect(status).toHaveText(/^[\d,]+ of 20,000 calls$/);
  await trace.getByRole('button', { name: 'Clear the filter' }).click();

  // A column more is remembered; the cell's menu offers its value.
  await trace.getByRole('button', { name: 'View of the table' }).click();
  await page.getByRole('menuitem', { name: 'Columns…' }).click();
  await page.getByRole('checkbox', { name: 'Hazards' }).check();
  await axe(page);
  await page.getByRole('button', { name: 'Done' }).click();
  await bench.reload();
  await expect(heads.filter({ hasText: 'Hazards' })).toHaveCount(1);
  await grid.locator('#call-1').getByText('cursor').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Show only agent cursor' }).click();
  await expect(status).toHaveText('16,000 of 20,000 calls');
});

test('the last of more rows than a browser can draw an element for is reached, by keys and by the bar', async ({
  page,
}, testInfo) => {
  test.slow();
  const rows = 270_000;
  const row = (i: number) => `{"n":${i}}`;
  const file = testInfo.outputPath('rows.ndjson');
  await writeFile(
    file,
    Array.from({ length: rows }, (_, i) => `{"id":"c${i}","tool":{"name":"tick"},"args":{"n":${i}}}`).join('\n'),
  );
  const bench = new Workbench(page);
  await bench.open();
  await bench.importFile(file);
  const grid = bench.trace.getByRole('grid');
  // The element is shorter than its rows, so that no browser cuts it off.
  expect(await grid.evaluate((element) => element.scrollHeight)).toBeLessThan(rows * 30);
  await grid.focus();
  await page.keyboard.press('End');
  await expect(grid.getByRole('row', { selected: true })).toContainText(row(rows - 1));
  await expect(grid.getByText(row(rows - 1))).toBeInViewport();
  await page.keyboard.press('Home');
  await expect(grid.getByText(row(0))).toBeInViewport();
  await grid.evaluate((element) => (element.scrollTop = element.scrollHeight));
  await expect(grid.getByText(row(rows - 1))).toBeInViewport();
  await grid.evaluate((element) => element.scrollBy(0, -60));
  await expect(grid.getByText(row(rows - 10))).toBeInViewport();
});

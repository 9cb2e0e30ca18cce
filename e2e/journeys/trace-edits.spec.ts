import { expect, test } from '../fixtures';
import { AIRLINE, AIRLINE_CALLS, Workbench } from './page';

/** Calls of `AIRLINE` that give a cabin, and those of them that give `economy`. */
const WITH_CABIN = 10;
const ECONOMY = 8;

test.use({ codeEditor: true });

test('a trace is filtered by a condition, a rule made of it, and facts set on the filtered calls and taken back', async ({
  page,
}) => {
  const bench = new Workbench(page);
  await bench.open();
  await bench.importFile(AIRLINE);
  const { trace } = bench;

  await trace.getByRole('button', { name: 'Filter by a condition' }).click();
  const filter = trace.getByRole('group', { name: 'Filter by a condition' });
  const gives = (word: string, count: number) => filter.getByRole('button', { name: `${word} ${count}`, exact: true });
  const write = async (condition: string) => {
    await filter.getByLabel('Only calls for which this condition (CEL) is true').first().focus();
    await expect(filter.locator('.monaco-editor textarea')).toBeFocused();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type(condition, { delay: 10 });
  };
  await write('request.args.cabin == "economy"');
  await expect(gives('True', ECONOMY)).toHaveAttribute('aria-pressed', 'true');
  await expect(gives('Error', AIRLINE_CALLS - WITH_CABIN)).toBeVisible();
  await expect(trace.getByRole('status').first()).toContainText(`${ECONOMY} of ${AIRLINE_CALLS} calls`);

  await filter.getByRole('button', { name: 'Make this a rule' }).click();
  await expect(bench.editor).toContainText('request.args.cabin == "economy"');
  await bench.editor.getByRole('button', { name: 'Cancel' }).click();
  await expect(bench.editor).toBeHidden();

  await bench.command('Set facts of calls');
  const dialog = page.getByRole('dialog', { name: 'Set facts of calls' });
  await expect(dialog).toContainText(`The ${ECONOMY} calls shown`);
  await dialog.getByRole('button', { name: 'Set', exact: true }).click();
  await expect(dialog).toBeHidden();
  const toast = page.getByRole('listitem').filter({ hasText: `Facts set on ${ECONOMY} calls` });
  await expect(toast).toBeVisible();

  await page.keyboard.press('Escape');
  // A message under the mouse does not end, however long typing takes.
  await toast.hover();
  await write('tool.annotations.readOnlyHint');
  await expect(gives('True', ECONOMY)).toBeVisible();
  await expect(gives('Not known', AIRLINE_CALLS - ECONOMY)).toBeVisible();
  await toast.getByRole('button', { name: 'Undo' }).click();
  await expect(gives('Not known', AIRLINE_CALLS)).toBeVisible();
  await expect(gives('True', 0)).toBeVisible();
});

// What a person does with a million calls and three hundred rules, from the first click to the answer on the screen.

/** Each step: what it is called, and how it is done. */
export function stepsOn(page, { files, calls, tests }) {
  const all = `${calls.toLocaleString('en')} calls`;
  const some = new RegExp(`^[\\d,]+ of ${all}$`);
  const whole = new RegExp(`^${all}$`);
  const trace = page.getByRole('region', { name: 'Trace', exact: true });
  const dialog = page.getByRole('dialog');
  const settled = (pattern) => trace.getByRole('status').filter({ hasText: pattern }).waitFor();
  const fromMenu = async (item) => {
    await page.getByRole('button', { name: /^Policy: / }).click();
    await page.getByRole('menuitem', { name: item }).click();
  };
  const closeDialog = async () => {
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  };
  const lastRow = (grid) => grid.locator(`[data-row="${calls - 1}"]`).waitFor();
  const steps = [];
  const step = (words, act) => steps.push({ words, act });

  step('open a policy of 300 rules', async () => {
    await fromMenu('Open a policy…');
    await dialog.locator('input[type=file]').setInputFiles(files.policy);
    await page.getByRole('button', { name: 'Look at it first' }).click();
    await page.getByRole('button', { name: 'Save as a new policy' }).click();
    await settled(/calls?$/);
  });
  step('read the file', async () => {
    await trace.getByRole('button', { name: 'Import', exact: true }).click();
    await dialog.locator('input[type=file]').setInputFiles(files.trace);
    await page.getByRole('button', { name: /^Import [\d,]+ calls?$/ }).waitFor();
  });
  step('store it, and decide every call', async () => {
    await page.getByRole('button', { name: /^Import [\d,]+ calls?$/ }).click();
    await settled(whole);
  });
  step('filter by a tool', async () => {
    await trace.getByRole('combobox', { name: 'Tool' }).selectOption({ index: 1 });
    await settled(some);
  });
  step('take the filter away', async () => {
    await trace.getByRole('button', { name: 'Clear the filter' }).click();
    await settled(whole);
  });
  step('sort by user', async () => {
    await trace.getByRole('columnheader', { name: 'User' }).getByRole('button').click();
    await trace
      .getByRole('columnheader', { name: 'User', exact: true })
      .and(page.locator('[aria-sort=ascending]'))
      .waitFor();
    await settled(whole);
  });
  step('group by rule', async () => {
    await trace.getByRole('button', { name: 'View of the table' }).click();
    await page.getByRole('menuitemradio', { name: 'By rule' }).click();
    await trace.getByRole('treegrid').waitFor();
    await settled(whole);
  });
  step('search in arguments', async () => {
    await trace.getByRole('searchbox').fill('needle');
    await settled(some);
  });
  step('take the search away, and the groups', async () => {
    await trace.getByRole('button', { name: 'Clear the filter' }).click();
    await trace.getByRole('button', { name: 'View of the table' }).click();
    await page.getByRole('menuitemradio', { name: 'Not at all' }).click();
    await trace.getByRole('grid').waitFor();
    await settled(whole);
  });
  step('save a version', async () => {
    await fromMenu('Versions…');
    await dialog.getByRole('button', { name: 'Save a version' }).click();
    await dialog.getByRole('list', { name: 'Versions' }).waitFor();
    await closeDialog();
  });
  const disable = async (position) => {
    await page.getByRole('button', { name: new RegExp(`^Actions for rule ${position},`) }).click();
    await page.getByRole('menuitem', { name: 'Disable' }).click();
    const row = page.locator('[data-rule]').nth(position - 1);
    await row.getByText('Disabled', { exact: true }).waitFor();
    await settled(whole);
  };
  step('disable a rule, and see what that decides', () => disable(1));
  step('disable three more', async () => {
    for (const position of [2, 3, 4]) await disable(position);
  });
  step('go to the last row, and up again page by page', async () => {
    const grid = trace.getByRole('grid');
    await grid.focus();
    await page.keyboard.press('End');
    await lastRow(grid);
    for (let i = 0; i < 30; i++) await page.keyboard.press('PageUp');
    for (let i = 0; i < 30; i++) await page.keyboard.press('ArrowUp');
  });
  step('drag the bar to the middle and to the end', async () => {
    const grid = trace.getByRole('grid');
    await grid.evaluate((element) => (element.scrollTop = element.scrollHeight / 2));
    await page.waitForTimeout(400);
    await grid.evaluate((element) => (element.scrollTop = element.scrollHeight));
    await lastRow(grid);
  });
  step('compare with the version', async () => {
    await fromMenu('Versions…');
    await dialog.getByRole('button', { name: /^Compare with / }).click();
    await dialog.getByRole('table', { name: 'Calls by their decision before and after' }).waitFor();
    await dialog.getByTestId('comparison').filter({ hasText: all }).waitFor();
  });
  step('look at the calls that stay denied', async () => {
    await dialog.getByRole('button', { name: /calls stay denied$/ }).click();
    await dialog.getByRole('heading', { name: /^No change: / }).waitFor();
  });
  step('open a group of calls, and one of them', async () => {
    await dialog.getByRole('button', { expanded: false }).first().click();
    await dialog
      .getByRole('list', { name: /^Calls of / })
      .getByRole('button')
      .first()
      .click();
    await dialog.getByTestId('compared-call').waitFor();
    await closeDialog();
  });
  const bar = page.getByTestId('baseline');
  step('open a rule beside the baseline', async () => {
    await page.getByRole('button', { name: /^Edit rule 5,/ }).click();
    await page.getByRole('region', { name: 'Rule editor' }).waitFor();
    await bar.filter({ hasText: all }).waitFor();
  });
  step('change its effect', async () => {
    const before = await bar.textContent();
    await page
      .getByRole('region', { name: 'Rule editor' })
      .getByRole('button', { name: /^Effect: / })
      .click();
    await page
      .getByRole('menuitemradio', { name: /^(?:Allow|Deny)/, checked: false })
      .first()
      .click();
    await bar.filter({ hasText: all, hasNotText: before }).waitFor();
    await settled(whole);
  });
  step('discard it', async () => {
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Discard' }).click();
    await page.getByRole('button', { name: /^Edit rule 5,/ }).waitFor();
    await bar.filter({ hasText: all }).waitFor();
    await settled(whole);
  });
  step('coverage', async () => {
    await fromMenu('Coverage…');
    await dialog.getByTestId('coverage-summary').waitFor();
  });
  step('only rules with something left to try', async () => {
    await dialog.getByRole('checkbox', { name: 'Only rules with something left to try' }).check();
    await closeDialog();
  });
  step(`${tests} tests`, async () => {
    await fromMenu('Tests…');
    await dialog
      .getByTestId('tests-summary')
      .filter({ hasText: `of ${tests} tests` })
      .waitFor();
    await closeDialog();
  });
  const grid = dialog.getByRole('grid', { name: 'Effective access' });
  step('effective access of the agents', async () => {
    await fromMenu('Effective access…');
    await grid.waitFor();
  });
  for (const kind of ['Instances', 'Users']) {
    step(`effective access of the ${kind.toLowerCase()}`, async () => {
      await dialog.getByText(kind, { exact: true }).click();
      await dialog.getByRole('status').filter({ hasText: 'Computing…' }).waitFor({ state: 'detached' });
      await grid.waitFor();
    });
  }
  step('a cell of it', async () => {
    await grid.locator('[data-cell]').first().click();
    await dialog.getByTestId('cell-answer').waitFor();
    await closeDialog();
  });
  return steps;
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { callOfCell, subjectsOf, toolsOf } from '../../lib/analysis';
import { bundleOf, encodeLink } from '../../lib/bundle';
import { compilePolicy, decide, fillPolicy, fillRule, ruleId, type Catalog, type CatalogTool } from '../../lib/engine';
import { expect, test } from '../fixtures';
import { tabTo, write } from '../typing';
import { Code } from './code-editor';
import { FILESYSTEM, SLACK, Workbench } from './page';

// From nothing to a rule that decides as it was meant to: by mouse, by keyboard alone, over real tools and calls.

/** What the Slack session's three calls come to under the rule of these tests: it lets two of them through. */
const LET_THROUGH = { allow: 2, deny: 1 };
const WHOLE = 'request.args.channel_id in ["C_GENERAL"] && request.args.text != ""';

async function expectSaved(bench: Workbench): Promise<void> {
  await expect(bench.editor).toBeHidden();
  await expect
    .poll(async () => ({ allow: await bench.decision('Allowed'), deny: await bench.decision('Denied') }))
    .toEqual(LET_THROUGH);
  await expect.poll(() => bench.hits()).toEqual([2, 1]);
  const row = bench.policy.getByRole('listitem').first();
  await expect(row).toContainText('Gated');
  await expect(row).toContainText('any agent calling slack_post_message on any resource');
  await expect(row).toContainText(WHOLE);
}

test.use({ codeEditor: true });

test('from an empty policy to a gated Slack rule, by mouse', { tag: '@chromium' }, async ({ page }) => {
  test.slow();
  const bench = new Workbench(page);
  await bench.open();
  await bench.emptyPolicy();
  await bench.importFile(SLACK);
  await bench.policy.getByRole('button', { name: 'Add rule' }).click();
  await bench.pill('Tools').click();
  const tools = bench.picker('Tools');
  await tools.getByRole('option', { name: /^slack_post_message/ }).click();
  await tools.getByRole('option', { name: 'Done' }).click();
  await bench.choose('Effect', 'Gated');
  const code = new Code(page, bench);
  await code.opened();
  await bench.editor.getByLabel('Values of the call in focus').uncheck();
  await code.field.focus();

  await code.type('chan');
  await code.clickSuggestion('request.args.channel_id');
  await code.type(' in');
  await code.clickSuggestion('in ["…"]');
  // What the call in focus holds is offered at once.
  await code.clickSuggestion('C_GENERAL');
  await page.keyboard.press('End');
  await code.type(' && request.args.txet != ""');
  await page.keyboard.press('Escape');
  const underlined = await code.expectUnderlined('txet', 'warning');
  await expect(bench.editor.getByText('has no txet (did you mean text?)')).toBeVisible();
  // The hover shows the message at its place, and offers a fix.
  await underlined.hover({ force: true });
  await page.locator('.monaco-hover:visible').getByText('Quick Fix').click();
  await page.locator('.action-widget').getByText('Change to text').click();
  await code.expectText(WHOLE);
  await expect(underlined).toHaveCount(0);

  await expect.poll(() => bench.promised()).toEqual(LET_THROUGH);
  await bench.editor.getByRole('button', { name: 'Create rule' }).click();
  await expectSaved(bench);
});

test('the same by keyboard alone', async ({ page }) => {
  test.slow();
  const bench = new Workbench(page);
  await bench.open();
  await bench.emptyPolicy();
  await bench.importFile(SLACK);
  await bench.command('Add a rule');
  await tabTo(bench.pill('Effect'));
  await tabTo(bench.pill('Tools'), 5);
  // The only tool that begins so is taken.
  await page.keyboard.type('slack_p');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect(bench.pill('Tools')).toHaveText('slack_post_message');
  await expect(bench.pill('Tools')).toBeFocused();
  for (let i = 0; i < 5; i++) await page.keyboard.press('Shift+Tab');
  await expect(bench.pill('Effect')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('[role=menuitemradio]:focus')).toBeVisible();
  await page.keyboard.press('g');
  await expect(page.getByRole('menuitemradio', { name: 'Gated' })).toBeFocused();
  await page.keyboard.press('Enter');
  const code = new Code(page, bench);
  await code.opened();
  // The values are switched off from the keyboard, too: they would be read as text.
  await page.keyboard.press('Tab');
  await tabTo(bench.editor.getByLabel('Values of the call in focus'));
  await page.keyboard.press('Space');
  await page.keyboard.press('Shift+Tab');
  await code.opened();

  await code.type('chan');
  await code.take('request.args.channel_id');
  await code.type(' in');
  await code.take('in ["…"]');
  await code.type('C_GENERAL');
  await page.keyboard.press('Escape');
  await page.keyboard.press('End');
  await code.type(' && request.args.txet != ""');
  await page.keyboard.press('Escape');
  const underlined = await code.expectUnderlined('txet', 'warning');
  await page.keyboard.press('F8');
  await expect(page.locator('.marker-widget')).toContainText('did you mean `text`');
  await page.keyboard.press('Escape');
  await expect(page.locator('.marker-widget')).toBeHidden();
  // Fixes are those of the text as it was last read; a slow browser may still be reading it.
  await expect(async () => {
    await page.keyboard.press('Control+.');
    await expect(page.locator('.action-widget').first()).toContainText('Change to text', { timeout: 3000 });
  }).toPass();
  await page.keyboard.press('Enter');
  await code.expectText(WHOLE);
  await expect(underlined).toHaveCount(0);

  await expect.poll(() => bench.promised()).toEqual(LET_THROUGH);
  await page.keyboard.press('Control+Enter');
  await expectSaved(bench);
});

test('a ready condition stops the call that climbs out of its folder, by keyboard alone', async ({ page }) => {
  test.slow();
  const bench = new Workbench(page);
  await bench.open();
  await bench.emptyPolicy();
  await bench.importFile(FILESYSTEM, 'filesystem');
  await bench.command('Add a rule');
  await tabTo(bench.pill('Effect'));
  await page.keyboard.press('Enter');
  await expect(page.locator('[role=menuitemradio]:focus')).toBeVisible();
  await page.keyboard.press('g');
  await expect(page.getByRole('menuitemradio', { name: 'Gated' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(bench.editor.getByLabel('Condition (CEL)')).toBeFocused();
  await bench.pill('Tools').focus();
  await page.keyboard.type('read_text_file');
  await page.keyboard.press('Tab');
  await expect(bench.pill('Tools')).toHaveText('read_text_file');
  const ready = bench.editor.getByRole('button', { name: 'Ready conditions' });
  await ready.focus();
  await page.keyboard.press('Enter');
  const picker = page.getByRole('dialog', { name: 'Ready conditions' });
  await tabTo(picker.getByRole('searchbox'));
  await page.keyboard.type('climb');
  const folder = picker.getByRole('button', { name: /^Only files in a folder/ });
  await expect(folder).toContainText('fits these tools');
  await tabTo(folder);
  await page.keyboard.press('Enter');
  const prefix = picker.getByLabel('Folder, ending in a slash');
  await tabTo(prefix);
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('/workspace/');
  const condition =
    'has(request.args.path) && request.args.path.startsWith("/workspace/") && !request.args.path.contains("..")';
  await expect(picker.getByTestId('ready-condition')).toHaveText(condition);
  await tabTo(picker.getByRole('button', { name: 'Use this condition' }));
  await page.keyboard.press('Enter');
  await expect(picker).toBeHidden();
  await expect(ready).toBeFocused();
  // One call of that tool is let through, the one that climbs is not; nothing else is allowed in this policy.
  await expect(bench.editor.getByTestId('impact-trace')).toContainText('1 from denied to allowed');
  await page.keyboard.press('Control+Enter');
  await expect(bench.editor).toBeHidden();
  await expect.poll(() => bench.hits()).toEqual([1, 11]);
  await write(bench.trace.getByRole('searchbox'), 'passwd');
  await bench.trace.getByRole('grid').getByText('/workspace/../../../etc/passwd').click();
  const answer = bench.explanation.getByTestId('answer');
  await expect(answer).toHaveText(/^Denied: no rule matched; closest was rule 1/);
  await expect(answer).toContainText('request.args.path');
});

test(
  'every cell of effective access equals the decision, over GitHub’s 117 tools and 6 agents',
  { tag: '@chromium' },
  async ({ page }) => {
    test.slow();
    const file = join(import.meta.dirname, '..', '..', 'lib', 'analysis', 'testdata', 'github-tools.json');
    const agents = ['claude-code', 'cursor', 'codex', 'copilot', 'windsurf', 'zed'];
    const catalog: Catalog = {
      resources: [{ slug: 'github', tags: ['code'], tools: JSON.parse(readFileSync(file, 'utf8')) as CatalogTool[] }],
      agents: agents.map((slug, i) => ({ slug, tags: i % 2 === 0 ? ['managed'] : [] })),
      instances: [],
      users: [],
      groups: [],
    };
    const none = { resources: [], agents: [], instances: [], users: [], groups: [] };
    const rule = (id: string, rest: Partial<Parameters<typeof fillRule>[0]>) =>
      fillRule({ id: ruleId(id), name: id, effect: 'allow', tools: ['*'], ...rest });
    const policy = fillPolicy({
      rules: [
        rule('no-deleting', { effect: 'deny', tools: ['delete_*'] }),
        rule('reading', { tools: ['get_*', 'list_*'], condition: 'tool.annotations.readOnlyHint' }),
        rule('managed', { tools: ['create_*'], scope: { ...none, agents: ['tag:managed'] } }),
        rule('own', { effect: 'gated', tools: ['push_*', 'merge_*'], condition: 'request.args.owner == "acme"' }),
        rule('cursor', { condition: 'agent.slug == "cursor" && request.args.n > 1.0' }),
        rule('finance', { tools: ['issue_*'], scope: { ...none, groups: ['finance'] } }),
      ],
    });
    const link = encodeLink(bundleOf('GitHub', policy, { catalog }));
    if (!link.ok) throw new Error('the bundle cannot be linked to');
    const compiled = await compilePolicy(policy);
    const expected = toolsOf(catalog).flatMap((tool) =>
      subjectsOf(catalog, 'agents').map((agent) => {
        const { effect } = decide(compiled, callOfCell(agent, tool));
        const word = { allow: 'Allowed', deny: 'Denied', conditional: 'Conditional' }[effect];
        return `${word}: ${agent.key}, ${tool.tool} on github`;
      }),
    );
    expect(expected).toHaveLength(117 * 6);

    const bench = new Workbench(page);
    await page.goto(`./${link.fragment}`);
    await page.getByRole('button', { name: 'Save as a new policy' }).click();
    await page.getByRole('button', { name: 'Policy: GitHub' }).click();
    await page.getByRole('menuitem', { name: 'Effective access…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Effective access' });
    await write(dialog.getByRole('searchbox'), 'github');
    await expect(dialog.getByRole('status').first()).toContainText('117 of');
    const shown = await dialog
      .getByRole('gridcell')
      .getByRole('button')
      .evaluateAll((cells) => cells.map((cell) => cell.getAttribute('aria-label') ?? ''));
    const own = shown.filter((label) => agents.some((agent) => label.includes(` ${agent},`)));
    const known = ', known despite a condition:';
    expect(own.map((label) => label.replace(known, ':')).sort()).toEqual(expected.sort());
    expect(own.filter((label) => label.includes(known))).not.toEqual([]);
    await expect(bench.policy).toBeAttached();
  },
);

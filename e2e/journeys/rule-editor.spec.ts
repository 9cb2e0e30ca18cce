import { join } from 'node:path';
import { expect, test } from '../fixtures';
import { tabTo, write } from '../typing';
import { Workbench } from './page';

const SLACK_TOOLS = join(import.meta.dirname, '..', 'testdata', 'mcp-tools-slack.json');
const CONDITION = 'request.args.channel_id in ["C_GENERAL"]';

/** A policy without any rule, and the sample trace. */
async function emptyPolicy(bench: Workbench): Promise<void> {
  await bench.open();
  await bench.emptyPolicy();
}

// The same journey is made in both browsers with a real server's tools (`crafting.spec.ts`).
test('from an empty policy to a gated rule, by mouse', { tag: '@chromium' }, async ({ page }) => {
  const bench = new Workbench(page);
  await emptyPolicy(bench);
  await bench.policy.getByRole('button', { name: 'Add rule' }).click();
  await expect(bench.pill('Agents')).toHaveText('any agent');

  // A gate asks for its condition at once.
  await bench.choose('Effect', 'Gated');
  const condition = bench.editor.getByLabel('Condition (CEL)');
  await expect(condition).toBeFocused();
  await write(condition, CONDITION);

  await bench.pill('Resources').click();
  const resources = bench.picker('Resources');
  await expect(resources.getByRole('option', { name: /^slack / })).toContainText('10 tools');
  await expect(resources.getByRole('option', { name: /^tag:chat/ })).toContainText('2 resources');
  await resources.getByRole('option', { name: /^slack / }).click();
  await page.keyboard.press('Escape');
  await expect(bench.pill('Resources')).toHaveText('slack');

  await bench.pill('Tools').click();
  const tools = bench.picker('Tools');
  // The tools of the resource that was chosen come first, with the calls that they are in.
  await expect(tools.getByRole('option').nth(2)).toContainText(/slack · [\d,]+ calls/);
  await tools.getByRole('option', { name: /^send_message/ }).click();
  await tools.getByRole('option', { name: 'Done' }).click();
  await expect(tools).toBeHidden();
  await expect(bench.editor.getByTestId('coverage')).toContainText('Covers 1 of 78 known tools');

  // A rule that is given no name gets one that says what it does; that is said before it is saved.
  await expect(bench.editor).toContainText('Left empty, it will be called “Gated send_message on slack”');
  await bench.editor.getByRole('button', { name: 'Create rule' }).click();
  await expect(bench.editor).toBeHidden();
  await expect.poll(() => bench.ruleNames()).toEqual(['Gated send_message on slack']);
  const row = bench.policy.getByRole('listitem').first();
  await expect(row).toContainText('any agent calling send_message on slack');
  await expect(row).toContainText(CONDITION);
});

test('the same by keyboard alone', { tag: '@chromium' }, async ({ page }) => {
  const bench = new Workbench(page);
  await emptyPolicy(bench);
  await bench.command('Add a rule');
  await expect(bench.editor.getByRole('heading', { name: 'New rule' })).toBeFocused();
  await tabTo(bench.pill('Effect'));

  await page.keyboard.press('Tab');
  // Typing on a pill opens it, and Tab goes on to the next one.
  await page.keyboard.type('claude-code');
  await page.keyboard.press('Tab');
  await expect(bench.pill('Agents')).toHaveText('claude-code');
  await expect(bench.pill('Instances')).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  // Chosen from the list by arrows.
  await page.keyboard.type('fin');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect(bench.pill('Groups')).toHaveText('finance');
  await expect(bench.pill('Groups')).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.type('send_*');
  await page.keyboard.press('Enter');
  await page.keyboard.type('schedule_*');
  await page.keyboard.press('Enter');
  // With nothing typed, Enter is done.
  await page.keyboard.press('Enter');
  await expect(bench.pill('Tools')).toHaveText('send_* or schedule_*');
  await expect(bench.pill('Tools')).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.type('tag:chat');
  await page.keyboard.press('Tab');
  await expect(bench.pill('Resources')).toHaveText('tagged chat');
  await expect(bench.pill('Condition')).toBeFocused();

  await bench.pill('Effect').focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('[role=menuitemradio]:focus')).toBeVisible();
  await page.keyboard.press('g');
  await expect(page.getByRole('menuitemradio', { name: 'Gated' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(bench.editor.getByLabel('Condition (CEL)')).toBeFocused();
  await page.keyboard.type(CONDITION);
  await expect(bench.pill('Condition')).toContainText('channel_id');
  await page.keyboard.press('Control+Enter');
  await expect(bench.editor).toBeHidden();
  const row = bench.policy.getByRole('listitem').first();
  await expect(row).toContainText('claude-code of group finance calling send_* or schedule_* on tagged chat');
  await expect(row).toContainText(CONDITION);
});

test('a gate without its condition is not saved, and neither is a rule without tools', async ({ page }) => {
  const bench = new Workbench(page);
  await emptyPolicy(bench);
  await bench.policy.getByRole('button', { name: 'Add rule' }).click();
  await bench.editor.getByRole('button', { name: 'Create rule' }).click();
  await expect(bench.editor.getByText('Say which tools')).toBeVisible();
  await bench.fillPill('Tools', ['*']);
  await expect(bench.pill('Tools')).toHaveText('any tool');
  await bench.choose('Effect', 'Gated');
  await bench.editor.getByRole('button', { name: 'Create rule' }).click();
  await expect(bench.editor).toContainText('an active gated rule must have a condition');
  // A draft of a gate can be kept without.
  await bench.choose('Status', 'Draft');
  await bench.editor.getByRole('button', { name: 'Create rule' }).click();
  await expect(bench.editor).toBeHidden();
});

test('what a pill holds is removed by keys and by mouse', { tag: '@chromium' }, async ({ page }) => {
  const bench = new Workbench(page);
  await bench.open();
  await bench.policy.getByRole('button', { name: 'Add rule' }).click();
  await bench.fillPill('Agents', ['claude-code', 'cursor', 'codex', 'none-such']);
  await expect(bench.pill('Agents')).toHaveText('claude-code or cursor or codex or none-such');
  await page.keyboard.press('Backspace');
  await expect(bench.pill('Agents')).toHaveText('claude-code or cursor or codex');
  await expect(bench.editor.getByText('none-such removed from agents')).toBeAttached();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Backspace');
  await expect(bench.pill('Agents')).toHaveText('claude-code or cursor');
  await bench.picker('Agents').getByRole('button', { name: 'Remove claude-code' }).click();
  await expect(bench.pill('Agents')).toHaveText('cursor');
  await bench
    .picker('Agents')
    .getByRole('option', { name: /^chosen cursor|^cursor/ })
    .click();
  await expect(bench.pill('Agents')).toHaveText('any agent');
  await page.keyboard.type('a, b');
  await page.keyboard.press('Enter');
  await bench
    .picker('Agents')
    .getByRole('option', { name: /^Any agent/ })
    .click();
  await expect(bench.pill('Agents')).toHaveText('any agent');
  // What is typed and left by a click elsewhere is kept; what is left by Escape is not.
  await page.keyboard.type('typed');
  await bench.editor.getByRole('heading', { name: 'New rule' }).click();
  await expect(bench.pill('Agents')).toHaveText('typed');
  await bench.pill('Agents').click();
  await page.keyboard.type('not this');
  await page.keyboard.press('Escape');
  await expect(bench.picker('Agents')).toBeHidden();
  await expect(bench.pill('Agents')).toHaveText('typed');
  await expect(bench.editor.getByRole('alertdialog')).toBeHidden();
});

test('a tool pattern lists the tools that it matches, and says when there is none', async ({ page }) => {
  const bench = new Workbench(page);
  await bench.open();
  await bench.policy.getByRole('button', { name: 'Add rule' }).click();
  await bench.pill('Tools').click();
  const tools = bench.picker('Tools');
  const said = tools.getByRole('status');
  await page.keyboard.type('send_*');
  await expect(said).toHaveText('send_* matches 3 tools');
  await expect(tools.getByRole('group', { name: 'Tools it matches' }).getByRole('option')).toHaveText([
    'send_messageslack',
    'send_direct_messageslack',
    'send_emailmail',
  ]);
  await page.keyboard.press('Control+A');
  await page.keyboard.type('send_');
  await expect(said).toHaveText('send_ matches no known tool');
  // What was probably meant is what Enter takes.
  await expect(tools.getByRole('option').first()).toHaveText('Add send_*matches 3 tools');
  await page.keyboard.press('Enter');
  await expect(bench.pill('Tools')).toHaveText('send_*');
  await page.keyboard.press('Backspace');
  await page.keyboard.type('sned_*');
  await expect(said).toHaveText('sned_* matches no known tool');
  await expect(tools.getByRole('group', { name: 'Tools it matches' })).toBeHidden();
  await page.keyboard.press('Control+A');
  await page.keyboard.type('send_{email,message}');
  await expect(said).toContainText('matches 2 tools');
  await expect(said).toContainText('which the gateway does not document');
  await page.keyboard.press('Enter');
  await page.keyboard.type('sned_*');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  const coverage = bench.editor.getByTestId('coverage');
  await expect(coverage).toContainText('Covers 2 of 78 known tools');
  await expect(coverage).toContainText('sned_* matches no tool that is known');
  await expect(coverage).toContainText('which the gateway does not document');
  await bench.fillPill('Resources', ['mail']);
  await expect(coverage).toContainText('Covers 1 of 78 known tools');
  await bench.pill('Tools').click();
  await page.keyboard.type('send_m*');
  await expect(said).toHaveText('send_m* matches none here, 1 tool on other resources');
});

test('the catalog is filled from a real tools/list, kept, offered in rules, and taken back', async ({ page, axe }) => {
  test.slow();
  const bench = new Workbench(page);
  await emptyPolicy(bench);
  const catalog = await bench.openCatalog();
  await expect(catalog).toContainText('No resources yet');
  await catalog.getByRole('button', { name: 'Fill from' }).click();
  await page.getByRole('menuitem', { name: 'A file or a text…' }).click();
  const fill = page.getByRole('dialog', { name: 'Fill the catalog' });
  await axe(page);
  await write(fill.getByLabel('Or paste it here'), 'nothing of the kind');
  await fill.getByRole('button', { name: 'Read what was pasted' }).click();
  await expect(fill.getByRole('alert')).toContainText('neither tools, a bundle nor a trace was recognized');
  await fill.locator('input[type=file]').setInputFiles(SLACK_TOOLS);
  await expect(fill.getByLabel('Which resource are these 3 tools of?')).toHaveValue('slack');
  await expect(fill.getByTestId('catalog-changes')).toHaveText('Adds 1 resource, 3 tools.');
  await write(fill.getByLabel('Which resource are these 3 tools of?'), 'team-slack');
  await expect(fill.getByRole('list', { name: 'What would change' })).toContainText('tool of team-slack');
  await axe(page);
  await fill.getByRole('button', { name: 'Add to the catalog' }).click();
  await expect(fill).toBeHidden();
  await catalog.getByRole('button', { name: /^team-slack/ }).click();
  await catalog.getByRole('button', { name: 'Edit slack_post_message' }).click();
  const tool = page.getByRole('dialog', { name: 'Edit a tool of team-slack' });
  await expect(tool.getByLabel('Input schema (JSON Schema)')).toHaveValue(/"channel_id"/);
  await axe(page);
  await write(tool.getByLabel('Input schema (JSON Schema)'), '{');
  await tool.getByRole('button', { name: 'Save' }).click();
  await expect(tool).toContainText('this is not JSON yet');
  await tool.getByRole('button', { name: 'Cancel' }).click();
  await expect(catalog.getByRole('button', { name: 'Edit slack_post_message' })).toBeFocused();
  await axe(page);
  await page.keyboard.press('Escape');

  // The same list once more says nothing new.
  await bench.reload();
  const again = await bench.openCatalog();
  await again.getByRole('button', { name: 'Fill from' }).click();
  await page.getByRole('menuitem', { name: 'A file or a text…' }).click();
  await fill.locator('input[type=file]').setInputFiles(SLACK_TOOLS);
  await expect(fill.getByLabel('Which resource are these 3 tools of?')).toHaveValue('team-slack');
  await expect(fill.getByTestId('catalog-changes')).toHaveText('Your catalog has all of this already.');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');

  await bench.policy.getByRole('button', { name: 'Add rule' }).click();
  await bench.fillPill('Resources', ['team-slack']);
  await bench.pill('Tools').click();
  await expect(bench.picker('Tools').getByRole('option', { name: /^slack_post_message/ })).toContainText('team-slack');
  await page.keyboard.press('Escape');
  await bench.editor.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Undo: add 1 resource and 3 tools to the catalog' }).click();
  await expect(await bench.openCatalog()).toContainText('No resources yet');
});

test('the catalog is edited by hand, and its tags are offered', { tag: '@chromium' }, async ({ page, axe }) => {
  test.slow();
  const bench = new Workbench(page);
  await emptyPolicy(bench);
  const catalog = await bench.openCatalog();
  await catalog.getByRole('tab', { name: /^Agents/ }).click();
  await catalog.getByRole('button', { name: 'Add agent' }).click();
  const form = page.getByRole('dialog', { name: 'Add agent' });
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form).toContainText('an agent needs a slug');
  await axe(page);
  await write(form.getByLabel('Slug'), 'night-shift');
  await write(form.getByRole('combobox', { name: 'Tags' }), 'unattended');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(catalog.getByRole('button', { name: 'Edit night-shift' }).first()).toContainText('tagged unattended');
  await catalog.getByRole('tab', { name: /^Tags/ }).click();
  await expect(catalog.getByRole('tabpanel')).toContainText('night-shift');
  await axe(page);
  await page.keyboard.press('Escape');
  await bench.policy.getByRole('button', { name: 'Add rule' }).click();
  await bench.pill('Agents').click();
  await page.keyboard.type('unatt');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(bench.pill('Agents')).toHaveText('tagged unattended');
});

test('what the open trace shows goes into the catalog at once', { tag: '@chromium' }, async ({ page }) => {
  const bench = new Workbench(page);
  await emptyPolicy(bench);
  const catalog = await bench.openCatalog();
  await catalog.getByRole('button', { name: 'Fill from' }).click();
  await page.getByRole('menuitem', { name: 'What the open trace shows…' }).click();
  const fill = page.getByRole('dialog', { name: 'Fill the catalog' });
  await expect(fill.getByTestId('catalog-changes')).toContainText('Adds 8 resources, 78 tools, 5 agents');
  await fill.getByRole('button', { name: 'Add to the catalog' }).click();
  await write(catalog.getByRole('searchbox'), 'refund');
  await expect(catalog.getByRole('button', { name: 'Edit create_refund' })).toBeVisible();
  await catalog.getByRole('button', { name: 'Remove create_refund' }).click();
  await expect(catalog).toContainText('No resource and no tool matches');
  await catalog.getByRole('button', { name: 'Undo: remove the tool `create_refund`' }).click();
  await expect(catalog.getByRole('button', { name: 'Edit create_refund' })).toBeVisible();
});

for (const width of [1440, 360]) {
  test.describe(`${width} px wide`, () => {
    test.use({ viewport: { width, height: 740 } });

    test(
      'the sentence and its lists fit, and axe finds nothing in them',
      { tag: '@chromium' },
      async ({ page, axe }) => {
        // Every state is looked at by axe, which takes its time.
        test.slow();
        await page.goto('./');
        const bench = new Workbench(page);
        await page.getByRole('button', { name: /^Edit rule 2/ }).click();
        const fits = async () => {
          expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
          await axe(page);
        };
        await fits();
        await bench.pill('Effect').click();
        await fits();
        await page.keyboard.press('Escape');
        await bench.pill('Agents').click();
        await fits();
        await page.keyboard.press('Escape');
        await bench.pill('Tools').click();
        await page.keyboard.type('{nothing,that}-is-known-and-rather-long-too_*');
        await fits();
        await page.keyboard.press('Enter');
        await page.keyboard.press('Escape');
        await fits();
      },
    );
  });
}

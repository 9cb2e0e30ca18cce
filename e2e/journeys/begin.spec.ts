import { bundleOf, encodeLink, type Bundle } from '../../lib/bundle';
import { callId, fillRule, ruleId } from '../../lib/engine';
import { expect, test } from '../fixtures';
import { write } from '../typing';
import { Workbench } from './page';

test('an empty policy is begun from a template or a sentence, tried on a sample, and given the tools of a known server', async ({
  page,
}) => {
  test.slow();
  const bench = new Workbench(page);
  const { policy, editor, trace } = bench;
  await bench.open();
  await bench.emptyPolicy();
  const start = policy.getByRole('region', { name: 'Start' });
  await start.getByRole('button', { name: 'Start from No deletes' }).click();
  await expect(start).toBeHidden();
  await expect.poll(() => bench.ruleNames()).toContain('No deletes');
  await page.getByRole('button', { name: /^Undo/ }).first().click();
  await expect(start).toBeVisible();

  await start.getByRole('button', { name: 'Write the first rule' }).click();
  const sentence = editor.getByLabel('Say it in a sentence');
  const understood = editor.getByTestId('rule-in-words');
  await write(sentence, 'be careful with deletes');
  await expect(understood).toContainText('Not certain: ');
  await expect(editor.getByRole('button', { name: 'Use this rule' })).toBeHidden();
  await write(sentence, 'deny delete_* on github for cursor');
  await expect(understood).toContainText('delete_*');
  await sentence.press('Enter');
  await expect(bench.pill('Tools')).toContainText('delete_*');
  await expect(bench.pill('Resources')).toContainText('github');
  await expect(bench.pill('Agents')).toContainText('cursor');
  await expect(bench.pill('Effect')).toContainText('Deny');
  await editor.getByRole('button', { name: 'Create rule' }).click();
  await expect(editor).toBeHidden();

  await bench.command('Import a trace, or open a sample');
  await page.getByRole('button', { name: 'Open the sample: An issue with instructions in it' }).click();
  await expect(trace.getByRole('status')).toHaveText(/^38 calls/);
  // No rule allows anything yet.
  await expect.poll(() => bench.decision('Allowed')).toBe(0);

  const catalog = await bench.openCatalog();
  await catalog.getByRole('button', { name: 'Add the tools of a well-known server…' }).click();
  await page.getByRole('button', { name: /^Look at the tools of GitHub/ }).click();
  const filled = page.getByRole('dialog', { name: 'Fill the catalog' });
  await expect(filled.getByTestId('catalog-changes')).toContainText(/[1-9]\d*/);
  await filled.getByRole('button', { name: 'Add to the catalog' }).click();
  await expect(catalog).toContainText(/GitHub[1-9]\d* tools/);
});

const REFUND = {
  agent: { slug: 'support-bot', tags: [] },
  user: { email: 'ines@acme.example', groups: ['support'] },
  resource: { slug: 'payments', tags: [] },
  tool: { name: 'create_refund' },
} as const;

/** Two refunds with what the gateway decided: of the first, the log does not say the amount. */
const REFUNDS: Bundle = {
  ...bundleOf('Refunds', {
    rules: [
      fillRule({
        id: ruleId('small'),
        name: 'Small refunds',
        effect: 'gated',
        tools: ['create_refund'],
        condition: 'request.args.amount <= 500.0',
      }),
    ],
    settings: { gatedWhenFalse: 'continue' },
  }),
  trace: [
    { ...REFUND, id: callId('unknown'), recorded: { effect: 'allow', ruleName: 'Small refunds' } },
    { ...REFUND, id: callId('large'), args: { amount: 900 }, recorded: { effect: 'deny' } },
  ],
};

test('a decision that lacks a fact is judged once it is supplied, and calls of one’s own are removed and brought back', async ({
  page,
}) => {
  test.slow();
  const bench = new Workbench(page);
  const { trace, explanation } = bench;
  const link = encodeLink(REFUNDS);
  await page.goto(`./${link.ok ? link.fragment : ''}`);
  await expect(explanation.getByTestId('answer')).toBeVisible();
  await page.getByRole('button', { name: 'Save as a new policy' }).click();
  const verdict = (words: string) => trace.getByRole('button', { name: words, exact: true });
  await expect(verdict('Reproduced 1')).toBeVisible();
  await expect(verdict('Not reproducible 1')).toBeVisible();

  await explanation.getByRole('button', { name: 'What if…' }).click();
  await write(explanation.getByLabel('Arguments, as a JSON object'), '{"amount": 120}');
  await expect(explanation.getByTestId('what-if-answer')).toContainText('Allowed by rule 1, Small refunds');
  await expect(explanation.getByTestId('recorded')).toContainText('Reproduced');
  await explanation.getByRole('button', { name: 'Keep these facts in the trace' }).click();
  await expect(verdict('Reproduced 2')).toBeVisible();
  await expect(verdict('Not reproducible 1')).toBeHidden();

  await explanation.getByRole('button', { name: 'Remove from the trace' }).click();
  await expect(verdict('Reproduced 1')).toBeVisible();
  const removed = page.getByRole('listitem').filter({ hasText: 'Removed from the trace' });
  await removed.getByRole('button', { name: 'Undo' }).click();
  await expect(verdict('Reproduced 2')).toBeVisible();
});

import { bundleOf, encodeLink } from '../../lib/bundle';
import { callId, fillRule, ruleId } from '../../lib/engine';
import { expect, test } from '../fixtures';
import { Workbench } from './page';

const RULES = 300;

/** Each rule's condition costs as much as one may, and none decides: one call takes many seconds. */
const slowBundle = bundleOf(
  'Slow on purpose',
  {
    rules: Array.from({ length: RULES }, (_, i) =>
      fillRule({
        id: ruleId(`slow-${i}`),
        name: `Slow ${i + 1}`,
        effect: 'allow',
        tools: ['*'],
        condition: `request.args.n.exists(a, request.args.n.exists(b, request.args.n.exists(c, a + b + c > ${1_000 + i})))`,
      }),
    ),
    settings: { gatedWhenFalse: 'continue' },
  },
  { trace: [{ id: callId('one'), tool: { name: 'read' }, args: { n: Array.from({ length: 55 }, (_, i) => i) } }] },
);

test('a link whose policy takes too long is shown without decisions, and one’s own work goes on', async ({ page }) => {
  const link = encodeLink(slowBundle);
  if (!link.ok) throw new Error('too large for a link');
  const bench = new Workbench(page);
  await bench.open();
  await page.evaluate((fragment) => (location.hash = fragment), link.fragment);
  const notice = page.getByRole('alert').filter({ hasText: 'Deciding by “Slow on purpose” did not answer' });
  await expect(notice.getByRole('button', { name: 'Decide anyway' })).toBeVisible();
  await expect(bench.policy.getByText('Slow 1', { exact: true })).toBeVisible();
  await expect(bench.trace.getByRole('status')).toContainText('not decided');
  await expect(bench.explanation).toContainText('Nothing is decided by this policy');
  await page.getByRole('button', { name: 'Leave the preview' }).click();
  await expect(notice).toBeHidden();
  await bench.decided();
});

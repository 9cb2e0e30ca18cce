import type { FrameLocator, Page } from '@playwright/test';
import { bundleOf, decodeLink, encodeLink, writeBundle, type Bundle } from '../../lib/bundle';
import { callId, fillRule, ruleId, type Call } from '../../lib/engine';
import { expect, test, type ServedSite } from '../fixtures';
import { write } from '../typing';
import { hostPage, serveHost, type HostSite } from './host';

// Nothing may be stored here; embeds show the plain field unless asked.
test.use({ codeEditor: true });

const call = (id: string, tool: string, args: Call['args']): Call => ({
  id: callId(id),
  agent: { slug: 'claude-code', tags: [] },
  resource: { slug: 'payments', tags: [] },
  tool: { name: tool },
  args: args ?? {},
});

const BUNDLE: Bundle = {
  ...bundleOf(
    'Refunds',
    {
      rules: [
        fillRule({
          id: ruleId('small'),
          name: 'Small refunds',
          effect: 'gated',
          tools: ['create_refund'],
          condition: 'request.args.amount <= 500',
        }),
        fillRule({ id: ruleId('none'), name: 'No deletions', effect: 'deny', tools: ['delete_*'] }),
        fillRule({ id: ruleId('rest'), name: 'All else', effect: 'allow', tools: ['get_*', 'delete_draft'] }),
      ],
      settings: { gatedWhenFalse: 'continue' },
    },
    {
      trace: [
        call('refund', 'create_refund', { amount: 900 }),
        call('draft', 'delete_draft', {}),
        call('read', 'get_order', {}),
      ],
      focus: callId('refund'),
      tests: [{ name: 'Drafts may be deleted', call: call('draft', 'delete_draft', {}), expect: { effect: 'allow' } }],
    },
  ),
  exercise: { task: 'Let agents delete drafts.', hint: 'Order matters.' },
};

function linkOf(bundle: Bundle): string {
  const link = encodeLink(bundle);
  if (!link.ok) throw new Error('no link');
  return link.fragment;
}

/** Notes what the elements report, and how much the page moved by itself. */
const LISTENER = `
  window.seen = [];
  window.moved = 0;
  for (const name of ['ready', 'change', 'problem']) {
    document.addEventListener('playground-' + name, ({ target, detail }) => window.seen.push({ name, id: target.id, detail }), true);
  }
  if (window.PerformanceObserver && PerformanceObserver.supportedEntryTypes.includes('layout-shift')) {
    new PerformanceObserver((list) => { for (const { value } of list.getEntries()) window.moved += value })
      .observe({ type: 'layout-shift', buffered: true });
  }
`;

interface SeenEvent {
  readonly name: string;
  readonly id: string;
  readonly detail: { bundle?: Bundle; decision?: { effect: string }; code?: string } | null;
}

const seen = (page: Page) => page.evaluate(() => (window as unknown as { seen: SeenEvent[] }).seen);
const frameOf = (page: Page, id: string): FrameLocator => page.frameLocator(`#${id} iframe`);

const scriptOf = ({ url }: ServedSite) => `<script src="${url}embed.js" defer></script>`;

const element = (view: string, more = '') =>
  `<policy-playground id="${view}" view="${view}" height="420" src="${linkOf(BUNDLE)}" ${more}><p>Refunds up to 500 are allowed.</p></policy-playground>`;

const GUIDE = ['rule', 'policy', 'decision', 'condition', 'exercise'];

let host: HostSite | undefined;
test.afterEach(async () => host?.close());

test('five embeds work in a page of another origin, which stays as it is', async ({ page, site, problems, axe }) => {
  test.slow();
  const body = GUIDE.map((view) => element(view, 'editable')).join('<p>Text between two examples.</p>');
  host = await serveHost(hostPage(scriptOf(site), body), site.url, LISTENER);
  problems.allow(new RegExp(`request to another origin: ${host.origin}`));
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(host.url);

  await expect(frameOf(page, 'rule').getByTestId('answer')).toHaveText(/^Denied: no rule matched/);
  for (const view of GUIDE) await page.locator(`#${view}`).scrollIntoViewIfNeeded();
  await expect(frameOf(page, 'policy').getByRole('button', { name: /get_order/ })).toContainText('Allowed');
  await expect(frameOf(page, 'decision').getByRole('list', { name: 'Each rule’s step' })).toContainText(
    'Small refunds',
  );
  await expect(frameOf(page, 'condition').getByTestId('condition-value')).toHaveText('Value: false');
  await expect(frameOf(page, 'exercise').getByTestId('exercise-status')).toHaveText('The test does not pass yet.');
  await expect.poll(async () => (await seen(page)).filter(({ name }) => name === 'ready').length).toBe(5);

  // The page has not moved, the focus is where it was, and no frame is wider than the screen.
  expect(await page.evaluate(() => (window as unknown as { moved: number }).moved)).toBe(0);
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('BODY');
  for (const frame of page.frames().slice(1)) {
    expect(await frame.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    expect(
      await frame.evaluate(() => document.cookie + Object.keys({ ...localStorage, ...sessionStorage }).join()),
    ).toBe('');
  }
  await axe(page);

  // The wheel passes through what is higher than its frame.
  await page.evaluate(() => scrollTo(0, 0));
  const box = await page.locator('#rule').boundingBox();
  await page.mouse.move((box?.x ?? 0) + 100, (box?.y ?? 0) + 100);
  await page.mouse.wheel(0, 300);
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(100);

  // An edit decides anew, and is reported with the bundle; the playground opens the same.
  const rule = frameOf(page, 'rule');
  await write(rule.getByRole('textbox', { name: 'Condition (CEL)' }), 'request.args.amount <= 1000');
  await expect(rule.getByTestId('answer')).toHaveText(/^Allowed by rule 1/);
  await expect
    .poll(async () => (await seen(page)).filter(({ name }) => name === 'change').at(-1)?.detail?.decision?.effect)
    .toBe('allow');
  const change = (await seen(page)).filter(({ name, id }) => name === 'change' && id === 'rule').at(-1);
  expect(change?.detail?.bundle?.rules[0]?.condition).toBe('request.args.amount <= 1000');
  const link = rule.getByRole('link', { name: 'Open in playground' });
  await link.focus();
  await expect(link).toHaveAttribute('href', /#1\./);
  const opened = decodeLink((await link.getAttribute('href')) ?? '');
  expect(opened.ok && opened.bundle.rules[0]?.condition).toBe('request.args.amount <= 1000');
  await rule.getByRole('button', { name: 'Reset' }).click();
  await expect(rule.getByTestId('answer')).toHaveText(/^Denied/);

  // By keyboard out of one frame into the next, and back.
  const focused = () => page.evaluate(() => document.activeElement?.id);
  await link.focus();
  await page.keyboard.press('Tab');
  await expect.poll(focused).toBe('policy');
  await page.keyboard.press('Shift+Tab');
  await expect.poll(focused).toBe('rule');

  // A context is edited; a text that is no call is refused with its place.
  const condition = frameOf(page, 'condition');
  const context = condition.getByRole('textbox', { name: /^Context/ });
  await write(context, '{"args":{"amount":3}');
  await expect(condition.getByRole('alert')).toContainText('Line 1');
  await write(context, '{"args":{"amount":3}}');
  await expect(condition.getByTestId('condition-value')).toHaveText('Value: true');

  // By keyboard a rule is moved, which solves the exercise.
  const exercise = frameOf(page, 'exercise');
  const handle = exercise.getByRole('button', { name: /^Move rule 3/ });
  await handle.focus();
  await expect(exercise.locator('[aria-roledescription="sortable"]').first()).toBeVisible();
  await exercise.getByRole('button', { name: /^Move rule 3/ }).press('Space');
  await expect(exercise.getByText(/^(Picked up All else|All else is over position 3)/)).toBeAttached();
  await page.keyboard.press('ArrowUp');
  await expect(exercise.getByText(/^All else is over position 2/)).toBeAttached();
  await page.keyboard.press('Space');
  await expect(exercise.getByTestId('exercise-status')).toHaveText('Solved: the test passes.');

  // The page's own theme is followed, and what has been used may take its height.
  await page.evaluate(() => (document.documentElement.dataset['theme'] = 'dark'));
  await expect(exercise.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect.poll(async () => (await page.locator('#exercise').boundingBox())?.height ?? 0).toBeGreaterThan(440);
  await axe(page);

  // Loaded again, each shows its own example.
  await page.reload();
  await page.locator('#rule').scrollIntoViewIfNeeded();
  await expect(frameOf(page, 'rule').getByTestId('answer')).toHaveText(/^Denied: no rule matched/);
  await page.locator('#condition').scrollIntoViewIfNeeded();
  await expect(frameOf(page, 'condition').getByTestId('condition-value')).toHaveText('Value: false');
});

test(
  'a finger scrolls past an embed, which is used by a tap',
  { tag: '@chromium' },
  async ({ visitor, site, problems }) => {
    const page = await visitor({ hasTouch: true, viewport: { width: 360, height: 740 } });
    const text = '<p>Text around the example.</p>'.repeat(30);
    host = await serveHost(hostPage(scriptOf(site), `${element('policy', 'editable')}${text}`), site.url);
    problems.allow(new RegExp(`request to another origin: ${host.origin}`));
    await page.goto(host.url);
    const example = frameOf(page, 'policy');
    await expect(example.getByTestId('answer')).toHaveText(/^Denied/);
    // Higher than its frame, so that it could scroll, too.
    expect(await example.locator('main').evaluate((main) => main.getBoundingClientRect().height)).toBeGreaterThan(440);
    const devtools = await page.context().newCDPSession(page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', y?: number) =>
      devtools.send('Input.dispatchTouchEvent', { type, touchPoints: y === undefined ? [] : [{ x: 180, y }] });
    await touch('touchStart', 400);
    for (let y = 380; y >= 200; y -= 20) await touch('touchMove', y);
    await touch('touchEnd');
    await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(100);
    // The page glides on after the finger has left it; a tap would only stop that.
    await page.evaluate(async () => {
      for (let last = -1; last !== scrollY; await new Promise((done) => setTimeout(done, 150))) last = scrollY;
    });
    const height = async () => (await page.locator('#policy').boundingBox())?.height ?? 0;
    expect(await height()).toBe(420);
    await example.getByRole('button', { name: /^Edit rule 1/ }).tap();
    await expect.poll(height).toBeGreaterThan(440);
  },
);

test('five views are accessible on a phone, in light and dark', { tag: '@chromium' }, async ({ page, site, axe }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  for (const [i, view] of GUIDE.entries()) {
    // The page for each is a new one: an address that differs in its fragment alone would load nothing.
    await page.goto(
      `${site.url}embed/?view=${view}&editable=1&theme=${i % 2 === 0 ? 'dark' : 'light'}${linkOf(BUNDLE)}`,
    );
    await expect(page.getByRole('link', { name: 'Open in playground' })).toBeVisible();
    await expect(page.getByText('Deciding…')).toHaveCount(0);
    await axe(page);
    if (process.env['SHOTS'] !== undefined)
      await page.screenshot({ path: `${process.env['SHOTS']}/${view}.png`, fullPage: true });
  }
});

test('pages and frames that may not drive an embed do not', async ({ page, site, problems }) => {
  const address = (more: string) => `${site.url}embed/?view=decision&editable=1${more}${linkOf(BUNDLE)}`;
  const body =
    '<iframe id="own"></iframe><iframe id="deaf"></iframe><iframe id="opaque" sandbox="allow-scripts"></iframe>';
  host = await serveHost(hostPage(scriptOf(site), body), site.url, LISTENER);
  const { origin } = host;
  problems.allow(new RegExp(`request to another origin: ${origin}`));
  await page.goto(host.url);
  const sources = {
    own: address(`&host=${encodeURIComponent(origin)}`),
    deaf: address(`&host=${encodeURIComponent('https://docs.example')}`),
    opaque: address(''),
  };
  for (const [id, src] of Object.entries(sources)) {
    await page.evaluate(([at, to]) => document.getElementById(at ?? '')?.setAttribute('src', to ?? ''), [id, src]);
    await expect(page.frameLocator(`#${id}`).getByTestId('answer')).toHaveText(/^Denied/);
  }

  /** What comes back through a channel within a moment that a valid message certainly takes. */
  const talk = (id: string, version: number, messages: readonly unknown[], by = 'parent') =>
    page.evaluate(
      async ([to, speaks, sent, from, target]) => {
        const { port1, port2 } = new MessageChannel();
        const answers: unknown[] = [];
        port1.onmessage = ({ data }) => answers.push(data);
        const frame = document.querySelector<HTMLIFrameElement>(`#${to}`)?.contentWindow;
        const connect = { type: 'policy-playground:connect', version: speaks };
        if (from === 'parent') frame?.postMessage(connect, target, [port2]);
        for (const message of sent) port1.postMessage(message);
        await new Promise((done) => setTimeout(done, 700));
        return answers as { type: string; code?: string }[];
      },
      [id, version, messages, by, new URL(site.url).origin] as const,
    );

  const set = { type: 'set', source: writeBundle({ ...BUNDLE, rules: [] }) };
  expect(await talk('deaf', 1, [set])).toEqual([]);
  expect(await talk('own', 2, [set])).toMatchObject([{ type: 'problem', code: 'version' }]);
  await expect(page.frameLocator('#own').getByTestId('answer')).toHaveText(/^Denied: no rule matched; closest/);

  const hostile = [
    { type: 'set', source: 'x'.repeat(5 * 1024 * 1024) },
    { type: 'set', source: '{"format":"policy-bundle","version":1,"name":"x","rules":[{"effect":"allow"}]}' },
    { type: 'set', source: { rules: [] } },
    { type: 'run', code: 'alert(1)' },
    null,
    { type: 'focus-call', id: 'nothing' },
  ];
  const answers = await talk('own', 1, hostile);
  expect(answers.filter(({ type }) => type === 'problem').map(({ code }) => code)).toEqual([
    'too-large',
    'bundle',
    'message',
    'message',
    'message',
    'call',
  ]);
  await expect(page.frameLocator('#own').getByTestId('answer')).toHaveText(/^Denied: no rule matched; closest/);

  // A sibling frame has the window of an embed, but is not the page around it.
  const sibling = page.frames().find((frame) => frame.url().includes('docs.example'));
  await sibling?.evaluate((target) => {
    const { port1, port2 } = new MessageChannel();
    port1.postMessage({ type: 'set', source: '{}' });
    parent.frames[0]?.postMessage({ type: 'policy-playground:connect', version: 1 }, target, [port2]);
  }, new URL(site.url).origin);
  expect((await talk('own', 1, [set])).some(({ type }) => type === 'ready')).toBe(true);
  await expect(page.frameLocator('#own').getByTestId('answer')).toHaveText(/no rules|Denied: no rule matched/);

  // In an opaque origin, where all storage is refused, everything works as well.
  const opaque = page.frameLocator('#opaque');
  await write(opaque.getByRole('textbox', { name: /^Arguments/ }), '{"amount": 5}');
  await expect(opaque.getByTestId('answer')).toHaveText(/^Allowed by rule 1/);
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });
  test('an embed shows what its author wrote', async ({ page, site, problems, browserName }) => {
    test.skip(browserName === 'firefox', 'Firefox as it is driven here cannot switch scripts off');
    host = await serveHost(hostPage(scriptOf(site), element('rule')), site.url);
    problems.allow(new RegExp(`request to another origin: ${host.origin}`));
    await page.goto(host.url);
    await expect(page.getByText('Refunds up to 500 are allowed.')).toBeVisible();
  });
});

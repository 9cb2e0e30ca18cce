// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, expect, test, vi } from 'vitest';
import { callId, EMPTY_CATALOG, fillRule, ruleId, type Call, type Rule } from '@/lib/engine';
import { DraftsPart } from '../policy/drafts-part';
import { setWithDrafts } from '../policy/with-drafts';
import { ShownPolicyContext } from '../session/shown-policy';
import { stubResizeObserver, testPage, useTestPolicy } from '../session/testkit';
import { SuggestDialog } from './suggest-dialog';

vi.mock('../session/session', async () => (await import('../session/testkit')).testSession);

/** A busy machine loads the worker's code slowly. */
const SLOW = { timeout: 20_000 };
const CALLS: readonly Call[] = ['get_user', 'get_order', 'delete_user'].map((name, i) => ({
  id: callId(`c${String(i)}`),
  agent: { slug: 'bot' },
  resource: { slug: 'crm' },
  tool: { name },
  ...(name === 'delete_user' ? { recorded: { effect: 'deny' } } : {}),
}));

/** A policy of these rules, and the open trace. */
async function openPage(rules: readonly Rule[]): Promise<void> {
  testPage.open({ name: 'P', description: '', notes: '', rules, settings: { gatedWhenFalse: 'continue' } });
  await testPage.openTrace({ name: 'Tuesday', calls: CALLS, catalog: EMPTY_CATALOG });
  stubResizeObserver();
}

const Shown = ({ children }: { children: ReactNode }) => {
  const { name, rules, settings } = useTestPolicy();
  return <ShownPolicyContext value={{ name, rules, settings, from: 'saved' }}>{children}</ShownPolicyContext>;
};
const toolsNow = (): readonly (readonly string[])[] => testPage.policy.rules.map(({ tools }) => tools);

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  setWithDrafts(false);
});

test('rules are suggested, said to open nothing else, and taken in one step without what was left', async () => {
  await openPage([fillRule({ id: ruleId('all'), name: 'Everything', effect: 'allow', tools: ['*'] })]);
  const close = vi.fn();
  render(
    <Shown>
      <SuggestDialog onClose={close} />
    </Shown>,
  );
  expect((await screen.findByTestId('suggested', {}, SLOW)).textContent).toBe('1 rule allows 2 of 3 calls.');
  expect(screen.getByRole('region', { name: 'Left out' }).textContent).toContain('1 call is recorded as denied');
  const changes = screen.getByRole('region', { name: 'Against the present rules' });
  expect(changes.textContent).toContain('1 rule added, 1 rule removed');
  expect(await within(changes).findByTestId('impact-trace', {}, SLOW)).toBeTruthy();
  // Over all calls, as a comparison shows it: each kind of calls with one of them.
  expect(await within(changes).findByText(/^less permissive/, {}, SLOW)).toBeTruthy();
  fireEvent.click(within(changes).getByText(/of calls (is|are) decided otherwise$/));
  const [region] = within(changes).getAllByRole('button', { name: /^is allowed no longer/ });
  expect(region?.textContent).toContain('before allowed by rule 1, Everything');

  // The rule that is there stays where its removal is left out.
  fireEvent.click(within(changes).getByRole('checkbox', { name: /^Removed/ }));
  expect(await screen.findByRole('button', { name: 'Take 1 change' })).toBeTruthy();
  fireEvent.click(within(changes).getByRole('checkbox', { name: /^Removed/ }));

  fireEvent.click(screen.getByRole('radio', { name: /^Every tool/ }));
  await waitFor(() => expect(changes.textContent).toContain('get_*'), SLOW);
  fireEvent.click(screen.getByRole('radio', { name: /^Exactly the tools/ }));
  await waitFor(() => expect(changes.textContent).not.toContain('get_*'), SLOW);
  fireEvent.click(await screen.findByRole('button', { name: 'Take 2 changes' }, SLOW));
  expect(close).toHaveBeenCalledOnce();
  expect(toolsNow()).toEqual([['get_order', 'get_user']]);
});

test('a draft is tried beside the rules, and activated by one step', async () => {
  await openPage([
    fillRule({ id: ruleId('d'), name: 'No users', effect: 'deny', status: 'draft', tools: ['get_user'] }),
    fillRule({ id: ruleId('all'), name: 'Everything', effect: 'allow', tools: ['*'] }),
  ]);
  const openDialog = vi.fn();
  render(
    <Shown>
      <DraftsPart openDialog={openDialog} />
    </Shown>,
  );
  expect(screen.queryByTestId('draft')).toBeNull();
  fireEvent.click(screen.getByRole('switch', { name: /^With drafts/ }));
  expect(screen.getByTestId('drafts').textContent).toContain('The decisions of the trace are those without drafts.');
  const impact = await screen.findByTestId('impact-trace', {}, SLOW);
  expect(impact.textContent).toContain('1 decision changes among the 3 calls of Tuesday: 1 from allowed to denied');
  await screen.findByText(/^less permissive/, {}, SLOW);
  const regions = screen.getByRole('list', { name: 'What it would decide otherwise' });
  expect(regions.textContent).toContain(
    'is allowed no longer: before allowed by rule 2, Everything, after denied by rule 1, No users',
  );
  fireEvent.click(within(regions).getByRole('button', { name: 'Show a call' }));
  expect(openDialog).toHaveBeenCalledWith({ kind: 'draft', ruleId: 'd', region: 0 });
  fireEvent.click(screen.getByRole('button', { name: 'Activate No users' }));
  expect(testPage.policy.rules[0]?.status).toBe('active');
});

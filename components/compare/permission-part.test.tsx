// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { fillPolicy, ruleId, type Policy } from '@/lib/engine';
import type { WorkerQuestions } from '@/lib/worker';
import { answering } from '../../lib/worker/testkit';
import { ShownPolicyContext } from '../session/shown-policy';
import { PermissionPart } from './permission-part';

const page = vi.hoisted(() => ({ session: {} as unknown }));
const NOTHING_OPEN = { open: undefined, results: undefined };
vi.mock('../session/session', () => ({
  useSession: () => page.session,
  useWorkspace: () => ({ policy: { catalog: undefined } }),
  useReplay: () => NOTHING_OPEN,
}));
afterEach(cleanup);

/** The worker's code is loaded when it is first asked, which takes long on a busy machine. */
const LOADED = { timeout: 60_000 };

const policyOf = (...rules: readonly (readonly ['allow' | 'deny', string])[]): Policy =>
  fillPolicy({
    rules: rules.map(([effect, tool], i) => ({ id: ruleId(`r${i}`), name: `Rule of ${tool}`, effect, tools: [tool] })),
  });
const BEFORE = policyOf(['deny', 'delete_*'], ['allow', '*']);
const LOOSER = policyOf(['deny', 'delete_all'], ['allow', '*']);
const STRICTER = policyOf(['deny', 'delete_*'], ['deny', 'send_*'], ['allow', '*']);

type Permissions = (
  params: WorkerQuestions['comparePermissions']['params'],
  signal: AbortSignal,
) => Promise<WorkerQuestions['comparePermissions']['result']>;

function workerOf(compare?: Permissions) {
  const ask = answering();
  const comparePermissions: Permissions = compare ?? ((params, signal) => ask('comparePermissions', params, signal));
  page.session = {
    replay: {
      ask: (_question: string, params: Parameters<Permissions>[0], { signal }: { signal: AbortSignal }) =>
        comparePermissions(params, signal),
      explainUnder: (policy: Policy, call: never) => ask('explainUnder', { stamp: 1, policy, call }),
    },
  };
}

const Page = ({ policy }: { policy: Policy }) => (
  <ShownPolicyContext value={{ name: 'Mine', rules: policy.rules, settings: policy.settings, from: 'saved' }}>
    <PermissionPart against={{ name: 'Tuesday', policy: BEFORE }} />
  </ShownPolicyContext>
);

test('says what is decided otherwise, and opens a call under both policies', async () => {
  workerOf();
  const { rerender } = render(<Page policy={LOOSER} />);
  await screen.findByText(/^more permissive: some calls become allowed/, {}, LOADED);
  fireEvent.click(screen.getByText('1 kind of calls is decided otherwise'));
  const region = screen.getByRole('button', { name: /^becomes allowed/ });
  expect(region.textContent).toMatch(
    /^becomes allowed: before denied by rule 1, Rule of delete_\*, after allowed by rule 2, Rule of \*For example delete_/,
  );
  fireEvent.click(region);
  const before = await screen.findByRole('region', { name: 'Before' }, LOADED);
  expect(before.textContent).toContain('Denied by rule 1');
  expect(screen.getByRole('region', { name: 'Now' }).textContent).toContain('Allowed by rule 2');

  rerender(<Page policy={BEFORE} />);
  await screen.findByText(/^equivalent: both decide every call/, {}, LOADED);
  expect(screen.queryByRole('button')).toBeNull();
});

test('never shows the answer for an earlier policy, and ends the question about it', async () => {
  const asked: { after: Policy['rules']; signal: AbortSignal; answer: (looser: boolean) => void }[] = [];
  workerOf(
    ({ after }, signal) =>
      new Promise((resolve) => {
        const answer = (looser: boolean) =>
          resolve({
            answer: looser ? 'more-permissive' : 'less-permissive',
            looser: { kind: 'none' },
            stricter: { kind: 'none' },
          });
        asked.push({ after: after.rules, signal, answer });
      }),
  );
  const { rerender } = render(<Page policy={LOOSER} />);
  rerender(<Page policy={STRICTER} />);
  expect(asked).toHaveLength(1);
  expect(asked[0]?.signal.aborted).toBe(true);
  // The worker has answered all the same: that answer is not shown.
  asked[0]?.answer(true);
  await vi.waitFor(() => expect(asked).toHaveLength(2), LOADED);
  expect(screen.getByText(/computing…/)).toBeDefined();
  expect(asked[1]?.after).toBe(STRICTER.rules);
  asked[1]?.answer(false);
  await screen.findByText(/^less permissive/, {}, LOADED);
});

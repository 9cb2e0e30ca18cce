import fc from 'fast-check';
import { ruleId, STATUSES, type Rule } from '../engine';
import type { BundleTest } from '../bundle';
import type { Store } from '../store';
import { aPolicy, aRule, type StoreBench } from '../store/testkit';
import type { PolicyCommand } from './command';
import type { WorkspaceOptions } from './options';
import type { ReadySnapshot } from './snapshot';
import { Workspace } from './workspace';

/** Ids from a small set, so that commands of two tabs often mean the same rule. */
export const anId = fc.constantFrom('r1', 'r2', 'r3', 'r4', 'r5', 'r6').map(ruleId);

export const anyRule: fc.Arbitrary<Rule> = fc
  .record({
    id: anId,
    name: fc.constantFrom('A', 'B', ''),
    effect: fc.constantFrom('allow', 'deny'),
    status: fc.constantFrom(...STATUSES),
    tools: fc.constantFrom(['*'], ['send_*', 'x']),
    condition: fc.constantFrom(null, 'true', ''),
  })
  .map(({ id, ...over }) => aRule(id, over));

export const anyRules = fc.uniqueArray(anyRule, { selector: ({ id }) => id, maxLength: 6 });

const anyMembers = fc.record(
  {
    name: fc.constantFrom('Acme', 'Other'),
    description: fc.constantFrom('', 'text'),
    settings: fc.record({ gatedWhenFalse: fc.constantFrom('continue', 'deny') }),
    notes: fc.constantFrom('n', 'm'),
    catalog: fc.constantFrom({ resources: [{ slug: 'slack' }] }, { groups: [{ name: 'finance' }] }),
    tests: fc.constantFrom([], [testOf('t')]),
    extra: fc.constantFrom({ 'x-owner': 'ana' }, { exercise: { text: [1, null] } }),
  },
  { requiredKeys: ['name', 'description', 'settings'] },
);

export const anyContent = fc.tuple(anyMembers, anyRules).map(([members, rules]) => ({ ...members, rules }));

const aTest = fc.constantFrom(null, ...['t', 'u'].map((name) => testOf(name)));

function testOf(name: string): BundleTest {
  return { name, call: { id: 'c' as never }, expect: { effect: 'deny' } };
}

/** Every kind of command, often on rules that are there. */
export const anyCommand: fc.Arbitrary<PolicyCommand> = fc.oneof(
  fc.record({ kind: fc.constant('add-rule' as const), rule: anyRule, index: fc.nat(8) }),
  fc.record({ kind: fc.constant('update-rule' as const), rule: anyRule }),
  fc.record({ kind: fc.constant('duplicate-rule' as const), id: anId, copyId: anId }),
  fc.record({ kind: fc.constant('remove-rules' as const), ids: fc.array(anId, { maxLength: 2 }) }),
  fc.record({ kind: fc.constant('move-rule' as const), id: anId, index: fc.nat(8) }),
  fc.record({
    kind: fc.constant('set-status' as const),
    ids: fc.array(anId, { maxLength: 3 }),
    status: fc.constantFrom(...STATUSES),
  }),
  fc.record({
    kind: fc.constant('set-settings' as const),
    settings: fc.record({ gatedWhenFalse: fc.constantFrom('continue', 'deny') }),
  }),
  fc.record({ kind: fc.constant('rename' as const), name: fc.constantFrom('Acme', 'Other', 'Third') }),
  fc.record({ kind: fc.constant('set-description' as const), description: fc.constantFrom('', 'text') }),
  fc.record({ kind: fc.constant('set-notes' as const), notes: fc.constantFrom('', 'n', 'm') }),
  fc.record({
    kind: fc.constant('set-catalog' as const),
    catalog: fc.constantFrom(null, { resources: [{ slug: 'slack' }] }),
  }),
  fc.record({
    kind: fc.constant('change-tests' as const),
    changes: fc.array(fc.record({ was: aTest, now: aTest }), { maxLength: 2 }),
  }),
  fc.record({ kind: fc.constant('replace-rules' as const), rules: anyRules }),
  fc.record({ kind: fc.constant('replace-all' as const), content: anyContent, from: fc.constant('a bundle') }),
);

/** A tab: a workspace on the bench's data, and what it shows. */
export async function tabOf(
  bench: StoreBench,
  seed = 1,
  { silent = false, ...options }: Pick<WorkspaceOptions, 'policy' | 'onlyLooks'> & { silent?: boolean } = {},
): Promise<{ tab: Workspace; store: Store; shown: () => ReadySnapshot }> {
  const store = await bench.tab({ silent });
  const tab = new Workspace(
    { kind: 'indexeddb', store },
    { now: () => ++bench.clock.now, random: lots(seed), ...options },
  );
  await tab.start();
  return { tab, store, shown: () => shownBy(tab) };
}

export function shownBy(tab: Workspace): ReadySnapshot {
  const snapshot = tab.getSnapshot();
  if (snapshot.phase !== 'ready') throw new Error('the workspace is still opening');
  return snapshot;
}

/** The same lots for the same seed (a linear congruential generator). */
export function lots(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

export { aPolicy, aRule };

import { describe, expect, test } from 'vitest';
import { ruleId, type Rule } from '../engine';
import { implementations, type StoreBench } from '../store/testkit';
import { aPolicy, aRule, tabOf } from './testkit';

const A = aRule('a', { name: 'A', effect: 'allow' });
const B = aRule('b', { name: 'B' });

/** Two tabs that have the same policy open. */
async function twoTabs(bench: StoreBench) {
  const one = await tabOf(bench, 1);
  await one.tab.createPolicy(aPolicy(A, B));
  await one.tab.settled();
  const two = await tabOf(bench, 2);
  // What one saves reaches the other, which may then save something itself.
  const settled = async () => {
    for (const { tab } of [one, two, one, two]) await tab.settled();
  };
  return { one, two, settled };
}

type Tab = Awaited<ReturnType<typeof tabOf>>;

function edit({ tab, shown }: Tab, change: Partial<Rule>): void {
  const rule = shown().draft?.rule;
  if (rule === undefined) throw new Error('no rule is under edit');
  tab.changeDraft({ ...rule, ...change });
}

const ruleA = ({ shown }: Tab) => shown().policy.rules.find(({ id }) => id === A.id);

describe.each(implementations)('two edits of one rule, stored in $name', ({ make }) => {
  test('each part is as the tab saved it that changed it', async () => {
    const { one, two, settled } = await twoTabs(await make());
    for (const { tab } of [one, two]) tab.editRule(A.id);
    edit(one, { effect: 'deny', scope: { ...A.scope, users: ['ana'] } });
    edit(two, { name: 'Renamed', scope: { ...A.scope, groups: ['finance'] } });
    expect(one.tab.saveDraft()).toMatchObject({ kind: 'applied' });
    await settled();
    // What was saved meanwhile shows in the edit, before that is saved.
    expect(two.shown().draft?.rule).toMatchObject({ effect: 'deny', name: 'Renamed' });
    expect(two.tab.saveDraft()).toMatchObject({ kind: 'applied' });
    await settled();
    const merged = { name: 'Renamed', effect: 'deny', scope: { users: ['ana'], groups: ['finance'] } };
    for (const tab of [one, two]) expect(ruleA(tab)).toMatchObject(merged);
    expect(two.shown().notices).toEqual([]);
  });

  test('what both changed is a conflict: nothing is saved until it is settled', async () => {
    const { one, two, settled } = await twoTabs(await make());
    for (const { tab } of [one, two]) tab.editRule(A.id);
    edit(one, { effect: 'deny', name: 'One' });
    edit(two, { effect: 'gated', condition: 'true', name: 'Two' });
    one.tab.saveDraft();
    await settled();
    const saved = ruleA(one);
    expect(two.tab.saveDraft()).toEqual({
      kind: 'conflict',
      conflict: { kind: 'changed', saved, parts: ['name', 'effect'] },
    });
    expect(two.shown().draft?.rule).toMatchObject({ effect: 'gated', name: 'Two' });
    two.tab.settleDraft(['name']);
    expect(two.tab.saveDraft()).toMatchObject({ kind: 'applied' });
    await settled();
    for (const tab of [one, two]) expect(ruleA(tab)).toMatchObject({ name: 'One', effect: 'gated', condition: 'true' });
  });

  test('a change in the same moment is merged, too', async () => {
    const { one, two, settled } = await twoTabs(await make());
    for (const { tab } of [one, two]) tab.editRule(A.id);
    edit(one, { effect: 'deny' });
    edit(two, { name: 'Renamed' });
    for (const { tab } of [one, two]) expect(tab.saveDraft()).toMatchObject({ kind: 'applied' });
    await settled();
    for (const tab of [one, two]) expect(ruleA(tab)).toMatchObject({ name: 'Renamed', effect: 'deny' });
  });

  test('a conflict in the same moment leaves one of the two under edit, and says so', async () => {
    const { one, two, settled } = await twoTabs(await make());
    for (const { tab } of [one, two]) tab.editRule(A.id);
    edit(one, { effect: 'deny' });
    edit(two, { effect: 'gated', condition: 'true' });
    for (const { tab } of [one, two]) expect(tab.saveDraft()).toMatchObject({ kind: 'applied' });
    await settled();
    const [loser, ...others] = [one, two].filter(({ shown }) => shown().draft !== null);
    expect(others).toEqual([]);
    if (loser === undefined) throw new Error('one of the two is under edit');
    const winner = loser === one ? two : one;
    expect(loser.shown().notices).toMatchObject([
      { kind: 'change-lost', keptAsDraft: true, problems: [{ code: 'edited-meanwhile', ruleId: A.id }] },
    ]);
    expect(loser.shown().draft?.rule.effect).not.toBe(ruleA(winner)?.effect);
    expect(loser.tab.saveDraft()).toMatchObject({ kind: 'conflict', conflict: { parts: ['effect'] } });
    expect(ruleA(loser)).toEqual(ruleA(winner));
  });

  test('an edit that another tab ends for itself stays stored for this one', async () => {
    const bench = await make();
    const { one, two, settled } = await twoTabs(bench);
    two.tab.editRule(A.id);
    edit(two, { effect: 'gated', condition: 'true' });
    await settled();
    one.tab.editRule(A.id);
    one.tab.closeDraft('discard');
    await settled();
    one.tab.dispatch({ kind: 'update-rule', rule: { ...A, effect: 'deny' } });
    await settled();
    two.tab.close();
    const later = await tabOf(bench, 3);
    expect(later.shown().draft).toMatchObject({ rule: { effect: 'gated' }, base: A });
    expect(later.tab.saveDraft()).toMatchObject({ kind: 'conflict', conflict: { parts: ['effect'] } });
  });

  test('a row of an older build, which does not say what it is an edit of, counts as an edit of what is saved', async () => {
    const bench = await make();
    const { one } = await twoTabs(bench);
    const policyId = one.shown().policy.id;
    const rule = { ...A, name: 'Half typed' };
    await bench.putRaw('drafts', { policyId, ruleId: A.id, rule, index: null, open: true, at: 1 });
    const later = await tabOf(bench, 3);
    expect(later.shown().draft).toEqual({ rule, base: A, index: null });
    expect(later.tab.saveDraft()).toMatchObject({ kind: 'applied', label: 'rename `A` to `Half typed`' });
  });

  test('a rule that was deleted meanwhile is asked about, and added again where it was', async () => {
    const { one, two, settled } = await twoTabs(await make());
    two.tab.editRule(B.id);
    edit(two, { name: 'B2' });
    one.tab.dispatch({ kind: 'remove-rules', ids: [B.id] });
    await settled();
    expect(two.tab.saveDraft()).toEqual({ kind: 'conflict', conflict: { kind: 'deleted' } });
    two.tab.settleDraft([]);
    expect(two.tab.saveDraft()).toMatchObject({ kind: 'applied', label: 'add `B2`' });
    expect(two.shown().policy.rules.map(({ name }) => name)).toEqual(['A', 'B2']);
  });

  test('an edit without a base replaces the rule, as a rule that is set from outside does', async () => {
    const { one } = await twoTabs(await make());
    one.tab.dispatch({ kind: 'update-rule', rule: { ...A, effect: 'deny' } });
    expect(ruleA(one)).toMatchObject({ effect: 'deny' });
    expect(one.tab.dispatch({ kind: 'update-rule', rule: aRule('gone'), base: aRule('gone') })).toMatchObject({
      problems: [{ code: 'no-such-rule', ruleId: ruleId('gone') }],
    });
  });
});

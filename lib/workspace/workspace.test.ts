import { describe, expect, test } from 'vitest';
import { ruleId } from '../engine';
import { policyId } from '../store';
import { implementations, quotaError } from '../store/testkit';
import { contentOf } from './document';
import { sameJson } from './equal';
import { FIRST_POLICY, firstPolicy } from './first-visit';
import { aPolicy, aRule, tabOf } from './testkit';

const [A, B] = [aRule('a', { name: 'A' }), aRule('b', { name: 'B' })];
const quota = { kind: 'failed', reason: 'quota', message: 'the quota has been exceeded' };
const ids = (policy: { readonly rules: readonly { readonly id: string }[] }) =>
  policy.rules.map(({ id }) => id).join('');

describe.each(implementations)('a workspace in $name', ({ make }) => {
  test('begins with the first policy, one for two tabs that begin at once', async () => {
    const bench = await make();
    const [one, two] = await Promise.all([tabOf(bench, 1), tabOf(bench, 2)]);
    await Promise.all([one.tab.settled(), two.tab.settled()]);
    for (const { shown } of [one, two]) {
      expect(contentOf(shown().policy)).toEqual(firstPolicy());
      expect(shown()).toMatchObject({
        policies: [{ id: FIRST_POLICY, name: 'Acme support desk', rules: 4 }],
        history: { undo: null, redo: null },
        saved: { kind: 'saved' },
        draft: null,
        notices: [],
      });
    }
  });

  test('keeps the very parts of what it shows that say the same as before', async () => {
    const { tab, shown } = await tabOf(await make());
    let before = shown();
    const changed = new Set<string>();
    tab.subscribe(() => {
      const after = shown();
      for (const part of Object.keys(after) as (keyof typeof after)[]) {
        if (after[part] === before[part]) continue;
        changed.add(part);
        expect(sameJson(after[part], before[part]), part).toBe(false);
      }
      before = after;
    });
    tab.editNewRule();
    const rule = shown().draft?.rule;
    if (rule !== undefined) tab.changeDraft({ ...rule, name: 'Typed on' });
    await tab.settled();
    expect([...changed].sort()).toEqual(['draft', 'drafts', 'saved']);
  });

  test('shows a change at once, and finds it again after a reload', async () => {
    const bench = await make();
    const { tab, shown } = await tabOf(bench);
    let notified = 0;
    tab.subscribe(() => (notified += 1));
    expect(tab.dispatch({ kind: 'rename', name: 'Mine' })).toMatchObject({ kind: 'applied' });
    expect(shown()).toMatchObject({ policy: { name: 'Mine', revision: 2 }, saved: { kind: 'saving' } });
    expect(notified).toBeGreaterThan(0);
    await tab.settled();
    expect(shown()).toMatchObject({
      policy: { name: 'Mine', revision: 2 },
      policies: [{ name: 'Mine' }],
      saved: { kind: 'saved' },
      history: { undo: 'rename the policy to `Mine`', redo: null },
    });
    expect((await tabOf(bench, 2)).shown().policy).toEqual(shown().policy);
  });

  test('shows what another tab saved that ended before it could post it: when one is opened, and when this one is looked at', async () => {
    const bench = await make();
    const { tab, shown } = await tabOf(bench);
    const ended = await tabOf(bench, 2, { silent: true });
    const renameInEndedTab = async (name: string) => {
      ended.tab.dispatch({ kind: 'rename', name });
      await ended.tab.settled();
      await tab.settled();
    };
    await renameInEndedTab('First');
    expect(shown().policy.name).not.toBe('First');
    await tabOf(bench, 3);
    await tab.settled();
    expect(shown().policy.name).toBe('First');

    await renameInEndedTab('Second');
    await tab.refresh();
    expect(shown().policy.name).toBe('Second');
  });

  test('opens what was open when the page was left', async () => {
    const bench = await make();
    const { tab } = await tabOf(bench);
    await tab.createPolicy(aPolicy(A));
    await tab.openPolicy(FIRST_POLICY);
    tab.selectTrace('t1' as never);
    tab.selectCall('c1' as never);
    tab.selectRules([ruleId('no-deleting')]);
    await tab.settled();
    const { shown } = await tabOf(bench, 2);
    expect(shown()).toMatchObject({
      policy: { id: FIRST_POLICY },
      selection: { rules: [], traceId: 't1', callId: 'c1' },
    });
    tab.selectTrace('t2' as never);
    await tab.settled();
    expect((await tabOf(bench, 3)).shown().selection).toEqual({ rules: [], traceId: 't2', callId: null });
  });

  test('undo takes back the last step, whoever made it', async () => {
    const bench = await make();
    const [one, two] = [await tabOf(bench, 1), await tabOf(bench, 2)];
    one.tab.dispatch({ kind: 'rename', name: 'One' });
    await one.tab.settled();
    two.tab.dispatch({ kind: 'rename', name: 'Two' });
    await two.tab.settled();
    expect(await one.tab.undo()).toEqual({ kind: 'moved', label: 'rename the policy to `Two`' });
    expect(await two.tab.undo()).toEqual({ kind: 'moved', label: 'rename the policy to `One`' });
    await one.tab.settled();
    for (const { shown } of [one, two]) {
      expect(shown()).toMatchObject({
        policy: { name: 'Acme support desk' },
        history: { undo: null, redo: 'rename the policy to `One`' },
      });
    }
    expect(await one.tab.undo()).toEqual({ kind: 'nothing' });
  });

  test('what another tab made impossible is dropped, and said', async () => {
    const bench = await make();
    const [one, two] = [await tabOf(bench, 1), await tabOf(bench, 2)];
    const large = one.shown().policy.rules.find(({ id }) => id === 'large-refunds') ?? A;
    one.tab.dispatch({ kind: 'remove-rules', ids: [large.id] });
    // Both are under way at once: neither has heard of the other.
    two.tab.dispatch({ kind: 'update-rule', rule: { ...large, status: 'disabled' } });
    two.tab.dispatch({ kind: 'rename', name: 'Two' });
    await Promise.all([one.tab.settled(), two.tab.settled()]);
    await one.tab.settled();
    expect(one.shown().policy).toEqual(two.shown().policy);
    expect(one.shown().policy.name).toBe('Two');
    expect(ids(two.shown().policy)).toBe('no-deletingonly-generalallow-all');
    expect(two.shown().notices).toMatchObject([
      { kind: 'change-lost', label: 'edit `No large refunds`', problems: [{ code: 'no-such-rule' }] },
    ]);
    two.tab.dismissNotice(two.shown().notices[0]?.id ?? 0);
    expect(two.shown().notices).toEqual([]);
  });

  test('keeps several policies', async () => {
    const bench = await make();
    const { tab, shown } = await tabOf(bench);
    await tab.createPolicy();
    await tab.createPolicy();
    expect(shown().policies.map(({ name }) => name)).toEqual(['New policy 2', 'New policy', 'Acme support desk']);
    expect(ids(shown().policy)).toBe('allow-all');
    const second = shown().policy.id;
    await tab.duplicatePolicy(FIRST_POLICY);
    expect(shown().policy).toMatchObject({ name: 'Acme support desk (copy)', rules: firstPolicy().rules });
    expect(shown().history).toEqual({ undo: null, redo: null });
    expect(await tab.renamePolicy(second, 'Renamed')).toMatchObject({ kind: 'applied' });
    expect(shown().policies[0]).toMatchObject({ id: second, name: 'Renamed', rules: 1 });
    expect(shown().policy.name).toBe('Acme support desk (copy)');
    expect(await tab.openPolicy(policyId('none'))).toEqual({ kind: 'missing' });
    expect(await tab.renamePolicy(policyId('none'), 'x')).toEqual({ kind: 'missing' });
    expect((await tabOf(bench, 2)).shown().policies).toEqual(shown().policies);
  });

  test('deletes a policy, and takes that back', async () => {
    const bench = await make();
    const [one, two] = [await tabOf(bench, 1), await tabOf(bench, 2)];
    one.tab.dispatch({ kind: 'rename', name: 'Mine' });
    await one.tab.createPolicy(aPolicy(A));
    expect(await one.tab.deletePolicy(FIRST_POLICY)).toMatchObject({ kind: 'opened' });
    expect(one.shown()).toMatchObject({ policy: { name: 'Acme' }, policies: [{ name: 'Acme' }] });
    await two.tab.settled();
    expect(two.shown()).toMatchObject({ policy: { name: 'Acme' }, notices: [{ kind: 'policy-gone', name: 'Acme' }] });
    const last = one.shown().policy.id;
    await one.tab.deletePolicy(last);
    expect(one.shown()).toMatchObject({ policy: { name: 'New policy' }, policies: [{ name: 'New policy' }] });
    await one.tab.restorePolicy(FIRST_POLICY);
    expect(one.shown()).toMatchObject({
      policy: { id: FIRST_POLICY, name: 'Mine' },
      history: { undo: 'rename the policy to `Mine`' },
    });
    await two.tab.settled();
    expect(two.shown().policies).toEqual(one.shown().policies);
    expect(await one.tab.restorePolicy(policyId('none'))).toEqual({ kind: 'missing' });
  });

  test('a deleted policy can be brought back for a week', async () => {
    const bench = await make();
    const day = 24 * 3_600_000;
    const { tab, shown } = await tabOf(bench, 1);
    await tab.createPolicy(aPolicy(A));
    await tab.deletePolicy(FIRST_POLICY);
    bench.clock.now += 6 * day;
    expect(await (await tabOf(bench, 2)).tab.restorePolicy(FIRST_POLICY)).toMatchObject({ kind: 'opened' });
    await tab.deletePolicy(FIRST_POLICY);
    bench.clock.now += 8 * day;
    // The first start after that long time could be one with a wrong clock.
    await tabOf(bench, 3);
    const later = await tabOf(bench, 4);
    expect(await later.tab.restorePolicy(FIRST_POLICY)).toEqual({ kind: 'missing' });
    expect(later.shown().policies).toEqual(shown().policies);
  });

  test('of two policies that are opened at once shows the later', async () => {
    const bench = await make();
    const { tab, shown } = await tabOf(bench);
    await tab.createPolicy(aPolicy(A));
    const other = shown().policy.id;
    await Promise.all([tab.openPolicy(FIRST_POLICY), tab.openPolicy(other)]);
    expect(shown().policy.id).toBe(other);
    await Promise.all([tab.openPolicy(other), tab.openPolicy(FIRST_POLICY)]);
    expect(shown().policy.id).toBe(FIRST_POLICY);
  });

  test('keeps the draft of a rule across a reload, and saves it as one step', async () => {
    const bench = await make();
    const { tab, shown } = await tabOf(bench);
    await tab.createPolicy(aPolicy(A, B));
    tab.editRule(A.id);
    expect(shown().draft).toEqual({ rule: A, base: A, index: null });
    for (const name of ['A1', 'A12', 'A123']) tab.changeDraft({ ...A, name, tools: [''] });
    tab.changeDraft({ ...B, name: 'not the rule under edit' });
    expect(shown().policy.rules).toEqual([A, B]);
    await tab.settled();
    tab.close();

    const later = await tabOf(bench, 2);
    expect(later.shown().draft).toEqual({ rule: { ...A, name: 'A123', tools: [''] }, base: A, index: null });
    expect(later.tab.saveDraft()).toMatchObject({
      kind: 'refused',
      problems: [{ code: 'pattern-empty', pointer: '/tools/0' }],
    });
    expect(later.shown().draft).not.toBeNull();
    later.tab.changeDraft({ ...A, name: 'A2' });
    expect(later.tab.saveDraft()).toMatchObject({ kind: 'applied', label: 'rename `A` to `A2`' });
    expect(later.shown()).toMatchObject({ draft: null, drafts: [], policy: { rules: [{ name: 'A2' }, B] } });
    await later.tab.settled();
    expect((await tabOf(bench, 3)).shown()).toMatchObject({ draft: null, policy: { rules: [{ name: 'A2' }, B] } });
    expect(later.tab.saveDraft()).toEqual({ kind: 'unchanged' });
  });

  test('a new rule is a draft until it is saved; a draft may be kept for later', async () => {
    const bench = await make();
    const { tab, shown } = await tabOf(bench);
    await tab.createPolicy(aPolicy(A, B));
    tab.editNewRule({ name: 'N', tools: ['x'] }, 1);
    const draft = shown().draft;
    expect(draft).toMatchObject({ index: 1, rule: { name: 'N', effect: 'deny', status: 'active' } });
    expect(tab.newRuleId()).not.toBe(draft?.rule.id);
    tab.closeDraft('keep');
    expect(shown()).toMatchObject({ draft: null, drafts: [draft] });
    tab.editRule(B.id);
    tab.closeDraft('discard');
    await tab.settled();
    const later = await tabOf(bench, 2);
    expect(later.shown()).toMatchObject({ draft: null, drafts: [draft] });
    later.tab.editRule(A.id);
    later.tab.closeDraft('discard');
    await later.tab.openPolicy(FIRST_POLICY);
    expect(later.shown().drafts).toEqual([]);
    await later.tab.openPolicy(shown().policy.id);
    expect(later.shown().drafts).toEqual([draft]);
  });

  test('where there is no room, work goes on in memory and is saved when there is', async () => {
    const bench = await make();
    const { tab, shown } = await tabOf(bench);
    bench.failWrites(() => quotaError());
    tab.dispatch({ kind: 'rename', name: 'Unsaved' });
    tab.dispatch({ kind: 'set-description', description: 'also' });
    await tab.settled();
    expect(shown()).toMatchObject({
      policy: { name: 'Unsaved', description: 'also' },
      saved: { kind: 'failed', failure: quota, unsaved: 2 },
    });
    expect(await tab.undo()).toEqual(quota);
    await tab.createPolicy(aPolicy(A));
    tab.dispatch({ kind: 'rename', name: 'Never stored' });
    await tab.settled();
    expect(shown()).toMatchObject({
      policy: { name: 'Never stored' },
      saved: { kind: 'failed', failure: quota, unsaved: 4 },
    });
    expect(shown().policies.map(({ name }) => name)).toEqual(['Never stored', 'Unsaved']);
    expect(await tab.openPolicy(FIRST_POLICY)).toMatchObject({ kind: 'opened' });
    expect(shown().policy).toMatchObject({ name: 'Unsaved', description: 'also' });
    expect((await tabOf(bench, 2)).shown().policy.name).toBe('Acme support desk');

    bench.failWrites(null);
    await tab.retrySave();
    await tab.settled();
    expect(shown().saved).toEqual({ kind: 'saved' });
    const later = await tabOf(bench, 3);
    expect(
      later
        .shown()
        .policies.map(({ name }) => name)
        .toSorted(),
    ).toEqual(['Never stored', 'Unsaved']);
    expect(later.shown().history.undo).toBe('change the description');
  });

  test('storage that fails at every key stroke is spoken of once', async () => {
    const bench = await make();
    const { tab, shown } = await tabOf(bench);
    bench.failWrites(() => quotaError());
    tab.editRule(ruleId('allow-all'));
    const rule = shown().draft?.rule ?? A;
    for (const name of ['x', 'xy', 'xyz']) {
      tab.changeDraft({ ...rule, name });
      await tab.settled();
    }
    expect(shown().draft?.rule.name).toBe('xyz');
    expect(shown().notices).toMatchObject([{ kind: 'storage', failure: quota }]);
  });

  test('a policy that cannot be read is set aside, and the rest goes on', async () => {
    const bench = await make();
    const first = await tabOf(bench, 1);
    await first.tab.createPolicy(aPolicy(A));
    await first.tab.settled();
    await bench.putRaw('policies', { id: FIRST_POLICY, revision: 'x' });
    const { tab, shown } = await tabOf(bench, 2);
    await tab.settled();
    expect(shown()).toMatchObject({
      policies: [{ name: 'Acme' }],
      notices: [{ kind: 'quarantined', count: 1 }],
      quarantined: [{ table: 'policies', key: FIRST_POLICY, row: { policy: { revision: 'x' } } }],
    });
    await tab.discardQuarantined();
    expect(shown()).toMatchObject({ quarantined: [], notices: [] });
  });

  test('where nothing can be read, begins anew and keeps what was there', async () => {
    const bench = await make();
    await bench.putRaw('policies', { id: FIRST_POLICY });
    await bench.putRaw('settings', { key: 'view', value: new Map() });
    await bench.putRaw('drafts', { policyId: FIRST_POLICY, ruleId: 'r' });
    const { tab, shown } = await tabOf(bench);
    await tab.settled();
    expect(contentOf(shown().policy)).toEqual(firstPolicy());
    expect(
      shown()
        .quarantined.map(({ table }) => table)
        .toSorted(),
    ).toEqual(['drafts', 'policies', 'settings']);
  });

  test('saves versions by name, and brings one back as one step', async () => {
    const bench = await make();
    const { tab, shown } = await tabOf(bench);
    const before = contentOf(shown().policy);
    const saved = await tab.saveVersion('before');
    tab.dispatch({ kind: 'rename', name: 'x' });
    tab.dispatch({ kind: 'replace-rules', rules: [A] });
    await tab.saveVersion('after');
    const later = await tabOf(bench, 2);
    expect(later.shown().versions.map(({ name }) => name)).toEqual(['after', 'before']);
    expect('id' in saved && later.tab.restoreVersion(saved.id)).toMatchObject({
      kind: 'applied',
      label: 'replace everything by `before`',
    });
    expect(contentOf(later.shown().policy)).toEqual(before);
    await later.tab.undo();
    expect(ids(later.shown().policy)).toBe('a');
    for (const { id } of later.shown().versions) await later.tab.deleteVersion(id);
    await tab.settled();
    expect(shown().versions).toEqual([]);
  });

  test('deletes everything, for every tab', async () => {
    const bench = await make();
    const [one, two] = [await tabOf(bench, 1), await tabOf(bench, 2)];
    await one.tab.createPolicy(aPolicy(A));
    two.tab.editRule(ruleId('allow-all'));
    await two.tab.settled();
    expect(await one.tab.deleteEverything()).toEqual({ kind: 'done' });
    await Promise.all([one.tab.settled(), two.tab.settled()]);
    for (const { shown } of [one, two]) {
      expect(contentOf(shown().policy)).toEqual(firstPolicy());
      expect(shown()).toMatchObject({
        policies: [{ id: FIRST_POLICY }],
        draft: null,
        drafts: [],
        saved: { kind: 'saved' },
      });
    }
    expect(two.shown().notices).toMatchObject([{ kind: 'erased' }]);
    expect(await bench.allRaw('drafts')).toEqual([]);
  });

  test('what is under way when the page closes still arrives', async () => {
    const bench = await make();
    const { tab } = await tabOf(bench);
    tab.dispatch({ kind: 'rename', name: 'Last word' });
    tab.close();
    tab.close();
    await tab.settled();
    expect((await tabOf(bench, 2)).shown().policy.name).toBe('Last word');
  });
});

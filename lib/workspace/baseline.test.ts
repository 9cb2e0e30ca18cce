import { describe, expect, test } from 'vitest';
import { bundleOf, digestOf } from '../bundle';
import { policyId, traceId } from '../store';
import { implementations } from '../store/testkit';
import { aPolicy, aRule, tabOf } from './testkit';

const A = aRule('a', { name: 'A' });
const B = aRule('b', { name: 'B' });

describe.each(implementations)('in $name', ({ make }) => {
  test('a baseline is kept with its policy, and follows another policy', async () => {
    const bench = await make();
    const { tab, shown } = await tabOf(bench);
    const own = await tab.createPolicy(aPolicy(A));
    const other = await tab.createPolicy({ ...aPolicy(B), name: 'Other' });
    if (own.kind !== 'opened' || other.kind !== 'opened') throw new Error('not opened');
    await tab.openPolicy(own.id);
    expect(shown().baseline).toBeNull();

    const version = await tab.saveVersion('Tuesday');
    if (!('id' in version)) throw new Error('not saved');
    await tab.baselines.pinVersion(version);
    tab.dispatch({ kind: 'replace-rules', rules: [] });
    const pinned = { from: { kind: 'version', id: version.id }, name: 'Tuesday', policy: { rules: [A] } };
    expect(shown().baseline).toMatchObject(pinned);
    // A version that is deleted stays what one compares with, until something else is chosen.
    await tab.deleteVersion(version.id);
    await tab.openPolicy(other.id);
    expect(shown().baseline).toBeNull();
    await tab.openPolicy(own.id);
    expect(shown().baseline).toMatchObject(pinned);

    await tab.baselines.pinBundle(bundleOf('Shared', aPolicy(B)));
    await tab.settled();
    const later = await tabOf(bench, 2);
    expect(later.shown().baseline).toMatchObject({ from: { kind: 'bundle' }, name: 'Shared', policy: { rules: [B] } });

    await tab.baselines.pinPolicy(other.id);
    expect(shown().baseline).toMatchObject({ name: 'Other', policy: { rules: [B] } });
    // Another tab edits the other policy.
    await later.tab.openPolicy(other.id);
    later.tab.dispatch({ kind: 'replace-rules', rules: [A, B] });
    await later.tab.settled();
    await expect.poll(() => shown().baseline?.policy.rules).toEqual([A, B]);

    await tab.baselines.unpin();
    expect(shown().baseline).toBeNull();
    const last = await tabOf(bench, 3);
    await last.tab.openPolicy(own.id);
    expect(last.shown().baseline).toBeNull();
  });

  test('a tab that only looks opens what it is asked for, reads what is pinned, and changes neither for others', async () => {
    const bench = await make();
    const { tab, store } = await tabOf(bench);
    const one = await tab.createPolicy({ ...aPolicy(A), name: 'One' });
    const two = await tab.createPolicy({ ...aPolicy(B), name: 'Two' });
    if (one.kind !== 'opened' || two.kind !== 'opened') throw new Error('not opened');
    await tab.baselines.pinPolicy(one.id);
    await tab.openPolicy(one.id);
    await tab.baselines.pinBundle(bundleOf('Shared', aPolicy(B)));
    await tab.settled();
    const settings = async () => [await store.readSetting('view'), await store.readSetting(`baseline/${two.id}`)];
    const before = await settings();

    const looking = await tabOf(bench, 2, { policy: two.id, onlyLooks: true });
    expect(looking.shown()).toMatchObject({ policy: { id: two.id }, baseline: { name: 'One' } });
    await looking.tab.baselines.pinBundle(bundleOf('Theirs', aPolicy(B)));
    expect(looking.shown().baseline).toMatchObject({ name: 'Theirs' });
    await looking.tab.baselines.unpin();
    await looking.tab.openPolicy(one.id);
    expect(looking.shown().baseline).toMatchObject({ name: 'Shared' });
    looking.tab.selectTrace(traceId('t'));
    await looking.tab.settled();
    expect(await settings()).toEqual(before);
    const lost = await tabOf(bench, 3, { policy: policyId('gone') });
    expect(lost.shown().policy.id).toBe(one.id);
  });

  test('bundles are kept by digest, the last eight of them, and what is no longer itself is not there', async () => {
    const bench = await make();
    const { tab, shown, store } = await tabOf(bench);
    const digests: string[] = [];
    for (let n = 0; n < 10; n++) {
      const bundle = bundleOf(`Bundle ${n}`, aPolicy(aRule('a', { name: `Rule ${n}` })));
      digests.push(digestOf(bundle));
      await tab.baselines.pinBundle(bundle);
      await tab.baselines.keep();
    }
    await tab.baselines.unpin();
    await tab.baselines.keep();
    const kept = [];
    for (const digest of digests) kept.push(await tab.baselines.pinKept(digest));
    expect(kept).toEqual([false, false, ...Array.from({ length: 8 }, () => true)]);
    expect(shown().baseline).toMatchObject({ from: { kind: 'bundle' }, name: 'Bundle 9' });
    const found = await store.readSetting('compared-bundles');
    const [row] = found.kind === 'found' ? (found.value as { digest: string; bundle: string }[]) : [];
    const other = digestOf(aPolicy(B));
    for (const broken of [7, [{ ...row, bundle: '{' }], [{ ...row, digest: other }], [{ digest: other }, null]]) {
      await store.putSetting('compared-bundles', broken as never);
      expect(await tab.baselines.pinKept(row?.digest ?? '')).toBe(false);
      expect(await tab.baselines.pinKept(other)).toBe(false);
    }
    expect(shown().baseline).toMatchObject({ name: 'Bundle 9' });
  });

  test('a baseline that cannot be read back is not there', async () => {
    const bench = await make();
    const { tab, shown, store } = await tabOf(bench);
    const { id } = shown().policy;
    for (const value of [
      7,
      { kind: 'version', id: 'v' },
      { kind: 'bundle', bundle: '{"format":"x"}' },
      { kind: 'policy', id: 'gone' },
    ]) {
      await store.putSetting(`baseline/${id}`, value);
      await tab.openPolicy(id);
      expect(shown().baseline).toBeNull();
    }
  });
});

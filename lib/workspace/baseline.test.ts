import { describe, expect, test } from 'vitest';
import { bundleOf } from '../bundle';
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

import { unzipSync, strFromU8 } from 'fflate';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { describe, expect, test } from 'vitest';
import { openStore } from '../store';
import { silentChannel } from '../store/channel';
import { openDexieBackend, SCHEMA } from '../store/dexie';
import { implementations, quotaError } from '../store/testkit';
import { FIRST_POLICY } from './first-visit';
import { aPolicy, aRule, lots, shownBy, tabOf } from './testkit';
import { Workspace } from './workspace';

const DAY = 24 * 3_600_000;

/** One browser's database, and tabs on it that hear nothing of each other. */
function aBrowser() {
  const options = { indexedDB: new IDBFactory(), IDBKeyRange };
  let now = 1_000;
  let seed = 0;
  return {
    options,
    async tab() {
      const clock = () => ++now;
      const opened = await openStore({ now: clock, name: 'test', indexedDB: options, channel: silentChannel });
      const tab = new Workspace(opened, { now: clock, random: lots(++seed) });
      await tab.start();
      return { tab, shown: () => shownBy(tab) };
    },
    deleteData: () =>
      new Promise<void>((resolve, reject) => {
        const request = options.indexedDB.deleteDatabase('test');
        request.onsuccess = () => resolve();
        request.onerror = () => reject(new Error('not deleted'));
      }),
  };
}

async function downloaded(tab: Workspace): Promise<Record<string, string>> {
  const { bytes } = await tab.exportWork();
  return Object.fromEntries(Object.entries(unzipSync(bytes)).map(([path, data]) => [path, strFromU8(data)]));
}

/** A tab with two policies, a version and a rule under edit, all shown as saved. */
async function workOf({ tab, shown }: Awaited<ReturnType<ReturnType<typeof aBrowser>['tab']>>): Promise<void> {
  await tab.createPolicy({ ...aPolicy(aRule('a')), name: 'Beside' });
  await tab.createPolicy({ ...aPolicy(aRule('b')), name: 'Open' });
  tab.dispatch({ kind: 'set-description', description: 'edited' });
  await tab.saveVersion('before the change');
  const rule = aRule('b', { name: 'Half typed' });
  tab.editRule(rule.id);
  tab.changeDraft(rule);
  await tab.settled();
  expect(shown().saved).toEqual({ kind: 'saved' });
}

describe('data deleted while a tab shows them', () => {
  test('count as not saved, can be downloaded, and are saved again on request', async () => {
    const browser = aBrowser();
    const one = await browser.tab();
    await workOf(one);
    await browser.deleteData();
    await one.tab.settled();
    expect(one.shown()).toMatchObject({
      saved: { kind: 'failed', failure: { reason: 'closed' } },
      notices: [{ kind: 'storage-closed', cause: 'deleted' }],
      policy: { name: 'Open', description: 'edited' },
    });
    const files = await downloaded(one.tab);
    expect(Object.keys(files)).toEqual(
      expect.arrayContaining(['policies/Open.policy.json', 'policies/Beside.policy.json']),
    );
    expect(files['history/Open.ndjson']).toContain('before the change');
    expect(files['history/Open.ndjson']).toContain('Half typed');

    await one.tab.retrySave();
    await one.tab.settled();
    expect(one.shown().saved).toEqual({ kind: 'saved' });
    expect(one.shown().notices.map(({ kind }) => kind)).not.toContain('storage-closed');
    const { shown } = await browser.tab();
    expect(shown().policies.map(({ name }) => name)).toEqual(expect.arrayContaining(['Open', 'Beside']));
    expect(shown()).toMatchObject({
      policy: { name: 'Open', description: 'edited' },
      versions: [{ name: 'before the change' }],
      draft: { rule: { name: 'Half typed' } },
    });
  });

  test('become a step of what another tab began anew under the same id', async () => {
    const browser = aBrowser();
    const one = await browser.tab();
    one.tab.dispatch({ kind: 'rename', name: 'Mine' });
    await one.tab.settled();
    await browser.deleteData();
    const two = await browser.tab();
    expect(two.shown().policy).toMatchObject({ id: FIRST_POLICY, name: 'Acme support desk' });
    await one.tab.retrySave();
    await one.tab.settled();
    expect(one.shown()).toMatchObject({ policy: { name: 'Mine' }, saved: { kind: 'saved' } });
    await two.tab.refresh();
    expect(two.shown().policy.name).toBe('Mine');
    await two.tab.undo();
    expect(two.shown().policy.name).toBe('Acme support desk');
  });
});

test('a tab beside a newer build keeps what is saved, says why it saves no more, and gives out the rest', async () => {
  const browser = aBrowser();
  const { tab, shown } = await browser.tab();
  await workOf({ tab, shown });
  const newer = await openDexieBackend('test', browser.options, [...SCHEMA, { tables: { later: 'id' } }]);
  await tab.settled();
  expect(shown()).toMatchObject({
    saved: { kind: 'saved' },
    notices: [{ kind: 'storage-closed', cause: 'newer-build' }],
  });
  tab.dispatch({ kind: 'rename', name: 'Too late' });
  await tab.settled();
  expect(shown().saved).toMatchObject({ kind: 'failed', unsaved: 1 });
  await tab.retrySave();
  expect(shown().saved).toMatchObject({ kind: 'failed', unsaved: 1 });
  expect(shown().notices).toMatchObject([{}, { kind: 'storage', failure: { message: /newer version/ } }]);
  expect(Object.keys(await downloaded(tab))).toContain('policies/Too late.policy.json');
  const rows = await newer.transact('read', ['policies'], (tx) => tx.all('policies'));
  expect(rows).toHaveLength(3);
  newer.close();
});

describe.each(implementations)('in $name', ({ make }) => {
  test('a draft that could not be written is not shown as saved, and is written later', async () => {
    const bench = await make();
    const { tab, shown } = await tabOf(bench);
    const first = shown().policy.rules[0] ?? aRule('x');
    bench.failWrites((table) => (table === 'drafts' ? quotaError() : null));
    tab.editRule(first.id);
    tab.changeDraft({ ...first, name: 'Typed without room' });
    await tab.settled();
    expect(shown().saved).toMatchObject({ kind: 'failed', failure: { reason: 'quota' }, unsaved: 1 });
    expect((await downloaded(tab))['history/Acme support desk.ndjson']).toContain('Typed without room');
    // Also not where another policy is open meanwhile.
    await tab.createPolicy(aPolicy());
    await tab.openPolicy(FIRST_POLICY);
    expect(shown().draft?.rule.name).toBe('Typed without room');
    bench.failWrites(null);
    await tab.retrySave();
    expect(shown().saved).toEqual({ kind: 'saved' });
    expect((await tabOf(bench, 2)).shown().draft?.rule.name).toBe('Typed without room');
  });

  test.each([
    ['damaged', (id: string): object => ({ id, revision: 'x' })],
    ['of another shape', (id: string): object => ({ id, rules: [] })],
  ])('an open policy whose record is %s is set aside and stored anew as it is shown', async (_what, row) => {
    const bench = await make();
    const { tab, shown } = await tabOf(bench);
    tab.dispatch({ kind: 'rename', name: 'Shown as saved' });
    await tab.settled();
    await bench.putRaw('policies', row(FIRST_POLICY));
    tab.dispatch({ kind: 'set-description', description: 'after' });
    await tab.settled();
    expect(shown().saved).toEqual({ kind: 'saved' });
    expect(
      shown()
        .notices.map(({ kind }) => kind)
        .toSorted(),
    ).toEqual(['quarantined', 'stored-anew']);
    const later = await tabOf(bench, 2);
    expect(later.shown().policy).toMatchObject({ name: 'Shown as saved', description: 'after' });
    expect(later.shown().quarantined).toHaveLength(1);
  });

  test('a clock that was set ahead once does not empty the bin; the order of steps never goes by the clock', async () => {
    const bench = await make();
    const { tab, shown } = await tabOf(bench);
    await tab.createPolicy({ ...aPolicy(), name: 'Binned' });
    const { id } = shown().policy;
    await tab.deletePolicy(id);
    tab.dispatch({ kind: 'rename', name: 'One' });
    await tab.settled();
    bench.clock.now += 400 * DAY;
    const ahead = await tabOf(bench, 2);
    ahead.tab.dispatch({ kind: 'rename', name: 'Two' });
    await ahead.tab.settled();
    bench.clock.now -= 800 * DAY;
    const behind = await tabOf(bench, 3);
    behind.tab.dispatch({ kind: 'rename', name: 'Three' });
    expect(behind.shown().policy.name).toBe('Three');
    for (const name of ['Two', 'One', 'Acme support desk']) {
      await behind.tab.undo();
      expect(behind.shown().policy.name).toBe(name);
    }
    expect(await behind.tab.restorePolicy(id)).toEqual({ kind: 'opened', id });
  });
});

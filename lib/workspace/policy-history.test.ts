import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isFailure } from '../store';
import { implementations } from '../store/testkit';
import { contentOf } from './document';
import { FIRST_POLICY, firstPolicy } from './first-visit';
import { anyCommand, aPolicy, aRule, tabOf } from './testkit';
import type { Workspace } from './workspace';

async function historyOf(tab: Workspace, most = 100) {
  const history = await tab.readHistory(most);
  if (isFailure(history)) throw new Error(history.message);
  return history;
}

describe.each(implementations)('the history of a policy in $name', ({ make }) => {
  test('has each step with the policy before and after it, those that were taken back too', async () => {
    const { tab, shown } = await tabOf(await make());
    tab.dispatch({ kind: 'rename', name: 'One' });
    tab.dispatch({ kind: 'add-rule', rule: aRule('new') });
    tab.dispatch({ kind: 'rename', name: 'Two' });
    await tab.undo();
    const { steps, earlier, gap } = await historyOf(tab);
    expect([earlier, gap]).toEqual([0, undefined]);
    expect(steps.map(({ position, label, undone }) => [position, label, undone])).toEqual([
      [3, 'rename the policy to `Two`', true],
      [2, 'add `Rule new`', false],
      [1, 'rename the policy to `One`', false],
    ]);
    expect(steps.map(({ before, after }) => [before.name, after.name])).toEqual([
      ['One', 'Two'],
      ['One', 'One'],
      ['Acme support desk', 'One'],
    ]);
    expect(steps[1]?.after).toEqual(contentOf(shown().policy));
    expect(steps[2]?.before).toEqual(firstPolicy());
  });

  test('is read by parts', async () => {
    const { tab } = await tabOf(await make());
    for (let i = 0; i < 6; i++) tab.dispatch({ kind: 'rename', name: `N${i}` });
    await tab.settled();
    const { steps, earlier } = await historyOf(tab, 2);
    expect([steps.map(({ position }) => position), earlier]).toEqual([[6, 5], 4]);
  });

  test('chains whatever is done: what a step leaves is what the next one finds', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyCommand, { maxLength: 8 }), fc.nat(3), async (commands, undos) => {
        const { tab, shown } = await tabOf(await make());
        for (const command of commands) tab.dispatch(command);
        for (let i = 0; i < undos; i++) await tab.undo();
        const { steps } = await historyOf(tab);
        for (const [i, step] of steps.entries()) {
          const later = steps[i - 1];
          if (later !== undefined) expect(step.after).toEqual(later.before);
        }
        const present = steps.find(({ undone }) => !undone)?.after ?? steps.at(-1)?.before;
        if (present !== undefined) expect(present).toEqual(contentOf(shown().policy));
        tab.close();
      }),
      { numRuns: 30 },
    );
  });
});

describe.each(implementations)('a policy in the archive of $name', ({ make }) => {
  test('is off the list, keeps its history, and comes back', async () => {
    const bench = await make();
    const { tab, shown } = await tabOf(bench);
    await tab.createPolicy({ ...aPolicy(aRule('a')), name: 'Other' });
    const { id } = shown().policy;
    tab.dispatch({ kind: 'set-description', description: 'kept' });
    expect(await tab.archivePolicy(id)).toEqual({ kind: 'opened', id: FIRST_POLICY });
    expect(shown().policies.map(({ name }) => name)).toEqual(['Acme support desk']);
    expect(shown().aside).toMatchObject([{ id, name: 'Other', place: 'archive' }]);
    // It is none that is deleted after a week.
    bench.clock.now += 30 * 24 * 3_600_000;
    const { shown: later, tab: second } = await tabOf(bench, 2);
    expect(later().aside).toMatchObject([{ id, place: 'archive' }]);
    await second.restorePolicy(id);
    expect(later()).toMatchObject({
      policy: { id, description: 'kept' },
      aside: [],
      history: { undo: 'change the description' },
    });
  });

  test('may be deleted, and comes back from the bin', async () => {
    const { tab, shown } = await tabOf(await make());
    await tab.createPolicy({ ...aPolicy(aRule('a')), name: 'Other' });
    const { id } = shown().policy;
    await tab.archivePolicy(id);
    await tab.deletePolicy(id);
    expect(shown().aside).toMatchObject([{ id, place: 'bin' }]);
    await tab.restorePolicy(id);
    expect(shown()).toMatchObject({ policy: { id }, aside: [] });
  });

  test('is replaced by a new one where it was the only one', async () => {
    const { tab, shown } = await tabOf(await make());
    await tab.archivePolicy(FIRST_POLICY);
    expect(shown().policies).toHaveLength(1);
    expect(shown().policy.id).not.toBe(FIRST_POLICY);
  });
});

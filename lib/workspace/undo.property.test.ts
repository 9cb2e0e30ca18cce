import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { implementations } from '../store/testkit';
import { contentOf } from './document';
import { anyCommand, anyContent, tabOf } from './testkit';
import type { Workspace } from './workspace';

/** Does it until there is nothing more to do; the labels of what was done. */
async function all(move: () => ReturnType<Workspace['undo']>): Promise<readonly string[]> {
  const labels: string[] = [];
  for (;;) {
    const moved = await move();
    if (moved.kind === 'failed') throw new Error(moved.message);
    if (moved.kind === 'nothing') return labels;
    labels.push(moved.label);
  }
}

type Action = { readonly tab: 0 | 1; readonly settle: boolean } & (
  | { readonly kind: 'command'; readonly command: typeof anyCommand extends fc.Arbitrary<infer C> ? C : never }
  | { readonly kind: 'undo' | 'redo' }
);
const anyAction: fc.Arbitrary<Action> = fc
  .tuple(
    fc.record({ tab: fc.constantFrom<0 | 1>(0, 1), settle: fc.boolean() }),
    fc.oneof(
      { weight: 4, arbitrary: anyCommand.map((command) => ({ kind: 'command' as const, command })) },
      { weight: 2, arbitrary: fc.constant({ kind: 'undo' as const }) },
      { weight: 1, arbitrary: fc.constant({ kind: 'redo' as const }) },
    ),
  )
  .map(([where, what]) => ({ ...where, ...what }));

describe.each(implementations)('undo and redo in $name', ({ name, make }) => {
  const numRuns = name === 'memory' ? 100 : 15;

  test('undoing everything gives the beginning, redoing everything the end, also after a reload', async () => {
    await fc.assert(
      fc.asyncProperty(anyContent, fc.array(anyCommand, { maxLength: 12 }), async (beginning, commands) => {
        const bench = await make();
        const { tab, shown } = await tabOf(bench);
        await tab.createPolicy(beginning);
        const done = commands.flatMap((command) => {
          const applied = tab.dispatch(command);
          return applied.kind === 'applied' ? [applied.label] : [];
        });
        await tab.settled();
        expect(shown().saved).toEqual({ kind: 'saved' });
        const end = shown().policy;
        expect(await all(() => tab.undo())).toEqual(done.toReversed());
        expect(contentOf(shown().policy)).toEqual(beginning);
        await tab.settled();

        const later = await tabOf(bench, 2);
        expect(contentOf(later.shown().policy)).toEqual(beginning);
        expect(await all(() => later.tab.redo())).toEqual(done);
        expect(contentOf(later.shown().policy)).toEqual(contentOf(end));
        expect(await all(() => later.tab.undo())).toEqual(done.toReversed());
        expect(contentOf(later.shown().policy)).toEqual(beginning);
      }),
      { numRuns },
    );
  });

  test('two tabs agree, whatever they do and however it falls together', async () => {
    await fc.assert(
      fc.asyncProperty(anyContent, fc.array(anyAction, { maxLength: 14 }), async (beginning, actions) => {
        const bench = await make();
        const one = await tabOf(bench, 1);
        await one.tab.createPolicy(beginning);
        await one.tab.settled();
        const two = await tabOf(bench, 2);
        const tabs = [one, two] as const;
        for (const { tab: which, settle, ...action } of actions) {
          const { tab } = tabs[which];
          if (action.kind === 'command') tab.dispatch(action.command);
          else if (action.kind === 'undo') void tab.undo();
          else void tab.redo();
          if (settle) await Promise.all(tabs.map((each) => each.tab.settled()));
        }
        // Twice: what the one writes last, the other hears after it.
        for (let i = 0; i < 2; i++) for (const each of tabs) await each.tab.settled();
        for (const { shown } of tabs) expect(shown().saved).toEqual({ kind: 'saved' });
        expect(two.shown().policy).toEqual(one.shown().policy);
        expect(two.shown().history).toEqual(one.shown().history);
        const stored = await one.store.readPolicy(one.shown().policy.id);
        expect(stored.kind === 'found' && stored.value.head.content).toEqual(contentOf(one.shown().policy));
        const done = await all(() => two.tab.undo());
        expect(contentOf(two.shown().policy)).toEqual(beginning);
        await one.tab.settled();
        expect(contentOf(one.shown().policy)).toEqual(beginning);
        const redone = await all(() => one.tab.redo());
        expect(redone.slice(0, done.length)).toEqual(done.toReversed());
      }),
      { numRuns },
    );
  });
});

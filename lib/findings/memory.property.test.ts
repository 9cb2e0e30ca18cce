import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Policy, Rule } from '../engine';
import { smallPolicy } from '../regions/testdata/small-world';
import { findFindings, FindingMemory } from './index';

const RUNS = Number(process.env['REGION_RUNS'] ?? 8);

/** An edit of a policy: a rule is moved, removed, made a draft, replaced by one of another policy, or put twice. */
function edited(
  { rules, settings }: Policy,
  [how, from, to]: readonly [number, number, number],
  other: Policy,
): Policy {
  const next = [...rules];
  const [taken] = next.splice(from % rules.length, 1) as [Rule];
  const at = to % (next.length + 1);
  const fresh = other.rules[to % other.rules.length] ?? taken;
  const put: readonly Rule[][] = [
    [taken],
    [],
    [{ ...taken, status: taken.status === 'active' ? 'draft' : 'active' }],
    [{ ...fresh, id: taken.id }],
    [taken, { ...taken, id: `${taken.id}-2` as Rule['id'] }],
  ];
  next.splice(how % put.length === 0 ? at : from % rules.length, 0, ...(put[how % put.length] ?? []));
  return { settings, rules: next.length > 0 ? next : rules };
}

test('after edits, findings are those of a policy that is looked at for the first time', async () => {
  const edit = fc.tuple(fc.nat(4), fc.nat(20), fc.nat(20));
  await fc.assert(
    fc.asyncProperty(
      smallPolicy(6),
      smallPolicy(3),
      fc.array(edit, { minLength: 1, maxLength: 4 }),
      async (start, other, edits) => {
        const memory = new FindingMemory();
        let policy = start;
        await findFindings(policy, {}, { memory });
        for (const one of edits) {
          policy = edited(policy, one, other);
          expect(await findFindings(policy, {}, { memory })).toEqual(await findFindings(policy));
        }
      },
    ),
    { numRuns: RUNS },
  );
});

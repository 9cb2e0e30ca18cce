import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compilePolicy, decideRow, ruleId, type Call, type DecidedBy, type DecisionRow, type Policy } from '../engine';
import { findDecided, findDifferenceWithout, policyRegion } from './index';
import { comparePolicies } from './compare-policies';
import { smallPolicy, UNIVERSE } from './testdata/small-world';

const RUNS = Number(process.env['REGION_RUNS'] ?? 25);
/** A part of it: the whole universe for each policy takes too long in an ordinary run. */
const sample = UNIVERSE.filter((_, i) => i % 11 === 0);
const without = (policy: Policy, index: number): Policy => ({
  ...policy,
  rules: policy.rules.filter((_, i) => i !== index),
});

/** What is counted over all runs: dead by brute force, and of these the proven ones. */
const counts = { dead: 0, proven: 0, unknown: 0, asked: 0 };

test('a rule is dead or redundant exactly where no call shows the contrary', async () => {
  await fc.assert(
    fc.asyncProperty(smallPolicy(6), async (policy) => {
      const region = await policyRegion(policy);
      const rows = sample.map((call) => decideRow(region.compiled, call));
      for (const rule of region.rules) {
        if (!rule) continue;
        const decides = (row: (typeof rows)[number]) =>
          'ruleId' in row.decidedBy && row.decidedBy.ruleId === rule.rule.id;
        const reached = findDecided(region, rule);
        const seen = rows.some(decides);
        counts.asked++;
        if (reached.kind === 'unknown') counts.unknown++;
        if (reached.kind === 'call') expect(decides(decideRow(region.compiled, reached.call))).toBe(true);
        if (reached.kind === 'none') expect(seen).toBe(false);
        if (!seen && reached.kind !== 'call') {
          counts.dead++;
          if (reached.kind === 'none') counts.proven++;
        }
        const rest = await compilePolicy(without(policy, rule.index));
        const differs = (call: Call, effect: string) => decideRow(rest, call).effect !== effect;
        const changed = findDifferenceWithout(region, rule);
        if (changed.kind === 'call')
          expect(differs(changed.call, decideRow(region.compiled, changed.call).effect)).toBe(true);
        if (changed.kind === 'none') expect(sample.some((call, i) => differs(call, rows[i]?.effect ?? ''))).toBe(false);
      }
    }),
    { numRuns: RUNS },
  );
  expect(counts.proven / Math.max(counts.dead, 1)).toBeGreaterThanOrEqual(0.95);
  expect(counts.unknown / counts.asked).toBeLessThan(0.05);
  if (process.env['REGION_RUNS']) console.log(counts);
});

/** Two policies: with nothing in common, or one with a rule changed or moved. */
const twoPolicies = fc
  .tuple(smallPolicy(4), smallPolicy(4), fc.nat(3), fc.constantFrom('other', 'change', 'move'))
  .map(([first, other, at, how]): readonly [Policy, Policy] => {
    if (how === 'other') return [first, other];
    const { settings, rules } = first;
    const taken = rules.filter((_, i) => i !== at);
    const put =
      how === 'move'
        ? rules.slice(at, at + 1)
        : other.rules.slice(0, 1).map((rule) => ({ ...rule, id: ruleId('new') }));
    return [first, { settings, rules: taken.toSpliced(how === 'move' ? 0 : at, 0, ...put) }];
  });

const deciderName = (by: DecidedBy): string => ('ruleId' in by ? by.ruleId : by.kind);
const pairOf = ([before, after]: readonly [DecisionRow, DecisionRow]): string =>
  `${deciderName(before.decidedBy)} → ${deciderName(after.decidedBy)}`;

test('two policies differ exactly where a call shows it, by each pair of rules', async () => {
  const counts = { complete: 0, open: 0 };
  await fc.assert(
    fc.asyncProperty(twoPolicies, async ([first, second]) => {
      const [a, b] = [await compilePolicy(first), await compilePolicy(second)];
      const compared = await comparePolicies(first, second);
      const decided = (call: Call) => [decideRow(a, call), decideRow(b, call)] as const;
      const rows = sample.map(decided);
      for (const way of ['looser', 'stricter'] as const) {
        const was = way === 'looser' ? 'deny' : 'allow';
        const differs = ([x, y]: (typeof rows)[number]) => x.effect === was && y.effect !== was;
        const seen = new Set(rows.filter(differs).map(pairOf));
        const found = compared[way];
        if (found.kind === 'none') expect(seen.size).toBe(0);
        if (found.kind !== 'some') continue;
        const shown = found.examples.map(({ call }) => decided(call));
        expect(shown.every(differs)).toBe(true);
        const pairs = found.examples.map(
          ({ before, after }) => `${before?.id ?? 'default'} → ${after?.id ?? 'default'}`,
        );
        expect(pairs).toEqual(shown.map(pairOf));
        expect(new Set(pairs).size).toBe(pairs.length);
        // Each pair of rules that decides some call otherwise is there.
        if (found.complete) expect([...seen].filter((pair) => !pairs.includes(pair))).toEqual([]);
        // Not all are listed where there are many.
        if (pairs.length < 10) counts[found.complete ? 'complete' : 'open']++;
      }
    }),
    { numRuns: RUNS },
  );
  expect(counts.open / Math.max(counts.complete, 1)).toBeLessThan(0.05);
  if (process.env['REGION_RUNS']) console.log(counts);
});

test('rules that apply to the same call are among those that may share calls', async () => {
  await fc.assert(
    fc.asyncProperty(smallPolicy(6), async (policy) => {
      const region = await policyRegion(policy);
      for (const call of sample.filter((_, i) => i % 25 === 0)) {
        const applying = policy.rules.flatMap((_, i) =>
          region.among(call).outcomeOf(i) === 'does-not-apply' ? [] : [i],
        );
        for (const i of applying)
          expect(region.overlapping(i).map(({ index }) => index)).toEqual(expect.arrayContaining(applying));
      }
    }),
    { numRuns: RUNS },
  );
});

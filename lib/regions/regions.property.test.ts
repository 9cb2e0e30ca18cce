import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compilePolicy, decideRow, ruleOutcome, type Call, type Policy } from '../engine';
import { findDecided, findDifferenceWithout, overlapping, policyRegion } from './index';
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

test('two policies differ exactly where a call shows it', async () => {
  await fc.assert(
    fc.asyncProperty(smallPolicy(4), smallPolicy(4), async (first, second) => {
      const [a, b] = [await compilePolicy(first), await compilePolicy(second)];
      const compared = await comparePolicies(first, second);
      for (const way of ['looser', 'stricter'] as const) {
        const was = way === 'looser' ? 'deny' : 'allow';
        const differs = (call: Call) => {
          const [x, y] = [decideRow(a, call).effect, decideRow(b, call).effect];
          return x === was && y !== was;
        };
        const found = compared[way];
        if (found.kind === 'some') {
          expect(found.examples.length).toBeGreaterThan(0);
          for (const { call } of found.examples) expect(differs(call)).toBe(true);
        } else if (found.kind === 'none') expect(sample.some(differs)).toBe(false);
      }
    }),
    { numRuns: RUNS },
  );
});

test('rules that apply to the same call are among those that may share calls', async () => {
  await fc.assert(
    fc.asyncProperty(smallPolicy(6), async (policy) => {
      const region = await policyRegion(policy);
      for (const call of sample.filter((_, i) => i % 25 === 0)) {
        const applying = policy.rules.flatMap((_, i) =>
          ruleOutcome(region.compiled, call, i) === 'does-not-apply' ? [] : [i],
        );
        for (const i of applying)
          expect(overlapping(region, i).map(({ index }) => index)).toEqual(expect.arrayContaining(applying));
      }
    }),
    { numRuns: RUNS },
  );
});

/** Of a policy that carries the profile of a gateway with other readings, only what a call shows is known. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compilePolicy, decideRow, type GatewayProfile, type Policy } from '../engine';
import { answerQuestion, comparePolicies, policyRegion } from '../regions';
import { smallPolicy } from '../regions/testdata/small-world';
import { findFindings } from './index';

const RUNS = Number(process.env['REGION_RUNS'] ?? 25);

const profile = fc.constantFrom<GatewayProfile>(
  { 'facet-or': 'all-values' },
  { case: 'insensitive' },
  { star: 'not-slash' },
  { 'error-skips': 'deny' },
  { 'non-boolean': 'false', 'error-skips': 'deny' },
  { numbers: 'int', gatedWhenFalse: 'deny' },
  { 'time-zone': '+05:30' },
);
const under = (policy: Policy, readings: GatewayProfile): Policy => ({
  ...policy,
  settings: { ...policy.settings, readings },
});
const policies = fc
  .tuple(smallPolicy(5), smallPolicy(5), profile, fc.constantFrom('same', 'other'))
  .map(([first, second, readings, profiles]): readonly [Policy, Policy] => [
    under(first, readings),
    profiles === 'same' ? under(second, readings) : second,
  ]);

test('policies are compared by calls that the gateway decides otherwise, and never proven to agree', async () => {
  await fc.assert(
    fc.asyncProperty(policies, async ([first, second]) => {
      const [a, b] = [await compilePolicy(first), await compilePolicy(second)];
      const compared = await comparePolicies(first, second);
      expect(['unknown', 'incomparable']).toContain(compared.answer);
      for (const [way, before, after] of [
        ['looser', 'deny', 'allow'] as const,
        ['stricter', 'allow', 'deny'] as const,
      ]) {
        const found = compared[way];
        if (found.kind !== 'some') continue;
        expect(found.complete).toBe(false);
        for (const { call } of found.examples)
          expect([decideRow(a, call).effect, decideRow(b, call).effect]).toEqual([before, after]);
      }
      expect((await comparePolicies(first, structuredClone(first))).answer).toBe('equivalent');
    }),
    { numRuns: RUNS },
  );
});

test('no question is answered with a proof', async () => {
  await fc.assert(
    fc.asyncProperty(policies, async ([policy]) => {
      const region = await policyRegion(policy);
      const compiled = await compilePolicy(policy);
      for (const rule of region.rules) {
        const answer = await answerQuestion(region, { kind: 'decided', rule: (rule?.index ?? 0) + 1 });
        expect(['call', 'unknown']).toContain(answer.kind);
        if (answer.kind === 'call')
          expect(decideRow(compiled, answer.call).decidedBy).toMatchObject({ ruleId: rule?.rule.id });
      }
    }),
    { numRuns: RUNS },
  );
});

test('a proven finding is one that its call shows', async () => {
  let [shown, possible] = [0, 0];
  await fc.assert(
    fc.asyncProperty(policies, async ([policy]) => {
      const compiled = await compilePolicy(policy);
      for (const { certainty, code, witness } of await findFindings(policy)) {
        if (certainty === 'possible') possible++;
        else if (witness) {
          shown++;
          expect(decideRow(compiled, witness).effect).toBe('allow');
        } else expect(code).toBe('condition-error');
      }
    }),
    { numRuns: RUNS },
  );
  expect(Math.min(shown, possible)).toBeGreaterThan(0);
});

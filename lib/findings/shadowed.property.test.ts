import fc from 'fast-check';
import { expect, test } from 'vitest';
import { policyRegion, verdictOf, wouldDecide } from '../regions';
import { smallPolicy, UNIVERSE } from '../regions/testdata/small-world';
import { findFindings } from './index';

const RUNS = Number(process.env['REGION_RUNS'] ?? 25);
const sample = UNIVERSE.filter((_, i) => i % 11 === 0);

/** How many shadowed rules there were, and of these the ones that a rule of another effect takes calls from. */
const counts = { shadowed: 0, opposed: 0 };

test('a shadowed rule is reported with a rule of another effect, wherever one takes calls from it', async () => {
  await fc.assert(
    fc.asyncProperty(smallPolicy(6), async (policy) => {
      const region = await policyRegion(policy);
      for (const { code, ruleId, relatedRuleIds, witness } of await findFindings(policy)) {
        const rule = region.rules.find((one) => one?.rule.id === ruleId);
        if (code !== 'shadowed' || !rule) continue;
        counts.shadowed++;
        const above = { region, from: 0, to: rule.index, default: false };
        // The rule that takes the call which is shown is named, too.
        if (witness) expect(relatedRuleIds).toContain(verdictOf(above, witness)?.rule?.rule.id);
        const takers = new Set(
          sample.flatMap((call) => {
            const taken = wouldDecide(region, rule, call) ? verdictOf(above, call) : undefined;
            return taken?.rule &&
              taken.effect !== verdictOf({ ...above, from: rule.index, to: rule.index + 1 }, call)?.effect
              ? [taken.rule]
              : [];
          }),
        );
        if (takers.size === 0) continue;
        counts.opposed++;
        const named = region.rules.filter((one) => one && relatedRuleIds.includes(one.rule.id));
        const isOpposed = (one: (typeof named)[number]) =>
          // A gate that denies where it is false has both effects, and may take calls that are not in the universe.
          one &&
          (takers.has(one) ||
            (one.rule.effect === 'gated' && policy.settings.gatedWhenFalse === 'deny') ||
            (one.rule.effect === 'deny') !== (rule.rule.effect === 'deny'));
        expect(named.some(isOpposed)).toBe(true);
      }
    }),
    { numRuns: RUNS },
  );
  if (process.env['REGION_RUNS']) console.log(counts);
});

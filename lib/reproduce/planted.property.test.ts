import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compilePolicy } from '../engine';
import { NO_EVIDENCE } from './divergence';
import { reproduceCall } from './reproduce';
import { calls, plant, PLANT_KINDS, policies, type PlantedCase } from './testdata/planted';

const CASES_OF_EACH_KIND = 34;

it('ranks a planted cause first in 90 % of 200 cases, and among the first three in all', async () => {
  const drawn = fc.sample(
    fc.record({ policy: policies, call: calls, picks: fc.array(fc.nat(1000), { minLength: 6, maxLength: 6 }) }),
    { numRuns: 6_000, seed: 18 },
  );
  const cases: PlantedCase[] = [];
  for (const kind of PLANT_KINDS) {
    let found = 0;
    for (const one of drawn) {
      if (found === CASES_OF_EACH_KIND) break;
      const planted = await plant(kind, one);
      if (planted === null) continue;
      found++;
      cases.push(planted);
    }
    expect(found, `cases of ${kind}`).toBe(CASES_OF_EACH_KIND);
  }
  const ranks = await Promise.all(cases.map(rankOf));
  const late = ranks.flatMap((rank, i) => (rank === 0 ? [] : [`${cases[i]?.kind ?? ''}: ${String(rank)}`]));
  const first = ranks.filter((rank) => rank === 0).length;
  expect(first / ranks.length, late.join(', ')).toBeGreaterThanOrEqual(0.9);
  expect(ranks.filter((rank) => rank > 2 || rank < 0)).toEqual([]);
});

async function rankOf({ policy, call, events, isPlanted }: PlantedCase): Promise<number> {
  const { causes } = await reproduceCall(await compilePolicy(policy), call, { ...NO_EVIDENCE, events });
  return causes.findIndex(isPlanted);
}

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compilePolicy, decide, type Policy } from '../../engine';
import { knownCall, PATHS, policy, without } from '../../engine/testdata/universe';
import { factAt, withFacts } from './fact';
import { nearMisses } from './near-miss';
import { whyNot, type RuleEdit } from './why-not';

const RUNS = { numRuns: 400 };
const partialCall = fc.tuple(knownCall, fc.subarray([...PATHS])).map(([call, paths]) => without(call, paths));

test('every change that is offered, applied, gives the promised decision, and none smaller does', async () => {
  let offered = 0;
  await fc.assert(
    fc.asyncProperty(policy, partialCall, async (written, call) => {
      const compiled = await compilePolicy(written);
      const before = decide(compiled, call);
      const misses = await nearMisses({ compiled, call }, before);
      offered += misses.length;
      for (const { changes, gives } of misses) {
        const { effect, decidedBy } = decide(compiled, withFacts(call, changes));
        expect({ effect, decidedBy }).toEqual(gives);
        expect(effect).not.toBe(before.effect);
        for (const { path, from } of changes) expect(factAt(call, path)).toEqual(from);
        if (changes.length < 2) continue;
        for (const one of changes) {
          const { effect: alone } = decide(compiled, withFacts(call, [one]));
          expect(alone === before.effect || alone === 'conditional').toBe(true);
        }
      }
    }),
    RUNS,
  );
  expect(offered).toBeGreaterThan(RUNS.numRuns / 4);
});

/** The policy with a way out's edits, written anew: a second opinion on what they mean. */
function edited(policy: Policy, id: string, edits: readonly RuleEdit[]): Policy {
  let rules = policy.rules.map((rule) => ({ ...rule }));
  for (const edit of edits) {
    const own = rules.find((rule) => rule.id === id)!;
    if (edit.kind === 'activate') own.status = 'active';
    else {
      rules = rules.filter((rule) => rule !== own);
      rules.splice(
        rules.findIndex((rule) => rule.id === edit.ruleId),
        0,
        own,
      );
    }
  }
  return { ...policy, rules };
}

test('every way out that is offered makes the rule decide; a rule that decides has nothing in its way, any other has', async () => {
  let offered = 0;
  await fc.assert(
    fc.asyncProperty(policy, partialCall, fc.nat(5), async (written, call, pick) => {
      const rule = written.rules[pick % Math.max(1, written.rules.length)];
      if (rule === undefined) return;
      const compiled = await compilePolicy(written);
      const { decidedBy } = decide(compiled, call);
      const answer = (await whyNot({ compiled, call }, rule.id))!;
      const decides = 'ruleId' in decidedBy && decidedBy.ruleId === rule.id;
      expect(answer.decides === 'yes').toBe(decides);
      if (decides) expect(answer).toMatchObject({ obstacles: [], remedies: [] });
      else if (decidedBy.kind !== 'undecided') expect(answer.obstacles).not.toEqual([]);
      for (const { edits, changes, gives } of answer.remedies) {
        offered += 1;
        const after = decide(await compilePolicy(edited(written, rule.id, edits)), withFacts(call, changes));
        expect({ effect: after.effect, decidedBy: after.decidedBy }).toEqual(gives);
        expect(after.decidedBy).toMatchObject({ ruleId: rule.id });
        expect(edits.length + changes.length).toBeGreaterThan(0);
      }
    }),
    RUNS,
  );
  expect(offered).toBeGreaterThan(RUNS.numRuns / 4);
});

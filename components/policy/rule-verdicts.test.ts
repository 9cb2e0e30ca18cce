import { expect, test } from 'vitest';
import { compileErrors, fillRule, ruleId } from '@/lib/engine';
import { ruleVerdictsOf } from './rule-verdicts';

const rule = (id: string, condition: string | null, status: 'active' | 'draft' = 'active') =>
  fillRule({ id: ruleId(id), name: id, effect: 'deny', tools: ['*'], condition, status });

test('the row of a rule whose condition does not compile says so, without any trace', async () => {
  const rules = [
    rule('broken', 'user.nope >'),
    rule('sound', 'true'),
    rule('bare', null),
    rule('draft', '1 +', 'draft'),
  ];
  const errors = await compileErrors(rules.flatMap(({ condition }) => condition ?? []));
  const notes = [...ruleVerdictsOf(rules, undefined, [], errors).values()].map((verdict) =>
    verdict.notes.map(({ text }) => text),
  );
  expect(notes[0]?.[0]).toMatch(/^The condition does not compile, so the gateway skips this rule for every call: ./);
  expect(notes[1]).toEqual([]);
  expect(notes[2]).toEqual([]);
  expect(notes[3]?.[0]).toMatch(/^The condition does not compile, so the rule could not apply: ./);
});

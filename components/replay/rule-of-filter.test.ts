import { expect, test } from 'vitest';
import { fillScope, type RuleId } from '@/lib/engine';
import type { CallFilter } from '@/lib/trace';
import { ruleOfFilter } from './rule-of-filter';

const condition = { source: 'request.args.amount > 500', gives: 'true' } as const;

test('what a rule can ask for becomes its scope, tools and condition', () => {
  expect(
    ruleOfFilter(
      { agent: 'cursor', user: 'ana@acme.example', resource: 'bank', instance: 'i-1', tool: 'pay', condition },
      ['i-1'],
    ),
  ).toEqual({
    rule: {
      scope: fillScope({ agents: ['cursor'], users: ['ana@acme.example'], resources: ['bank'], instances: ['i-1'] }),
      tools: ['pay'],
      condition: condition.source,
    },
    leftOut: [],
  });
  expect(ruleOfFilter({}, []).rule).toEqual({ scope: fillScope({}), tools: ['*'], condition: null });
});

test.each<[CallFilter, readonly string[]]>([
  [{ effect: 'deny', rule: 'a' as RuleId }, ['the decision', 'the deciding rule']],
  [{ recorded: 'judged', recordedEffect: 'allow' }, ['the recorded decision']],
  [{ hazard: true, time: [0, 1], text: 'x' }, ['hazards', 'the span of time', 'the text that is searched for']],
  [{ agent: { fact: 'unknown' }, tool: { fact: 'absent' } }, ['the agent', 'the tool']],
  [{ instance: 'Laptop' }, ['the instance']],
])('of %j it is said what no rule can ask for: %j', (filter, leftOut) => {
  expect(ruleOfFilter({ ...filter, condition }, ['i-1'])).toMatchObject({
    rule: { scope: fillScope({}), tools: ['*'], condition: condition.source },
    leftOut,
  });
});

import { expect, it } from 'vitest';
import { fillPolicy, ruleId, type Policy, type WrittenRule } from '../engine';
import { parseQuestion } from '../statements';
import { answerQuestion, findDifferenceWithout, policyRegion } from './index';

const policyOf = (...rules: readonly Omit<WrittenRule, 'id' | 'name'>[]): Policy =>
  fillPolicy({ rules: rules.map((rule, i) => ({ ...rule, id: ruleId(`r${i + 1}`), name: `R${i + 1}` })) });

const POLICY = policyOf(
  { effect: 'allow', tools: ['get_*'], scope: { agents: ['codex'] } },
  { effect: 'deny', tools: ['*'], condition: 'request.args.n > 5' },
  { effect: 'gated', tools: ['send_*'], condition: 'user.id == "ann"' },
  { effect: 'allow', tools: ['get_*', 'list'] },
  { effect: 'deny', tools: ['get_x'], status: 'draft' },
  { effect: 'allow', tools: ['list'] },
);
const CATALOG = {
  resources: [{ slug: 'files', tools: [{ name: 'get_file' }, { name: 'send_file' }] }],
  agents: [{ slug: 'codex' }],
};

const CASES: readonly (readonly [question: string, kind: string, by?: string | undefined, call?: object])[] = [
  ['a call that rule 1 decides', 'call', 'r1', { tool: { name: 'get_file' }, agent: { slug: 'codex' } }],
  ['a call that rule `R2` decides', 'call', 'r2'],
  ['a call that rule 6 decides', 'none'],
  ['a call that rule 5 decides', 'no-rule'],
  ['a call that rule 9 decides', 'no-rule'],
  ['a call that reaches the default', 'call', undefined, { tool: { name: 'send_file' } }],
  ['a call that is allowed by rule 1 and denied by rule 2', 'call', 'r1'],
  ['a call that is denied by rule 2 and allowed by rule 4', 'call', 'r2'],
  ['a call that is allowed by rule 2 and denied by rule 1', 'none'],
  ['a call on which the condition of rule 3 errs', 'call', undefined, { user: { id: null } }],
  ['a call to send_* that is allowed without a gate', 'none'],
  ['a call to send_* that is allowed', 'call', 'r3', { user: { id: 'ann' } }],
  ['a call by agent `codex` to get_* that is denied', 'none'],
  ['a call to any destructive tool that is allowed', 'no-tools'],
];

const cases = CASES.map(([line, kind, by, call]) => ({ line, kind, by, call }));

it.each(cases)('$line → $kind', async ({ line, kind, by, call }) => {
  const read = parseQuestion(line);
  if (!read.ok) throw new Error(read.problem.message);
  const answer = await answerQuestion(await policyRegion(POLICY, CATALOG), read.statement);
  expect(answer.kind).toBe(kind);
  if (answer.kind !== 'call') return;
  expect(answer.by?.id).toBe(by);
  expect(answer.call).toMatchObject(call ?? {});
});

it('knows that a gate which allows some calls denies others', async () => {
  const rules = policyOf(
    { effect: 'allow', tools: ['*'], condition: 'request.args.n >= 5' },
    { effect: 'gated', tools: ['*'], condition: 'request.args.n > 5' },
  );
  const region = await policyRegion({ ...rules, settings: { gatedWhenFalse: 'deny' } });
  const [first] = region.rules;
  if (!first) throw new Error('no rule');
  // Without the first rule, the gate denies 5.
  expect(findDifferenceWithout(region, first)).toMatchObject({ kind: 'call', call: { args: { n: 5 } } });
});

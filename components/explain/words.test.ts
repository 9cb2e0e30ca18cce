import { expect, test } from 'vitest';
import {
  callId,
  compilePolicy,
  decide,
  explainCondition,
  fillRule,
  ruleId,
  type Call,
  type Policy,
  type WrittenRule,
} from '@/lib/engine';
import type { Explanation } from '@/lib/cel';
import { answerWords, hazardWords, plainText, stepWords } from './words';
import { explanationMarkdown } from './markdown';

const rules = (...written: (Partial<WrittenRule> & { name: string })[]) =>
  written.map((rule, i) => fillRule({ id: ruleId(`r${i + 1}`), effect: 'allow', tools: ['*'], ...rule }));

const call: Call = {
  id: callId('c1'),
  agent: { slug: 'cursor', tags: [] },
  resource: { slug: 'slack', tags: ['chat'] },
  tool: { name: 'send_message' },
  user: null,
  args: { channel_id: 'C_RANDOM' },
};

async function explain(policy: Policy, of: Call = call) {
  const compiled = await compilePolicy(policy);
  const decision = decide(compiled, of);
  const conditions: Record<string, Explanation> = {};
  for (const { id } of policy.rules) {
    const explanation = explainCondition(compiled, id, of);
    if (explanation !== undefined) conditions[id] = explanation;
  }
  return { stamp: 1, call: of, decision, conditions };
}

const GATE = {
  name: 'Only #general',
  effect: 'gated',
  tools: ['send_*'],
  condition: 'request.args.channel_id == "C_GENERAL"',
} as const;

const ANSWERS: readonly [string, Policy, Call, string][] = [
  [
    'an open rule',
    { rules: rules({ name: 'All' }), settings: { gatedWhenFalse: 'continue' } },
    call,
    'Allowed by rule 1, All',
  ],
  [
    'a passed gate',
    { rules: rules(GATE, { name: 'All' }), settings: { gatedWhenFalse: 'continue' } },
    call,
    'Allowed by rule 2, All — past the gate of rule 1, Only #general: request.args.channel_id is "C_RANDOM", wanted "C_GENERAL"',
  ],
  [
    'a gate that denies',
    { rules: rules(GATE, { name: 'All' }), settings: { gatedWhenFalse: 'deny' } },
    call,
    'Denied by the gate of rule 1, Only #general: request.args.channel_id is "C_RANDOM", wanted "C_GENERAL"',
  ],
  [
    'the default, with what came closest',
    { rules: rules(GATE), settings: { gatedWhenFalse: 'continue' } },
    call,
    'Denied: no rule matched; closest was rule 1, Only #general: request.args.channel_id is "C_RANDOM", wanted "C_GENERAL"',
  ],
  [
    'facts that are not known',
    { rules: rules(GATE), settings: { gatedWhenFalse: 'continue' } },
    { id: callId('c2'), tool: { name: 'send_message' } },
    'Conditional: rule 1, Only #general, or no rule at all may decide. It depends on request.args.channel_id',
  ],
];

test.each(ANSWERS)('the answer for %s', async (_name, policy, of, answer) => {
  expect(plainText(answerWords(await explain(policy, of), policy.rules))).toBe(answer);
});

test('each step says what became of its rule', async () => {
  const policy: Policy = {
    rules: rules(
      { name: 'draft', status: 'draft' },
      { name: 'scope', scope: { agents: ['codex', 'tag:trusted'], users: ['u-1'] } },
      { name: 'tools', tools: ['read_*', 'list_*'] },
      { name: 'error', condition: 'request.args.nope == 1' },
      { name: 'match' },
      { name: 'late' },
    ),
    settings: { gatedWhenFalse: 'continue' },
  };
  const { decision, conditions } = await explain(policy);
  const words = decision.steps.map((step, i) => plainText(stepWords(step, policy.rules[i], conditions[step.ruleId])));
  expect(words).toEqual([
    'It is a draft: saved, never enforced',
    'Does not cover this call: agent wanted codex or tag:trusted, the call has cursor; user wanted u-1, the call has none',
    'No tool pattern matches send_message: tried read_* and list_*',
    'Its condition failed, so the rule is skipped: request.args.nope does not exist',
    'It matches, by the pattern *',
    'Not reached: an earlier rule decided',
  ]);
});

test('a hazard says what can go wrong', async () => {
  const policy: Policy = {
    rules: rules({ ...GATE, effect: 'deny', condition: 'request.args.n > 1' }, { name: 'All' }),
    settings: { gatedWhenFalse: 'continue' },
  };
  const { decision } = await explain(policy);
  expect(decision.hazards.map((hazard) => plainText(hazardWords(hazard, policy.rules)))).toEqual([
    'The deny of rule 1, Only #general was skipped because its condition failed, and a lower rule allowed the call',
    'This rests on our reading that a rule whose condition fails is skipped, where the gateway’s documentation is silent; otherwise the effect would change at rule 1, Only #general',
  ]);
});

test('as Markdown, nothing of the user’s text becomes markup', async () => {
  const policy: Policy = { rules: rules({ name: '`*x*` <b>' }), settings: { gatedWhenFalse: 'continue' } };
  const text = explanationMarkdown(await explain(policy, { ...call, args: { text: '```\n# evil' } }), policy.rules);
  expect(text).toContain('**Allowed by rule 1, `` `*x*` <b> ``**');
  expect(text.match(/^```/gm)).toHaveLength(2);
});

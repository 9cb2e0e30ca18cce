import { expect, test } from 'vitest';
import { callId, compilePolicy, fillRule, ruleId, type Call, type Policy, type WrittenRule } from '../engine';
import { reasonsOf } from '../analysis';
import {
  answerWords,
  explanationMarkdown,
  hazardWords,
  missWords,
  plainText,
  stepWords,
  tickedText,
  toolWords,
} from '.';

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

const explain = async (policy: Policy, of: Call = call) => reasonsOf(await compilePolicy(policy), of);

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
    'Conditional: rule 1, Only #general, or no rule at all may decide. It depends on request.args.channel_id, which this call does not say',
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
      { name: 'no tools', tools: [] },
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
    'Not for this call: agent is cursor, wanted codex or tag:trusted; the call has no user, wanted u-1',
    'Not for this tool: it covers read_* or list_*',
    'Not for this tool: the rule names no tools yet',
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
  expect(decision.hazards.map((hazard) => plainText(hazardWords(hazard, decision, policy.rules)))).toEqual([
    'The deny of rule 1, Only #general was skipped because its condition failed, and a lower rule allowed the call',
    'This rests on our reading that a rule whose condition fails is skipped, where the gateway’s documentation is silent; otherwise the effect would change at rule 1, Only #general',
  ]);
});

test('a deny that does not compile failed to compile, wherever that is said', async () => {
  const policy: Policy = {
    rules: rules({ name: 'No refunds', effect: 'deny', condition: 'request.args.amount >' }, { name: 'All' }),
    settings: { gatedWhenFalse: 'continue' },
  };
  const explained = await explain(policy);
  const { decision, conditions } = explained;
  const said = [
    plainText(answerWords(explained, policy.rules)),
    plainText(stepWords(decision.steps[0]!, policy.rules[0], conditions[policy.rules[0]!.id])),
    ...decision.hazards.slice(0, 1).map((hazard) => plainText(hazardWords(hazard, decision, policy.rules))),
  ];
  expect(said[0]).toBe(
    'Allowed by rule 2, All — past the skipped deny of rule 1, No refunds: its condition failed to compile',
  );
  expect(said[1]).toMatch(/^Its condition failed to compile, so the rule is skipped: /);
  expect(said[2]).toBe(
    'The deny of rule 1, No refunds was skipped because its condition failed to compile, and a lower rule allowed the call',
  );
});

test('as Markdown, nothing of the user’s text becomes markup', async () => {
  const policy: Policy = { rules: rules({ name: '`*x*` <b>' }), settings: { gatedWhenFalse: 'continue' } };
  const text = explanationMarkdown(await explain(policy, { ...call, args: { text: '```\n# evil' } }), policy.rules);
  expect(text).toContain('**Allowed by rule 1, `` `*x*` <b> ``.**');
  expect(text.match(/^````/gm)).toHaveLength(2);
});

const CLOSEST: readonly [string, Partial<WrittenRule>[], string][] = [
  [
    'a facet',
    [{ name: 'Codex', scope: { agents: ['codex'] } }],
    '; closest was rule 1, Codex: agent is cursor, wanted codex',
  ],
  [
    'an absent fact',
    [{ name: 'Ana', scope: { users: ['u-1'] } }],
    '; closest was rule 1, Ana: the call has no user, wanted u-1',
  ],
  [
    'a misspelt tool',
    [{ name: 'Send', tools: ['send_mesage'] }],
    '; closest was rule 1, Send: tool is send_message, wanted send_mesage',
  ],
  ['another tool', [{ name: 'Read', tools: ['read_file'] }], ''],
  [
    'a condition before a scope',
    [
      { name: 'Codex', scope: { agents: ['codex'] } },
      { name: 'Few', condition: 'request.args.channel_id == "C"' },
    ],
    '; closest was rule 2, Few: request.args.channel_id is "C_RANDOM", wanted "C"',
  ],
];

test.each(CLOSEST)('what came closest: %s', async (_name, written, expected) => {
  const policy: Policy = { rules: rules(...(written as never[])), settings: { gatedWhenFalse: 'continue' } };
  expect(plainText(answerWords(await explain(policy), policy.rules))).toBe(`Denied: no rule matched${expected}`);
});

const MISSES: readonly [string, Partial<WrittenRule>, Partial<Call>, string][] = [
  [
    'a value',
    { condition: 'request.args.channel_id == "C"' },
    {},
    'Allowed by rule 1, `R`, if `request.args.channel_id` were `"C"`',
  ],
  [
    'a value that was not given',
    { condition: 'request.args.n < 3' },
    {},
    'Allowed by rule 1, `R`, if `request.args.n` were given, as `2`',
  ],
  [
    'one that must only be there',
    { condition: 'has(request.args.n)' },
    {},
    'Allowed by rule 1, `R`, if `request.args.n` were given, for example `"example"`',
  ],
  [
    'one that must not be there',
    { condition: '!has(request.args.channel_id)' },
    {},
    'Allowed by rule 1, `R`, if `request.args.channel_id` were left out',
  ],
  [
    'a group more',
    { scope: { groups: ['finance'] } },
    { user: { groups: ['ops'] } },
    'Allowed by rule 1, `R`, if `user.groups` also had `finance`',
  ],
  ['one not known', { condition: 'request.ip == "::1"' }, {}, 'Allowed by rule 1, `R`, if `request.ip` is `"::1"`'],
  ['nothing, where all is denied', { effect: 'deny', condition: 'request.args.channel_id == "C_RANDOM"' }, {}, ''],
];

test.each(MISSES)('what would change it: %s', async (_name, written, part, expected) => {
  const policy: Policy = { rules: rules({ name: 'R', ...written }), settings: { gatedWhenFalse: 'continue' } };
  const { misses } = await explain(policy, { ...call, ...part });
  expect(
    misses
      .slice(0, 1)
      .map((miss) => tickedText(missWords(miss, policy.rules)))
      .join(),
  ).toBe(expected);
});

test.each([
  ['send', ['a_*', 'b'], 'tool is send, wanted a_* or b'],
  [null, ['a'], 'the call has no tool, wanted a'],
  ['send', [], 'the rule has no tool pattern yet'],
] as const)('the tool %s compared with %j', (tool, tried, words) => {
  expect(plainText(toolWords(tool, tried))).toBe(words);
});

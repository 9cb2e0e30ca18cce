import { expect, test } from 'vitest';
import { callId, compilePolicy, decide, fillPolicy, type Call, type WrittenRule } from '../../engine';
import { factName, withFacts } from './fact';
import { nearMisses } from './near-miss';

const CALL: Call = {
  id: callId('c1'),
  time: '2026-11-22T03:00:00Z',
  agent: { slug: 'cursor', name: 'Cursor', tags: [] },
  instance: null,
  user: { id: 'u-1', email: 'ana@acme.example', groups: ['support'] },
  resource: { slug: 'slack', tags: ['chat'] },
  tool: { name: 'send_message' },
  args: {
    channel_id: 'C_RANDOM',
    amount: 750,
    to: ['a@evil.example', 'b@acme.example'],
    path: '/etc/passwd',
    dry: false,
  },
};

type Rules = readonly Partial<WrittenRule>[];

/** What is offered, as lines: the facts with their new values, and what is then decided. */
async function offered(
  rules: Rules,
  call: Call = CALL,
  gatedWhenFalse: 'continue' | 'deny' = 'continue',
  toolNames: readonly string[] = [],
) {
  const policy = fillPolicy({
    rules: rules.map((rule, i) => ({
      id: `r${i + 1}` as never,
      name: `r${i + 1}`,
      effect: 'allow',
      tools: ['*'],
      ...rule,
    })),
    settings: { gatedWhenFalse },
  });
  const compiled = await compilePolicy(policy);
  const decision = decide(compiled, call);
  const misses = await nearMisses({ compiled, call, toolNames }, decision);
  for (const miss of misses) {
    expect(decide(compiled, withFacts(call, miss.changes))).toMatchObject(miss.gives);
    expect(miss.gives.effect).not.toBe(decision.effect);
  }
  return misses.map(({ changes, gives }) => {
    const facts = changes.map(
      ({ path, to }) => `${factName(path)}=${to.kind === 'value' ? JSON.stringify(to.value) : 'absent'}`,
    );
    const by = 'ruleId' in gives.decidedBy ? gives.decidedBy.ruleId : gives.decidedBy.kind;
    return `${facts.join(' & ')} → ${gives.effect} ${by}`;
  });
}

const gate = (condition: string): Rules => [{ effect: 'gated', condition }];

test.each<[string, Rules, string[]]>([
  ['an equal', gate('request.args.channel_id == "C_GENERAL"'), ['request.args.channel_id="C_GENERAL" → allow r1']],
  ['a limit', gate('request.args.amount <= 500'), ['request.args.amount=500 → allow r1']],
  ['a limit, written from the other side', gate('500 > request.args.amount'), ['request.args.amount=499 → allow r1']],
  [
    'a list',
    gate('request.args.channel_id in ["C_GENERAL", "C_RANDO"]'),
    ['request.args.channel_id="C_RANDO" → allow r1', 'request.args.channel_id="C_GENERAL" → allow r1'],
  ],
  [
    'a beginning',
    gate('request.args.path.startsWith("/srv/data/")'),
    ['request.args.path="/srv/data/passwd" → allow r1'],
  ],
  [
    'every element',
    gate('request.args.to.all(t, t.endsWith("@acme.example"))'),
    ['request.args.to[0]="a@acme.example" → allow r1', 'request.args.to=["b@acme.example"] → allow r1'],
  ],
  [
    'a list where there is none',
    gate('request.args.cc.exists(c, c.endsWith("@acme.example"))'),
    ['request.args.cc=["example@acme.example"] → allow r1'],
  ],
  ['a bare fact', gate('request.args.dry'), ['request.args.dry=true → allow r1']],
  ['a negation', gate('!(request.args.amount > 500.0)'), ['request.args.amount=500 → allow r1']],
  [
    'an absent argument',
    gate('has(request.args.reason) && request.args.reason == "ticket"'),
    ['request.args.reason="ticket" → allow r1'],
  ],
  ['an error', gate('request.args.channel == "C_GENERAL"'), ['request.args.channel="C_GENERAL" → allow r1']],
  ['a type', gate('request.args.amount == "750"'), ['request.args.amount="750" → allow r1']],
  ['an agent', [{ scope: { agents: ['claude-code'] } }], ['agent.slug="claude-code" → allow r1']],
  ['a tag', [{ scope: { agents: ['tag:trusted'] } }], ['agent.tags=["trusted"] → allow r1']],
  ['a group', [{ scope: { groups: ['finance'] } }], ['user.groups=["support","finance"] → allow r1']],
  ['an absent instance', [{ scope: { instances: ['i-7'] } }], ['instance.id="i-7" → allow r1']],
  ['a tool', [{ tools: ['post_*'] }], ['tool.name="post_message" → allow r1']],
  [
    'both of two',
    [{ scope: { agents: ['codex'] }, tools: ['send_mail'] }],
    ['agent.slug="codex" & tool.name="send_mail" → allow r1'],
  ],
  [
    'two arguments',
    gate('request.args.channel_id == "C_GENERAL" && request.args.amount < 10'),
    ['request.args.channel_id="C_GENERAL" & request.args.amount=9 → allow r1'],
  ],
  ['what allowed it', gate('request.args.amount < 1000'), ['request.args.amount=1000 → deny default']],
  [
    'a deny that did not hold',
    [{ effect: 'deny', condition: 'request.args.path.startsWith("/srv/")' }, {}],
    ['request.args.path="/srv/passwd" → deny r1'],
  ],
  ['a group that is denied', [{ effect: 'deny', scope: { groups: ['support'] } }, {}], ['user.groups=[] → allow r2']],
  [
    'hours',
    gate('request.time.getHours() >= 9 && request.time.getHours() < 17'),
    ['request.time="2026-11-22T09:00:00Z" → allow r1'],
  ],
  ['nothing at all', [], []],
  ['a rule that is switched off', [{ status: 'disabled' }], []],
  ['four facts at once', [{ scope: { agents: ['x'], resources: ['y'], users: ['z'], groups: ['g'] } }], []],
])('what would change it: %s', async (_name, rules, expected) => {
  expect((await offered(rules)).slice(0, Math.max(1, expected.length))).toEqual(expected);
});

test('a gate that denies is turned by its condition', async () => {
  expect(await offered([...gate('request.args.amount <= 500'), {}], CALL, 'deny')).toEqual([
    'request.args.amount=500 → allow r1',
  ]);
});

test('facts that are not known are offered with either answer', async () => {
  const { args: _args, ...unknown } = CALL;
  expect(await offered(gate('request.args.amount <= 500'), unknown)).toEqual([
    'request.args.amount=500 → allow r1',
    'request.args.amount=501 → deny default',
  ]);
});

test.each([
  [
    'known tools that the pattern matches, and no others',
    ['*delete*'],
    ['list_files', 'bulk_delete', 'read_file'],
    ['tool.name="bulk_delete" → allow r1'],
  ],
  ['a name that the pattern spells out', ['delete_file'], [], ['tool.name="delete_file" → allow r1']],
  [
    'where no tool is known, the fixed text of a pattern with several wildcards',
    ['*delete*'],
    ['list_files'],
    ['tool.name="delete" → allow r1'],
  ],
  ['the end of the own tool in place of one wildcard', ['post_*'], [], ['tool.name="post_message" → allow r1']],
])('another tool is offered: %s', async (_, tools, known, expected) => {
  expect(await offered([{ tools }], CALL, 'continue', known)).toEqual(expected);
});

test('the rule of which more fits already comes first, wherever it is in the policy', async () => {
  const general: Rules = [{ condition: 'request.args.dry' }, { scope: { users: ['u-2'] } }];
  const meant: Rules = [
    {
      scope: { resources: ['slack'], agents: ['cursor'] },
      tools: ['send_*'],
      condition: 'request.args.channel_id == "C_RANDOM" && request.args.amount <= 700',
    },
  ];
  const [first] = await offered([...general, ...meant]);
  expect(first).toBe('request.args.amount=700 → allow r3');
});

test('a list that is not known, and then an item of it, are one change of the list', async () => {
  const call: Call = { ...CALL, user: { id: 'u-1' } };
  const rules = [{ scope: { groups: ['g'] }, condition: 'user.groups.exists(g, g == "h")' }];
  const compiled = await compilePolicy(
    fillPolicy({
      rules: rules.map((rule) => ({ id: 'r1' as never, name: 'r1', effect: 'allow', tools: ['*'], ...rule })),
    }),
  );
  const misses = await nearMisses({ compiled, call }, decide(compiled, call));
  expect(misses.length).toBeGreaterThan(0);
  for (const { changes } of misses)
    for (const { path, from } of changes) expect([path, from]).toEqual([['user', 'groups'], { kind: 'unknown' }]);
});

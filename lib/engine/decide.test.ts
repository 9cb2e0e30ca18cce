import { describe, expect, it } from 'vitest';
import { compilePolicy } from './compile';
import { decide, decideRow, explainCondition } from './decide';
import type { Decision, Outcome } from './decision';
import { fillPolicy, type WrittenRule } from './defaults';
import { ruleId, type Call, type Settings } from './model';

type Written = Partial<Omit<WrittenRule, 'id'>>;
/** Rules as they differ from an allowing rule on every tool; their ids are r0, r1, … */
const compiled = (rules: readonly Written[], gatedWhenFalse: Settings['gatedWhenFalse'] = 'continue') =>
  compilePolicy(
    fillPolicy({
      rules: rules.map((rule, i) => ({ name: '', effect: 'allow', tools: ['*'], ...rule, id: ruleId(`r${i}`) })),
      settings: { gatedWhenFalse },
    }),
  );
const call = (members: object): Call => ({ id: 'c', ...members }) as unknown as Call;

const SEND = {
  tool: { name: 'send_x' },
  args: { n: 1 },
  agent: { slug: 'a', tags: [] },
  resource: { slug: 'r', tags: [] },
};
const USER = { user: { id: 'u', email: 'u@x', groups: ['g'] } };
const IS_2 = 'request.args.n == 2.0';
const NO_Z = 'request.args.z == 2.0';

interface Case {
  readonly says: string;
  readonly rules: readonly Written[];
  readonly deny?: true;
  readonly of: object;
  readonly effect: Decision['effect'];
  /** `rule r0`, `gate r0`, `default`, or those that could decide and what they wait for. */
  readonly by: string;
  readonly hazards?: readonly string[];
  readonly steps?: readonly Outcome['kind'][];
}

const CASES: readonly Case[] = [
  { says: 'no rule at all', rules: [], of: SEND, effect: 'deny', by: 'default', steps: [] },
  {
    says: 'the first match wins',
    rules: [{}, { effect: 'deny' }],
    of: SEND,
    effect: 'allow',
    by: 'rule r0',
    steps: ['matched', 'not-reached'],
  },
  {
    says: 'only active rules are evaluated',
    rules: [{ status: 'draft' }, { status: 'disabled' }, { effect: 'deny' }],
    of: SEND,
    effect: 'deny',
    by: 'rule r2',
    steps: ['not-active', 'not-active', 'matched'],
  },
  {
    says: 'a facet that fails',
    rules: [{ scope: { agents: ['b'] } }],
    of: SEND,
    effect: 'deny',
    by: 'default',
    steps: ['scope-mismatch'],
  },
  {
    says: 'a pattern that fails',
    rules: [{ tools: ['get'] }],
    of: SEND,
    effect: 'deny',
    by: 'default',
    steps: ['no-pattern'],
  },
  {
    says: 'a tool that is absent',
    rules: [{}],
    of: { ...SEND, tool: { name: null } },
    effect: 'deny',
    by: 'default',
    steps: ['no-pattern'],
  },
  {
    says: 'a tool that is unknown, and stars alone',
    rules: [{}],
    of: {},
    effect: 'allow',
    by: 'rule r0',
    steps: ['matched'],
  },
  {
    says: 'a tool that is unknown',
    rules: [{ tools: ['a*'] }],
    of: {},
    effect: 'conditional',
    by: 'r0 default: tool.name',
    steps: ['unknown'],
  },
  {
    says: 'a condition that does not compile',
    rules: [{ condition: 'nope(' }, {}],
    of: SEND,
    effect: 'allow',
    by: 'rule r1',
    hazards: ['our-reading error-skips r0'],
    steps: ['condition-error', 'matched'],
  },
  {
    says: 'an empty condition',
    rules: [{ condition: '' }],
    of: SEND,
    effect: 'deny',
    by: 'default',
    steps: ['condition-error'],
  },
  {
    says: 'a condition that is no boolean',
    rules: [{ condition: 'request.args.n' }],
    of: SEND,
    effect: 'deny',
    by: 'default',
    steps: ['condition-error'],
  },
  {
    says: 'a deny that errs is skipped',
    rules: [{ effect: 'deny', condition: NO_Z }, {}],
    of: SEND,
    effect: 'allow',
    by: 'rule r1',
    hazards: ['deny-skipped r0', 'our-reading error-skips r0'],
    steps: ['condition-error', 'matched'],
  },
  {
    says: 'a deny that errs above the default turns nothing',
    rules: [{ effect: 'deny', condition: NO_Z }],
    of: SEND,
    effect: 'deny',
    by: 'default',
  },
  {
    says: 'a false deny is no hazard',
    rules: [{ effect: 'deny', condition: IS_2 }, {}],
    of: SEND,
    effect: 'allow',
    by: 'rule r1',
  },
  {
    says: 'a false gate falls through',
    rules: [{ effect: 'gated', condition: IS_2 }, {}],
    of: SEND,
    effect: 'allow',
    by: 'rule r1',
    hazards: ['gate-passed r0'],
    steps: ['condition-false', 'matched'],
  },
  {
    says: 'a false gate denies',
    rules: [{ effect: 'gated', condition: IS_2 }, {}],
    deny: true,
    of: SEND,
    effect: 'deny',
    by: 'gate r0',
    steps: ['gate-denied', 'not-reached'],
  },
  {
    says: 'a gate that errs is skipped, even so',
    rules: [{ effect: 'gated', condition: NO_Z }, {}],
    deny: true,
    of: SEND,
    effect: 'allow',
    by: 'rule r1',
    hazards: ['gate-passed r0', 'our-reading error-skips r0'],
  },
  {
    says: 'an unknown gate could be true, false or err',
    rules: [{ effect: 'gated', condition: IS_2 }, {}],
    deny: true,
    of: { ...SEND, args: undefined },
    effect: 'conditional',
    by: 'r0 r1: request.args.n',
    steps: ['unknown', 'matched'],
  },
  {
    says: 'an unknown gate above the like is no question where a false one continues',
    rules: [{ effect: 'gated', condition: IS_2 }, {}],
    of: { ...SEND, args: undefined },
    effect: 'allow',
    by: 'r0 r1: request.args.n',
    steps: ['unknown', 'matched'],
  },
  {
    says: 'no hazard below a rule that may decide',
    rules: [{ condition: IS_2 }, { effect: 'gated', condition: 'agent.slug == "b"' }, {}],
    of: { ...SEND, args: undefined },
    effect: 'allow',
    by: 'r0 r2: request.args.n',
    steps: ['unknown', 'condition-false', 'matched'],
  },
  {
    says: 'an allow on the condition of a deny above never gets its turn',
    rules: [{ effect: 'deny', condition: IS_2 }, { condition: IS_2 }],
    of: { ...SEND, args: undefined },
    effect: 'deny',
    by: 'r0 default: request.args.n',
    steps: ['unknown', 'unknown'],
  },
  {
    says: 'nor one whose scope the denies above cover between them',
    rules: [
      { effect: 'deny', scope: { agents: ['a'] } },
      { effect: 'deny', scope: { agents: ['b'] } },
      { scope: { agents: ['a', 'b'] } },
    ],
    of: { ...SEND, agent: {} },
    effect: 'deny',
    by: 'r0 r1 default: agent.slug',
  },
  {
    says: 'nor one whose patterns a wider one covers',
    rules: [{ effect: 'deny', tools: ['send_*'] }, { tools: ['send_*_x'] }],
    of: { agent: {} },
    effect: 'deny',
    by: 'r0 default: tool.name',
  },
  {
    says: 'unknown tags do not matter where the slug matches',
    rules: [{ scope: { agents: ['tag:t', 'a'] } }],
    of: { ...SEND, agent: { slug: 'a' } },
    effect: 'allow',
    by: 'rule r0',
  },
  {
    says: 'unknown tags alone',
    rules: [{ scope: { agents: ['tag:t', 'b'] } }],
    of: { ...SEND, agent: { slug: 'a' } },
    effect: 'conditional',
    by: 'r0 default: agent.tags',
  },
  {
    says: 'a name alone does not wait for tags',
    rules: [{ scope: { agents: ['b'] } }],
    of: { ...SEND, agent: { slug: 'a' } },
    effect: 'deny',
    by: 'default',
  },
  {
    says: 'absent facts match nothing',
    rules: [{ scope: { agents: ['a'], users: ['u'] } }],
    of: { ...SEND, user: null },
    effect: 'deny',
    by: 'default',
  },
  {
    says: 'a user by id, whatever the address',
    rules: [{ scope: { users: ['u'] } }],
    of: { ...SEND, user: { id: 'u' } },
    effect: 'allow',
    by: 'rule r0',
  },
  {
    says: 'a user by address',
    rules: [{ scope: { users: ['u@x'] } }],
    of: { ...SEND, ...USER },
    effect: 'allow',
    by: 'rule r0',
  },
  {
    says: 'a user who may have that address',
    rules: [{ scope: { users: ['u@x'] } }],
    of: { ...SEND, user: { id: 'v' } },
    effect: 'conditional',
    by: 'r0 default: user.email',
  },
  {
    says: 'groups',
    rules: [{ scope: { groups: ['h', 'g'] } }],
    of: { ...SEND, ...USER },
    effect: 'allow',
    by: 'rule r0',
    hazards: ['our-reading facet-or r0'],
  },
  {
    says: 'unknown groups',
    rules: [{ scope: { groups: ['h'] } }],
    of: { ...SEND, user: {} },
    effect: 'conditional',
    by: 'r0 default: user.groups',
  },
  {
    says: 'what certainly fails beside what is unknown',
    rules: [{ scope: { groups: ['h'], agents: ['b'] } }],
    of: { ...SEND, user: {} },
    effect: 'deny',
    by: 'default',
    steps: ['scope-mismatch'],
  },
  {
    says: 'a condition on another agent is false without arguments',
    rules: [{ condition: `agent.slug == "b" && ${IS_2}` }],
    of: { ...SEND, args: undefined },
    effect: 'deny',
    by: 'default',
    steps: ['condition-false'],
  },
  {
    says: 'scope and condition wait together',
    rules: [{ scope: { agents: ['b', 'tag:t'] }, condition: 'request.args["a-b"] == agent.name' }],
    of: { tool: SEND.tool, agent: {} },
    effect: 'conditional',
    by: 'r0 default: agent.name agent.slug agent.tags request.args["a-b"]',
  },
  {
    says: 'case turns it',
    rules: [{ effect: 'deny', tools: ['Send_*'] }, {}],
    of: SEND,
    effect: 'allow',
    by: 'rule r1',
    hazards: ['our-reading case r0'],
  },
  {
    says: 'case of a selector turns it',
    rules: [{ scope: { agents: ['A'] } }],
    of: SEND,
    effect: 'deny',
    by: 'default',
    hazards: ['our-reading case r0'],
  },
  {
    says: 'a star across `/` turns it',
    rules: [{ tools: ['ns*'] }],
    of: { ...SEND, tool: { name: 'ns/x' } },
    effect: 'allow',
    by: 'rule r0',
    hazards: ['our-reading star r0'],
  },
  {
    says: 'a star across `/` in a pattern of minimatch turns it',
    rules: [{ tools: ['{ns,x}*'] }],
    of: { ...SEND, tool: { name: 'ns/x' } },
    effect: 'allow',
    by: 'rule r0',
    hazards: ['our-reading star r0'],
  },
  {
    says: 'a reading that changes the rule but not the effect is no hazard',
    rules: [{ tools: ['Send_*'] }, {}],
    of: SEND,
    effect: 'allow',
    by: 'rule r1',
  },
  {
    says: 'hazards come by rule, then kind',
    rules: [
      { effect: 'gated', condition: IS_2 },
      { effect: 'deny', condition: NO_Z },
      { effect: 'deny', tools: ['SEND_*'] },
      {},
    ],
    of: SEND,
    effect: 'allow',
    by: 'rule r3',
    hazards: ['gate-passed r0', 'deny-skipped r1', 'our-reading error-skips r1', 'our-reading case r2'],
  },
  {
    says: 'wrong types are absent',
    rules: [{ scope: { agents: ['a'] } }, { condition: 'has(request.args) || has(request.time)' }],
    of: { ...SEND, agent: 'a', args: [], time: 'noon' },
    effect: 'deny',
    by: 'default',
    steps: ['scope-mismatch', 'condition-false'],
  },
  {
    says: 'a time is a timestamp',
    rules: [{ condition: 'request.time.getHours("+02:00") == 1' }],
    of: { ...SEND, time: '2026-01-01T00:00:00+01:00' },
    effect: 'allow',
    by: 'rule r0',
  },
  {
    says: 'an absent user is the empty map',
    rules: [{ condition: 'size(user) == 0 && user == {}' }],
    of: { ...SEND, user: null },
    effect: 'allow',
    by: 'rule r0',
  },
  {
    says: 'a hint that is null is absent, and annotations are complete',
    rules: [{ condition: '!has(tool.annotations.readOnlyHint) && !has(tool.annotations.openWorldHint)' }],
    of: { tool: { name: 'x', annotations: { readOnlyHint: null } } },
    effect: 'allow',
    by: 'rule r0',
  },
  {
    says: 'unknown annotations',
    rules: [{ condition: 'tool.annotations.readOnlyHint' }],
    of: { tool: { name: 'x' } },
    effect: 'conditional',
    by: 'r0 default: tool.annotations.readOnlyHint',
  },
  {
    says: 'a null argument is null',
    rules: [{ condition: 'has(request.args.n) && request.args.n == null' }],
    of: { ...SEND, args: { n: null } },
    effect: 'allow',
    by: 'rule r0',
  },
  {
    says: 'members beyond the table are not there, even of an unknown agent',
    rules: [{ condition: 'agent.secret == 1.0' }, {}],
    of: { tool: SEND.tool },
    effect: 'allow',
    by: 'rule r1',
    hazards: ['our-reading error-skips r0'],
  },
];

const hazardWords = (hazard: Decision['hazards'][number]): string =>
  hazard.kind === 'our-reading' ? `our-reading ${hazard.reading} ${hazard.ruleId}` : `${hazard.kind} ${hazard.ruleId}`;

function byWords(by: Decision['decidedBy']): string {
  if (by.kind === 'default') return 'default';
  if (by.kind !== 'undecided') return `${by.kind} ${by.ruleId}`;
  return `${[...by.ruleIds, ...(by.default ? ['default'] : [])].join(' ')}: ${by.waitsFor.join(' ')}`;
}

describe('a decision', () => {
  it.each(CASES)('$says', async ({ rules, deny, of, effect, by, hazards, steps }) => {
    const policy = await compiled(rules, deny ? 'deny' : 'continue');
    const decision = decide(policy, call(of));
    expect({
      effect: decision.effect,
      by: byWords(decision.decidedBy),
      hazards: decision.hazards.map(hazardWords),
    }).toEqual({
      effect,
      by,
      hazards: hazards ?? [],
    });
    if (steps) expect(decision.steps.map((step) => step.kind)).toEqual(steps);
    const { id, decidedBy } = decision;
    expect(decideRow(policy, call(of))).toEqual({ id, effect, decidedBy, hazards: decision.hazards });
  });

  it('tells each step with what it saw', async () => {
    const policy = await compiled([
      { scope: { agents: ['b', 'tag:t'], resources: ['r'], users: ['v'] } },
      { tools: ['get', 'list_*'] },
      { condition: `true && ${NO_Z}` },
      { condition: `${IS_2} || agent.name == "n"` },
      { tools: ['get', 'send_*', '*'] },
    ]);
    const of = call({ ...SEND, ...USER, agent: { slug: 'a', tags: ['k'] } });
    expect(decide(policy, of).steps).toEqual([
      {
        ruleId: 'r0',
        kind: 'scope-mismatch',
        facets: [
          { facet: 'agents', expected: ['b', 'tag:t'], actual: ['a', 'tag:k'] },
          { facet: 'users', expected: ['v'], actual: ['u', 'u@x'] },
        ],
      },
      { ruleId: 'r1', kind: 'no-pattern', tool: 'send_x', tried: ['get', 'list_*'] },
      {
        ruleId: 'r2',
        kind: 'condition-error',
        error: { code: 'no-such-key', message: 'no such key: `z`', start: 8, end: 22 },
      },
      { ruleId: 'r3', kind: 'unknown', unknown: ['condition'], waitsFor: ['agent.name'] },
      { ruleId: 'r4', kind: 'matched', pattern: 'send_*' },
    ]);
  });

  it('says of a condition that does not compile where', async () => {
    const policy = await compiled([
      { condition: 'agent.slug == ' },
      { condition: 'agent.slug + 1 == nope' },
      { condition: 'request.args' },
    ]);
    const errors = decide(policy, call(SEND)).steps.map(
      (step) => step.kind === 'condition-error' && [step.error.code, step.error.start, step.error.end],
    );
    expect(errors).toEqual([
      ['parse', 14, 14],
      ['check', 18, 22],
      ['not-bool', 0, 12],
    ]);
  });

  it('opens a step: values of sub-expressions and the nearest reason', async () => {
    const policy = await compiled([{ condition: 'request.args.n == 2.0' }, {}, { condition: 'nope(' }]);
    const explained = explainCondition(policy, ruleId('r0'), call(SEND));
    expect(explained?.root).toMatchObject({ start: 0, end: 21 });
    expect(explained?.reasons).toHaveLength(1);
    expect(explainCondition(policy, ruleId('r1'), call(SEND))).toBeUndefined();
    expect(explainCondition(policy, ruleId('r2'), call(SEND))).toBeUndefined();
    expect(explainCondition(policy, ruleId('none'), call(SEND))).toBeUndefined();
  });

  it('gives two calls on one route their own answers', async () => {
    const policy = await compiled([{ scope: { groups: ['g'] }, tools: ['send_*'] }]);
    const groups = [['g'], ['G'], ['x'], [], ['x', 'g'], ['G', 'x']];
    const rows = groups.map((of) => decideRow(policy, call({ ...SEND, user: { id: null, email: null, groups: of } })));
    expect(rows.map(({ effect, hazards }) => [effect, ...hazards.map(hazardWords)])).toEqual([
      ['allow'],
      ['deny', 'our-reading case r0'],
      ['deny'],
      ['deny'],
      ['allow'],
      ['deny', 'our-reading case r0'],
    ]);
  });

  it('compiles what does not validate, and matches nothing by it', async () => {
    const broken = [
      null,
      7,
      {},
      { id: 'x', effect: 'allow', status: 'active', tools: ['*'], scope: { agents: 'a' }, condition: null },
    ];
    const policy = await compilePolicy({ rules: broken, settings: null } as unknown as Parameters<
      typeof compilePolicy
    >[0]);
    const decision = decide(policy, call(SEND));
    expect(decision.effect).toBe('deny');
    expect(decision.steps).toHaveLength(4);
    const gate = await compiled([{ effect: 'gated', condition: null }]);
    expect(decide(gate, call(SEND)).steps).toMatchObject([
      { kind: 'condition-error', error: { code: 'no-condition' } },
    ]);
  });
});

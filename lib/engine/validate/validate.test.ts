import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillPolicy, fillRule } from '../model/defaults';
import { ruleId, type Rule } from '../model/model';
import { validateCall } from './validate-call';
import { validatePolicy, validateRule, validateRules, validateSettings } from './validate';

const RULE = { id: 'r1', name: 'One', effect: 'allow', tools: ['*'] };
type Expected = readonly [pointer: string, code: string, message: string];

/** Members laid over a valid rule, and the problems that they bring. */
const RULES: readonly [string, object, readonly Expected[]][] = [
  ['nothing more than needed', {}, []],
  [
    'everything',
    {
      description: '',
      status: 'draft',
      condition: 'true',
      scope: { resources: ['slack', 'tag:chat'], users: ['a@b'] },
    },
    [],
  ],
  ['fields of others', { 'x-note': 1, scope: { 'x-why': '' } }, []],
  [
    'a misspelt facet',
    { scope: { agent: ['x'] } },
    [['/scope/agent', 'unknown-field', 'a scope has no field `agent`, did you mean `agents`?']],
  ],
  ['an unknown field', { colour: 'red' }, [['/colour', 'unknown-field', 'a rule has no field `colour`']]],
  ['a field with a slash', { 'a/b~': 1 }, [['/a~1b~0', 'unknown-field', 'a rule has no field `a/b~`']]],
  ['no id', { id: undefined }, [['/id', 'missing', 'a rule must have `id`']]],
  ['an empty id', { id: '' }, [['/id', 'empty', '`id` must not be empty']]],
  ['an id of another type', { id: 7 }, [['/id', 'type', '`id` must be text, not `7`']]],
  [
    'another effect',
    { effect: 'Allow' },
    [
      [
        '/effect',
        'not-a-choice',
        '`effect` must be one of `allow`, `deny`, `gated`, not `Allow`, did you mean `allow`?',
      ],
    ],
  ],
  [
    'another status',
    { status: null },
    [['/status', 'not-a-choice', '`status` must be one of `draft`, `active`, `disabled`, not `null`']],
  ],
  ['no patterns', { tools: [] }, [['/tools', 'too-few', 'a rule must have at least one tool pattern']]],
  [
    '65 patterns',
    { tools: Array(65).fill('a') },
    [['/tools', 'too-many', 'a rule has at most 64 tool patterns, not 65']],
  ],
  [
    'a pattern that is none',
    { tools: ['*', 1, ''] },
    [
      ['/tools/1', 'type', 'a tool pattern must be text, not `1`'],
      ['/tools/2', 'pattern-empty', 'a tool pattern must have at least one character'],
    ],
  ],
  ['tools that are no list', { tools: '*' }, [['/tools', 'type', '`tools` must be a list of patterns, not `*`']]],
  [
    'a tagged user',
    { scope: { users: ['tag:x'], agents: ['tag:x'] } },
    [
      [
        '/scope/users/0',
        'selector-tag',
        'selector `tag:x`: only resources, agents and instances have tags, `users` do not',
      ],
    ],
  ],
  [
    'empty selectors',
    { scope: { agents: ['', 'tag:', 3] } },
    [
      ['/scope/agents/0', 'selector-empty', 'a selector in `agents` must not be empty'],
      ['/scope/agents/1', 'selector-empty', 'selector `tag:` names no tag'],
      ['/scope/agents/2', 'type', 'a selector in `agents` must be text, not `3`'],
    ],
  ],
  [
    'a facet that is no list',
    { scope: { groups: 'x' } },
    [['/scope/groups', 'type', '`groups` must be a list of selectors, not `x`']],
  ],
  ['a scope that is no object', { scope: [] }, [['/scope', 'type', '`scope` must be an object, not a list']]],
  [
    'an active gate without condition',
    { effect: 'gated' },
    [['/condition', 'gated-without-condition', 'an active gated rule must have a condition']],
  ],
  ['a draft gate without condition', { effect: 'gated', status: 'draft' }, []],
  ['a gate with an empty condition', { effect: 'gated', condition: '' }, []],
  [
    'a condition that is no text',
    { condition: true },
    [['/condition', 'type', '`condition` must be text or null, not `true`']],
  ],
  ['a long condition', { condition: '😀'.repeat(4096) }, []],
  [
    'a condition too long',
    { condition: 'x'.repeat(4097) },
    [['/condition', 'too-long', 'a condition has at most 4,096 characters, not 4,097']],
  ],
];

const listed = (problems: readonly { pointer: string; code: string; message: string }[]): Expected[] =>
  problems.map(({ pointer, code, message }) => [pointer, code, message]);

describe('validation', () => {
  it.each(RULES)('of a rule: %s', (_, members, expected) => {
    const rule: unknown = JSON.parse(JSON.stringify({ ...RULE, ...members }));
    expect(listed(validateRule(rule))).toEqual(expected);
  });

  it('of rules: ids are unique, and pointers lead to the rule', () => {
    expect(listed(validateRules([RULE, 5, RULE, { ...RULE, id: 'r2', effect: 'maybe' }], '/rules'))).toEqual([
      ['/rules/1', 'type', 'a rule must be an object, not `5`'],
      ['/rules/2/id', 'duplicate-id', 'id `r1` is already that of rule 1'],
      ['/rules/3/effect', 'not-a-choice', '`effect` must be one of `allow`, `deny`, `gated`, not `maybe`'],
    ]);
    expect(listed(validateRules(Array.from({ length: 5001 }, (_, i) => ({ ...RULE, id: `r${i}` }))))).toEqual([
      ['', 'too-many', 'a policy has at most 5,000 rules, not 5,001'],
    ]);
  });

  it('of the patterns of all rules together, where their braces are expanded', () => {
    const rules = (count: number) =>
      Array.from({ length: 11 }, (_, i) => ({
        ...RULE,
        id: `r${i}`,
        tools: ['{1..1000}', `[{a,b}]{1..${count}}_${i}`],
      }));
    expect(listed(validateRules(rules(450)))).toEqual([]);
    expect(
      listed(validateRules([...rules(450), ...rules(450).map((rule) => ({ ...rule, id: `again ${rule.id}` }))])),
    ).toEqual([]);
    expect(listed(validateRules(rules(500), '/rules'))).toEqual([
      [
        '/rules/10/tools/1',
        'patterns-too-many-alternatives',
        'up to `[{a,b}]{1..500}_10`, tool patterns whose braces are unbalanced or beside brackets stand for more than 10,000 alternatives together',
      ],
    ]);
  });

  it('of settings and policies', () => {
    expect(validateSettings({})).toEqual([]);
    expect(listed(validatePolicy({ rules: [], settings: { gatedWhenFalse: 'no', gateWhenFalse: 1 } }))).toEqual([
      [
        '/settings/gateWhenFalse',
        'unknown-field',
        'settings has no field `gateWhenFalse`, did you mean `gatedWhenFalse`?',
      ],
      ['/settings/gatedWhenFalse', 'not-a-choice', '`gatedWhenFalse` must be one of `continue`, `deny`, not `no`'],
    ]);
    expect(listed(validatePolicy({}))).toEqual([['/rules', 'missing', '`rules` is missing']]);
    expect(listed(validatePolicy(null))).toEqual([['', 'type', 'a policy must be an object, not `null`']]);
  });

  it.each<[string, unknown, readonly Expected[]]>([
    ['nothing known', { id: 'c' }, []],
    ['all absent', { id: 'c', time: null, agent: null, args: null, tool: { name: null, annotations: null } }, []],
    ['fields of others', { id: 'c', source: 7, agent: { colour: 1 }, args: { any: [1] } }, []],
    ['no call', 7, [['', 'type', 'a call must be an object, not `7`']]],
    ['no id', {}, [['/id', 'missing', 'a call must have `id`']]],
    [
      'no time',
      { id: 'c', time: 'yesterday' },
      [['/time', 'time', 'time `yesterday` is not RFC 3339, as `2026-11-22T10:00:00Z` is']],
    ],
    ['no arguments', { id: 'c', args: [] }, [['/args', 'args', '`args` must be an object, not a list']]],
    [
      'wrong types',
      {
        id: 1,
        agent: { slug: 1, tags: ['a', 2] },
        instance: { client: [] },
        tool: { annotations: { readOnlyHint: 'yes' } },
      },
      [
        ['/id', 'type', '`id` must be text, not `1`'],
        ['/agent/slug', 'type', '`slug` must be text, not `1`'],
        ['/agent/tags/1', 'type', 'an item of `tags` must be text, not `2`'],
        ['/instance/client', 'type', '`client` must be an object, not a list'],
        ['/tool/annotations/readOnlyHint', 'type', '`readOnlyHint` must be true or false, not `yes`'],
      ],
    ],
    [
      'a recorded effect',
      { id: 'c', recorded: { effect: 'gated' } },
      [['/recorded/effect', 'not-a-choice', '`effect` must be one of `allow`, `deny`, not `gated`']],
    ],
  ])('of a call: %s', (_, call, expected) => {
    expect(listed(validateCall(call))).toEqual(expected);
  });

  it('never throws, and what passes can be filled in', () => {
    const key = fc.constantFrom(
      'id',
      'name',
      'effect',
      'tools',
      'scope',
      'agents',
      'condition',
      'status',
      'x-a',
      'time',
      'args',
      'agent',
      '__proto__',
    );
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom<unknown>(null, 1, '', 'allow', 'gated', '*', true),
        fc.array(tie('any'), { maxLength: 3 }),
        fc.dictionary(key, tie('any'), { maxKeys: 5 }),
      ),
    })).any;
    fc.assert(
      fc.property(value, (any) => {
        validateRule(any);
        validateRules(any);
        validatePolicy(any);
        validateSettings(any);
        validateCall(any);
      }),
    );
  });

  it('fills in what may be left out', () => {
    const written = {
      id: ruleId('r'),
      name: 'n',
      effect: 'deny',
      tools: ['*'],
      scope: { agents: ['a'] },
      'x-note': 1,
    } as const;
    const full: Rule & { 'x-note': number } = {
      id: ruleId('r'),
      name: 'n',
      description: '',
      effect: 'deny',
      status: 'active',
      tools: ['*'],
      condition: null,
      'x-note': 1,
      scope: { resources: [], agents: ['a'], instances: [], users: [], groups: [] },
    };
    expect(fillRule(written)).toEqual(full);
    expect(fillPolicy({ rules: [written] })).toEqual({ rules: [full], settings: { gatedWhenFalse: 'continue' } });
    expect(validateRule(full)).toEqual([]);
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { callId, MAX_RULES, ruleId, type Rule } from '../engine';
import type { BundleTest } from '../bundle';
import type { PolicyContent } from '../store';
import { applyCommand, copyName } from './apply';
import type { PolicyCommand, CommandProblem } from './command';
import { anyCommand, anyContent, aPolicy, aRule } from './testkit';

const A = aRule('a', { name: 'A' });
const B = aRule('b', { name: 'B' });
const C = aRule('c', { name: 'C' });
const base = aPolicy(A, B, C);
const T: BundleTest = { name: 't', call: { id: callId('c'), tool: { name: 'send' } }, expect: { effect: 'deny' } };
const [a, b, c, x] = ['a', 'b', 'c', 'x'].map(ruleId) as [typeof A.id, typeof A.id, typeof A.id, typeof A.id];
const order = (content: PolicyContent) => content.rules.map(({ id }) => id).join('');

const applied: readonly (readonly [
  PolicyCommand,
  label: string,
  (content: PolicyContent) => unknown,
  expected: unknown,
])[] = [
  [{ kind: 'add-rule', rule: aRule('x', { name: 'X' }) }, 'add `X`', order, 'xabc'],
  [{ kind: 'add-rule', rule: aRule('x', { name: '' }), index: 2 }, 'add a rule without a name', order, 'abxc'],
  [{ kind: 'add-rule', rule: aRule('x'), index: 99 }, 'add `Rule x`', order, 'abcx'],
  [{ kind: 'add-rule', rule: aRule('x'), index: -1 }, 'add `Rule x`', order, 'xabc'],
  [{ kind: 'update-rule', rule: { ...B, effect: 'deny' } }, 'edit `B`', ({ rules }) => rules[1]?.effect, 'deny'],
  [{ kind: 'update-rule', rule: { ...B, name: 'Z' } }, 'rename `B` to `Z`', ({ rules }) => rules[1]?.name, 'Z'],
  [{ kind: 'update-rule', rule: { ...B, name: 'Z', tools: ['q'] } }, 'edit `Z`', order, 'abc'],
  [
    { kind: 'duplicate-rule', id: a, copyId: x },
    'duplicate `A`',
    ({ rules }) => rules[1],
    { ...A, id: 'x', name: 'A (copy)' },
  ],
  [{ kind: 'remove-rules', ids: [b] }, 'delete `B`', order, 'ac'],
  [{ kind: 'remove-rules', ids: [c, a, x] }, 'delete 2 rules', order, 'b'],
  [{ kind: 'move-rule', id: a, index: 2 }, 'move `A` to position 3', order, 'bca'],
  [{ kind: 'move-rule', id: c, index: 0 }, 'move `C` to position 1', order, 'cab'],
  [{ kind: 'move-rule', id: b, index: 9 }, 'move `B` to position 3', order, 'acb'],
  [
    { kind: 'set-status', ids: [b], status: 'disabled' },
    'disable `B`',
    ({ rules }) => rules.map((r) => r.status),
    ['active', 'disabled', 'active'],
  ],
  [
    { kind: 'set-status', ids: [a, b], status: 'draft' },
    'make 2 rules a draft',
    ({ rules }) => rules.map((r) => r.status),
    ['draft', 'draft', 'active'],
  ],
  [
    { kind: 'set-settings', settings: { gatedWhenFalse: 'deny' } },
    'let a false gate deny',
    ({ settings }) => settings,
    { gatedWhenFalse: 'deny' },
  ],
  [{ kind: 'rename', name: 'Z' }, 'rename the policy to `Z`', ({ name }) => name, 'Z'],
  [{ kind: 'set-description', description: 'd' }, 'change the description', ({ description }) => description, 'd'],
  [{ kind: 'set-notes', notes: 'n' }, 'change the notes', ({ notes }) => notes, 'n'],
  [
    { kind: 'set-catalog', catalog: { groups: [{ name: 'g' }] } },
    'add the group `g`',
    ({ catalog }) => catalog,
    { groups: [{ name: 'g' }] },
  ],
  [{ kind: 'change-tests', changes: [{ was: null, now: T }] }, 'add the test `t`', ({ tests }) => tests, [T]],
  [{ kind: 'replace-rules', rules: [C, aRule('x')] }, 'replace the rules (2)', order, 'cx'],
  [{ kind: 'replace-all', content: aPolicy(B), from: 'Tuesday' }, 'replace everything by `Tuesday`', order, 'b'],
];

const gate: Rule = aRule('g', { effect: 'gated', status: 'draft' });
const refused: readonly (readonly [string, PolicyContent, PolicyCommand, readonly CommandProblem[]])[] = [
  [
    'an id that is taken',
    base,
    { kind: 'add-rule', rule: aRule('b') },
    [{ code: 'duplicate-id', pointer: '/id', message: 'there is a rule with the id `b` already', ruleId: b }],
  ],
  [
    'a copy under an id that is taken',
    base,
    { kind: 'duplicate-rule', id: a, copyId: c },
    [{ code: 'duplicate-id', pointer: '/id', message: 'there is a rule with the id `c` already', ruleId: c }],
  ],
  ...(
    [
      { kind: 'update-rule', rule: aRule('x') },
      { kind: 'duplicate-rule', id: x, copyId: ruleId('y') },
      { kind: 'remove-rules', ids: [x] },
      { kind: 'move-rule', id: x, index: 0 },
      { kind: 'set-status', ids: [x], status: 'active' },
    ] as const
  ).map(
    (command) =>
      [
        `${command.kind} of a rule that is not there`,
        base,
        command,
        [{ code: 'no-such-rule', pointer: '', message: 'there is no rule with the id `x` (any more)', ruleId: x }],
      ] as const,
  ),
  [
    'no rules at all',
    base,
    { kind: 'remove-rules', ids: [] },
    [{ code: 'no-such-rule', pointer: '', message: 'no rule was named' }],
  ],
  [
    'a gate without a condition that becomes active',
    aPolicy(gate),
    { kind: 'set-status', ids: [gate.id], status: 'active' },
    [
      {
        code: 'gated-without-condition',
        pointer: '/condition',
        message: 'an active gated rule must have a condition',
        ruleId: gate.id,
      },
    ],
  ],
  [
    'a pattern that is empty, and no name that is whole',
    base,
    { kind: 'update-rule', rule: { ...A, name: 'A\ud800', tools: ['ok', ''] } },
    [
      {
        code: 'pattern-empty',
        pointer: '/tools/1',
        message: 'a tool pattern must have at least one character',
        ruleId: a,
      },
      {
        code: 'lone-surrogate',
        pointer: '/name',
        message: 'the text holds half a character (a lone surrogate)',
        ruleId: a,
      },
    ],
  ],
  [
    'half a character in a selector',
    base,
    { kind: 'update-rule', rule: { ...A, scope: { ...A.scope, groups: ['x\udc00'] } } },
    [
      {
        code: 'lone-surrogate',
        pointer: '/scope/groups/0',
        message: 'the text holds half a character (a lone surrogate)',
        ruleId: a,
      },
    ],
  ],
  [
    'half a character in the name',
    base,
    { kind: 'rename', name: '\udc00' },
    [{ code: 'lone-surrogate', pointer: '/name', message: 'the text holds half a character (a lone surrogate)' }],
  ],
  [
    'too many rules',
    aPolicy(...Array.from({ length: MAX_RULES }, (_, i) => aRule(`r${i}`))),
    { kind: 'add-rule', rule: aRule('x') },
    [{ code: 'too-many', pointer: '/rules', message: 'a policy has at most 5000 rules, not 5001' }],
  ],
  [
    'patterns that a bundle could not carry together',
    aPolicy({ ...A, tools: Array.from({ length: 10 }, (_, i) => `[{a,b}]{1..500}_${i}`) }),
    { kind: 'update-rule', rule: { ...A, tools: Array.from({ length: 11 }, (_, i) => `[{a,b}]{1..500}_${i}`) } },
    [
      {
        code: 'patterns-too-many-alternatives',
        pointer: '/rules/0/tools/10',
        message:
          'up to `[{a,b}]{1..500}_10`, tool patterns whose braces are unbalanced or beside brackets stand for more than 10,000 alternatives together',
      },
    ],
  ],
];

describe('a command', () => {
  test.each(applied)('%j', (command, label, look, expected) => {
    const result = applyCommand(base, command);
    expect(result).toMatchObject({ kind: 'applied', label });
    expect(result.kind === 'applied' && look(result.content)).toEqual(expected);
  });

  test.each(refused)('is refused: %s', (_what, content, command, problems) => {
    expect(applyCommand(content, command)).toEqual({ kind: 'refused', problems });
  });

  test.each([
    [{ kind: 'move-rule', id: a, index: 0 }],
    [{ kind: 'update-rule', rule: structuredClone(B) }],
    [{ kind: 'set-status', ids: [a, b], status: 'active' }],
    [{ kind: 'set-settings', settings: { gatedWhenFalse: 'continue' } }],
    [{ kind: 'set-notes', notes: '' }],
    [{ kind: 'replace-rules', rules: structuredClone(base.rules) }],
    [{ kind: 'replace-all', content: structuredClone(base), from: 'itself' }],
  ] satisfies readonly [PolicyCommand][])('that changes nothing is no step: %j', (command) => {
    expect(applyCommand(base, command)).toEqual({ kind: 'unchanged' });
  });

  test('leaves alone an old fault of a rule that it does not touch', () => {
    const faulty = aPolicy(aRule('bad', { tools: [''] }), A);
    expect(applyCommand(faulty, { kind: 'move-rule', id: a, index: 0 })).toMatchObject({ kind: 'applied' });
  });

  test('never changes what it was given, keeps ids unique, and keeps what did not change', () => {
    fc.assert(
      fc.property(anyContent, anyCommand, (content, command) => {
        const before = structuredClone(content);
        const result = applyCommand(content, command);
        expect(content).toEqual(before);
        if (result.kind === 'refused') expect(result.problems).not.toEqual([]);
        if (result.kind !== 'applied') return;
        const ids = result.content.rules.map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        const same = new Map(content.rules.map((rule) => [JSON.stringify(rule), rule]));
        for (const rule of result.content.rules) {
          const old = same.get(JSON.stringify(rule));
          if (old) expect(rule).toBe(old);
        }
      }),
    );
  });
});

test.each([
  ['A', [], 'A (copy)'],
  ['A', ['A (copy)'], 'A (copy 2)'],
  ['A (copy)', ['A (copy)', 'A (copy 2)'], 'A (copy 3)'],
  ['A (copy 2)', [], 'A (copy)'],
  ['', [], ' (copy)'],
])('a copy of `%s` beside %j is called `%s`', (name, taken, expected) => {
  expect(copyName(name, new Set(taken))).toBe(expected);
});

import { describe, expect, test } from 'vitest';
import { collectText } from './collect';
import { policyChangeOf, policyEventOf, type PolicyChange } from './policy-event';

test.each<[string, PolicyChange | undefined]>([
  ['policy.created', 'created'],
  ['policy.rule.updated', 'updated'],
  ['gateway.policy.rule_deleted', 'deleted'],
  ['rule_reordered', 'reordered'],
  ['RULES.MOVED', 'reordered'],
  ['policy.rule.disabled', 'updated'],
  ['policy.evaluated', undefined],
  ['gateway.tool.executed', undefined],
])('the action %s', (action, change) => expect(policyChangeOf(action)).toBe(change));

describe('which rule, of which policy, and what it was', () => {
  const stated = { id: undefined, time: '2026-03-02T10:00:00Z' };
  const rule = { id: 'r1', name: 'Refunds', effect: 'deny', tools: ['*'] };
  test.each<[string, PolicyChange, object, object]>([
    [
      'a rule before and after',
      'updated',
      { details: { policyId: 'p1', before: { ...rule, effect: 'allow' }, after: rule } },
      { policy: 'p1', ruleId: 'r1', ruleName: 'Refunds', before: { effect: 'allow' }, after: { effect: 'deny' } },
    ],
    [
      'changes by field, in an object',
      'updated',
      {
        policy: { id: 7, name: 'Shop' },
        details: { ruleId: 'r1', changes: { effect: { from: 'allow', to: 'deny' } } },
      },
      { policy: '7', ruleId: 'r1', before: { effect: 'allow' }, after: { effect: 'deny' } },
    ],
    [
      'changes by field, in a list',
      'updated',
      { policyName: 'Shop', rule_id: 'r1', diff: [{ field: 'status', old: 'draft', new: 'active' }] },
      { policy: 'Shop', ruleId: 'r1', before: { status: 'draft' }, after: { status: 'active' } },
    ],
    [
      'a resource that is the policy, and no rule',
      'deleted',
      { resource: { type: 'policy', id: 'p1', name: 'Shop' }, details: { rule } },
      { policy: 'p1', ruleId: 'r1', ruleName: 'Refunds', before: rule },
    ],
    [
      'a resource that is the rule',
      'created',
      { resource: { type: 'rule', id: 'r1', name: 'Refunds' }, actor: 'ada' },
      { ruleId: 'r1', ruleName: 'Refunds', by: 'ada' },
    ],
  ])('%s', (_, change, entry, wanted) => {
    const event = policyEventOf({ ...entry }, change, stated);
    expect(event).toMatchObject({ change, time: stated.time, ...wanted });
    if (!('policy' in wanted)) expect(event).not.toHaveProperty('policy');
  });
});

describe('in a log', () => {
  const change = { effect: { from: 'allow', to: 'deny' } };
  const quoted = (value: object) => `"${JSON.stringify(value).replaceAll('"', '""')}"`;
  test.each<[string, string, string]>([
    ['as JSON in a cell', 'details', quoted({ ruleId: 'r1', changes: change })],
    ['in columns of their own', 'details.ruleId,details.changes', `r1,${quoted(change)}`],
    ['in columns of what was and is', 'rule_id,before.effect,after.effect', 'r1,allow,deny'],
  ])('a table says it %s', async (_, columns, cells) => {
    const empty = columns.replaceAll(/[^,]+/g, '');
    const text = [
      `id,timestamp,action,user,tool,decision,${columns}`,
      `1,2026-03-02T10:00:00Z,gateway.tool.executed,ada@example.com,send_mail,deny,${empty}`,
      `2,2026-03-02T10:12:00Z,policy.updated,grace@example.com,,,${cells}`,
    ].join('\n');
    const { calls, policyEvents, rejects, summary } = await collectText(text);
    expect(calls).toHaveLength(1);
    expect(rejects).toEqual([]);
    expect(policyEvents).toMatchObject([
      {
        id: '2',
        time: '2026-03-02T10:12:00Z',
        change: 'updated',
        by: 'grace@example.com',
        ruleId: 'r1',
        before: { effect: 'allow' },
        after: { effect: 'deny' },
      },
    ]);
    expect(summary.notes.map(({ message }) => message)).toContain('1 row is no tool call: a change of the policy');
  });

  test('a change that is logged twice is one', async () => {
    const entry = { id: 'e', timestamp: '2026-03-02T10:12:00Z', action: 'policy.updated', details: { ruleId: 'r1' } };
    const call = { id: 'c', timestamp: entry.timestamp, action: 'gateway.tool.executed', details: { tool: 'x' } };
    const text = [entry, call, entry].map((one) => JSON.stringify(one)).join('\n');
    expect((await collectText(text)).policyEvents).toHaveLength(1);
  });
});

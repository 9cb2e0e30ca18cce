import { describe, expect, it } from 'vitest';
import { fillPolicy, ruleId, type Policy, type WrittenRule } from '../engine';
import { collectText } from '../trace';
import { bisectHistory } from './bisect';
import { policyAt } from './policy-at';
import { reproduceLog } from './reproduce';

const rule = (
  id: string,
  effect: WrittenRule['effect'],
  tools: readonly string[],
  rest: Partial<WrittenRule> = {},
): WrittenRule => ({
  id: ruleId(id),
  name: id,
  effect,
  tools,
  ...rest,
});

const POLICY: Policy = fillPolicy({
  rules: [
    rule('large-refunds', 'deny', ['create_refund'], { condition: 'request.args.amount > 500' }),
    rule('refunds', 'allow', ['create_refund'], { scope: { groups: ['support'] } }),
    rule('purge', 'deny', ['admin*'], { scope: { agents: ['cursor'] } }),
    rule('merge', 'allow', ['merge'], { scope: { groups: ['finance', 'oncall'] } }),
    rule('limits', 'deny', ['set_limit'], { condition: 'request.args.limit > 100' }),
    rule('messages', 'deny', ['send_*'], { scope: { agents: ['codex'] } }),
    rule('all', 'allow', ['list_*', 'send_*', 'set_limit', 'admin_list']),
  ],
});

const MINUTE = 60_000;
const START = Date.parse('2026-03-02T08:00:00Z');

interface Entry {
  readonly tool: string;
  readonly effect: 'allow' | 'deny';
  readonly rule?: string;
  readonly agent?: string;
  readonly groups?: readonly string[];
  readonly args?: Readonly<Record<string, unknown>>;
}

const entryOf = (
  n: number,
  { tool, effect, rule: by, agent = 'claude-code', groups = [], args = {} }: Entry,
): object => ({
  id: `e${String(n)}`,
  timestamp: new Date(START + n * 1000).toISOString(),
  action: 'gateway.tool.executed',
  call: {
    time: new Date(START + n * 1000).toISOString(),
    agent: { slug: agent, name: agent, tags: [] },
    instance: null,
    user: { id: 'u1', email: 'ada@example.com', name: 'Ada', groups },
    resource: { slug: 'shop', name: 'Shop', tags: [] },
    tool: { name: tool, title: null, annotations: null },
    args,
    ip: null,
    userAgent: null,
  },
  details: { arguments: args, policyEffect: effect, ...(by === undefined ? {} : { ruleId: by }) },
});

/** A day in which all goes by the policy, but for five calls. */
const ORDINARY: readonly Entry[] = [
  { tool: 'list_orders', effect: 'allow', rule: 'all' },
  { tool: 'create_refund', effect: 'allow', rule: 'refunds', groups: ['support'], args: { amount: 20 } },
  { tool: 'create_refund', effect: 'deny', rule: 'large-refunds', groups: ['support'], args: { amount: 900 } },
  { tool: 'delete_order', effect: 'deny' },
  { tool: 'send_message', effect: 'deny', rule: 'messages', agent: 'codex' },
  { tool: 'set_limit', effect: 'allow', rule: 'all', args: { limit: 50 } },
];
const DIVERGING: Readonly<Record<number, Entry>> = {
  // Changed twelve minutes later: until then the rule was a deny for all agents.
  700: { tool: 'send_message', effect: 'deny', rule: 'messages', agent: 'claude-code' },
  // The log left the amount out.
  1500: { tool: 'create_refund', effect: 'deny', rule: 'large-refunds', groups: ['support'], args: { order: 'A-7' } },
  // The directory had another group then.
  2500: { tool: 'create_refund', effect: 'allow', rule: 'refunds', groups: [], args: { amount: 20 } },
  // The gateway asks for all values of a facet.
  3500: { tool: 'merge', effect: 'deny', groups: ['oncall'] },
  // A number that the log writes as a text.
  4500: { tool: 'set_limit', effect: 'deny', rule: 'limits', args: { limit: '5000' } },
};

function exported(): string {
  const lines = Array.from({ length: 5000 }, (_, n) => {
    const entry = DIVERGING[n] ?? ORDINARY[n % ORDINARY.length];
    return JSON.stringify(entryOf(n, entry ?? { tool: 'list_orders', effect: 'allow' }));
  });
  const change = {
    id: 'p1',
    timestamp: new Date(START + 700_000 + 12 * MINUTE).toISOString(),
    action: 'policy.updated',
    actor: { type: 'user', email: 'grace@example.com' },
    details: { ruleId: 'messages', changes: { scope: { from: {}, to: { agents: ['codex'] } } } },
  };
  return [...lines, JSON.stringify(change)].join('\n');
}

describe('an export of 5,000 entries in which five diverge', () => {
  it('finds all five with their causes, and no other', async () => {
    const { calls, policyEvents } = await collectText(exported());
    const { counts, notable } = await reproduceLog(POLICY, calls, policyEvents);
    expect(counts.diverged).toBe(5);
    expect(notable.map(({ call, causes }) => [call.id, causes[0]?.kind])).toEqual([
      ['e700', 'policy-changed'],
      ['e1500', 'fact'],
      ['e2500', 'fact'],
      ['e3500', 'reading'],
      ['e4500', 'condition-error'],
    ]);
    expect(notable[0]?.causes[0]).toMatchObject({ events: [{ by: 'grace@example.com' }], afterMs: 12 * MINUTE });
    expect(notable[3]?.causes[0]).toMatchObject({ reading: 'facet-or', contradictedBy: 0 });
  });

  it('counts entries that speak against another reading', async () => {
    const { calls } = await collectText(
      [
        entryOf(1, { tool: 'merge', effect: 'deny', groups: ['oncall'] }),
        entryOf(2, { tool: 'merge', effect: 'allow', rule: 'merge', groups: ['oncall'] }),
      ]
        .map((one) => JSON.stringify(one))
        .join('\n'),
    );
    const { notable } = await reproduceLog(POLICY, calls, []);
    const reading = notable[0]?.causes.find(({ kind }) => kind === 'reading');
    expect(reading).toMatchObject({ reading: 'facet-or', contradictedBy: 1 });
    expect(notable[0]?.causes[0]?.kind).not.toBe('reading');
  });
});

describe('what is not reproducible', () => {
  it('says what each class of values of a missing fact would decide', async () => {
    const { calls } = await collectText(
      JSON.stringify({
        id: 'a',
        agent: { slug: 'x' },
        user: { groups: ['support'] },
        resource: { slug: 'shop' },
        tool: { name: 'create_refund' },
        recorded: { effect: 'deny' },
      }),
      { format: 'native' },
    );
    const { notable } = await reproduceLog(POLICY, calls, []);
    expect(notable[0]?.verdict).toBe('not-reproducible');
    const amount = notable[0]?.missing.find(({ name }) => name === 'request.args.amount');
    expect(amount?.classes.map(({ values, gives }) => [values, gives.effect])).toEqual([
      [{ kind: 'range', least: null, most: 500, open: [] }, 'allow'],
      [{ kind: 'range', least: 500, most: null, open: ['least'] }, 'deny'],
      [{ kind: 'absent' }, 'allow'],
    ]);
  });
});

describe('the policy as it was', () => {
  const event = { time: '2026-03-02T10:00:00Z', ruleId: 'all' } as const;
  it.each([
    ['created', { ...event, change: 'created' as const }, POLICY.rules.slice(0, -1).map(({ id }) => id)],
    [
      'deleted',
      {
        time: event.time,
        change: 'deleted' as const,
        ruleId: 'old',
        position: 1,
        before: { name: 'Old', effect: 'deny', tools: ['*'] },
      },
      ['large-refunds', 'old', ...POLICY.rules.slice(1).map(({ id }) => id)],
    ],
    [
      'reordered',
      {
        time: event.time,
        change: 'reordered' as const,
        orderBefore: POLICY.rules.map(({ id }) => String(id)).reverse(),
      },
      POLICY.rules.map(({ id }) => id).reverse(),
    ],
  ])('takes back that a rule was %s', (_, one, ids) => {
    const { policy, gaps } = policyAt(POLICY, [one], '2026-03-02T09:00:00Z');
    expect(policy.rules.map(({ id }) => id)).toEqual(ids);
    expect(gaps).toEqual([]);
  });

  it('says what cannot be taken back', () => {
    const { policy, gaps } = policyAt(POLICY, [{ ...event, change: 'updated' }], '2026-03-02T09:00:00Z');
    expect(policy.rules).toEqual(POLICY.rules);
    expect(gaps).toMatchObject([{ reason: 'the log does not say what the rule was before' }]);
  });

  it('leaves changes before the call as they are', () => {
    const { undone, gaps } = policyAt(POLICY, [{ ...event, change: 'created' }], '2026-03-02T11:00:00Z');
    expect([undone, gaps]).toEqual([[], []]);
  });
});

it('finds each edit at which a decision turned', async () => {
  const [first, ...rest] = POLICY.rules;
  const versions = [POLICY, { ...POLICY, rules: rest }, { ...POLICY, rules: first ? [...rest, first] : rest }, POLICY];
  const { calls } = await collectText(
    JSON.stringify(entryOf(1, { tool: 'create_refund', effect: 'deny', groups: ['support'], args: { amount: 900 } })),
  );
  const [call] = calls;
  if (!call) throw new Error('a call was expected');
  const { turns } = await bisectHistory(
    versions.map((policy, i) => ({ policy, label: String(i) })),
    call,
  );
  expect(turns.map(({ from, to, after }) => [from, to, after.effect])).toEqual([
    [0, 1, 'allow'],
    [2, 3, 'deny'],
  ]);
});

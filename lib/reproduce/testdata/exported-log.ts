/** An audit export of 5,000 entries, in which five decisions diverge for five different reasons, and a change of the policy. */
import { fillPolicy, ruleId, type Policy, type WrittenRule } from '../../engine';

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

export const EXPORTED_POLICY: Policy = fillPolicy({
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

export const MINUTE = 60_000;
const START = Date.parse('2026-03-02T08:00:00Z');

interface LoggedEntry {
  readonly tool: string;
  readonly effect: 'allow' | 'deny';
  readonly rule?: string;
  readonly agent?: string;
  readonly groups?: readonly string[];
  readonly args?: Readonly<Record<string, unknown>>;
}

export const entryOf = (
  n: number,
  { tool, effect, rule: by, agent = 'claude-code', groups = [], args = {} }: LoggedEntry,
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
const ORDINARY: readonly LoggedEntry[] = [
  { tool: 'list_orders', effect: 'allow', rule: 'all' },
  { tool: 'create_refund', effect: 'allow', rule: 'refunds', groups: ['support'], args: { amount: 20 } },
  { tool: 'create_refund', effect: 'deny', rule: 'large-refunds', groups: ['support'], args: { amount: 900 } },
  { tool: 'delete_order', effect: 'deny' },
  { tool: 'send_message', effect: 'deny', rule: 'messages', agent: 'codex' },
  { tool: 'set_limit', effect: 'allow', rule: 'all', args: { limit: 50 } },
];
const DIVERGING: Readonly<Record<number, LoggedEntry>> = {
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

/** The whole export, as NDJSON. */
export function exportedLog(): string {
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


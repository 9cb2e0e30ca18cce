import { describe, expect, it } from 'vitest';
import { collectText } from './collect';

const entry = (details: object, more: object = {}): string =>
  JSON.stringify({
    id: 'e1',
    timestamp: '2026-03-02T10:00:00Z',
    action: 'gateway.instance.connected',
    actor: { type: 'agent', id: 'claude-code' },
    details,
    ...more,
  });
const call = entry(
  { mcpServer: 'shop', toolName: 'get_order', policyEffect: 'allow' },
  { id: 'e2', action: 'gateway.tool.executed' },
);

const SHOP = [
  { resource: 'shop', tool: 'get_order', effect: 'allow' },
  { resource: 'shop', tool: 'drop', effect: 'deny' },
  { resource: 'shop', tool: 'create_refund', effect: 'conditional' },
];

describe('an entry of a connection', () => {
  it.each<[string, object]>([
    [
      'three lists',
      { mcpServer: 'shop', allowedTools: ['get_order'], deniedTools: ['drop'], conditionalTools: ['create_refund'] },
    ],
    [
      'lists within',
      { mcpServer: 'shop', tools: { allowed: ['get_order'], denied: ['drop'], conditional: ['create_refund'] } },
    ],
    [
      'lists by server',
      {
        tools: {
          allowed: { shop: ['get_order'] },
          denied: { shop: ['drop'] },
          conditional: { shop: ['create_refund'] },
        },
      },
    ],
    [
      'lists of objects',
      {
        allowed_tools: [{ server: 'shop', name: 'get_order' }],
        denied_tools: [{ mcpServer: 'shop', tool: 'drop' }],
        conditional_tools: [{ resource: { slug: 'shop' }, toolName: 'create_refund' }],
      },
    ],
    [
      'tools with their effect',
      {
        mcpServer: 'shop',
        tools: [
          { name: 'get_order', effect: 'allowed' },
          { name: 'drop', access: 'denied' },
          { name: 'create_refund', status: 'Conditional' },
        ],
      },
    ],
  ])('%s', async (_, details) => {
    const { connections, calls } = await collectText(`${entry(details)}\n${call}\n`);
    expect(connections).toEqual([
      { id: 'e1', time: '2026-03-02T10:00:00Z', facts: { agent: { slug: 'claude-code' } }, tools: SHOP },
    ]);
    expect(calls).toHaveLength(1);
  });

  it('keeps both of what is listed in two ways, and counts what cannot be read', async () => {
    const details = {
      allowedTools: ['get_order', 'get_order'],
      deniedTools: ['get_order'],
      tools: [
        { name: 'drop', access: 'perhaps' },
        { name: 'list', access: 'allowed' },
      ],
    };
    const { connections, summary } = await collectText(`${entry(details)}\n${call}\n`);
    expect(connections[0]?.tools.map(({ tool, effect }) => `${effect} ${tool}`)).toEqual([
      'allow get_order',
      'deny get_order',
      'allow list',
    ]);
    expect(summary.notes.map(({ message }) => message)).toContain(
      '1 listed tool is neither allowed, denied nor conditional: left out',
    );
  });

  it('is read where a mapping says that the lists are', async () => {
    const text = `${entry({ may: ['get_order'], mayNot: ['drop'], who: 'i-1' })}\n${call}\n`;
    expect((await collectText(text)).connections).toEqual([]);
    const mapping = { 'tools.allowed': 'details.may', 'tools.denied': 'details.mayNot', 'instance.id': 'details.who' };
    const { connections } = await collectText(text, { mapping });
    expect(connections.map(({ facts, tools }) => [facts.instance, tools])).toEqual([
      [
        { id: 'i-1' },
        [
          { tool: 'get_order', effect: 'allow' },
          { tool: 'drop', effect: 'deny' },
        ],
      ],
    ]);
  });

  it('is no call, and no call is one', async () => {
    const listed = entry(
      { toolName: 'get_order', tools: { allowed: ['x'] } },
      { id: 'e3', action: 'gateway.tool.executed' },
    );
    const { calls, connections, rejects } = await collectText(
      `${listed}\n${entry({ allowedTools: [7, null, {}] })}\n${call}\n`,
    );
    expect([calls.length, connections, rejects]).toEqual([2, [], []]);
  });
});

describe('a table', () => {
  const HEAD = 'time,action,agent,server,tool,decision';
  it.each<[string, string, readonly string[]]>([
    [
      'lists in cells',
      'id,time,agent,mcp_server,tool,decision,allowed_tools,denied_tools,conditional_tools',
      ['e1,2026-03-02T10:00:00Z,claude-code,shop,,,get_order,drop,create_refund'],
    ],
    [
      'lists of JSON, with servers',
      'id,time,agent,tool,decision,Tools Allowed,Tools Denied,Tools Gated',
      [
        'e1,2026-03-02T10:00:00Z,claude-code,,,"[{""server"":""shop"",""name"":""get_order""}]","{""shop"":[""drop""]}","{""shop"":[""create_refund""]}"',
      ],
    ],
    [
      'tools with their effect in one cell',
      'id,time,agent,server,tool,decision,tool_access',
      ['e1,2026-03-02T10:00:00Z,claude-code,shop,,,get_order: allowed; drop: denied; create_refund: conditional'],
    ],
    [
      'a row for each tool',
      HEAD,
      ['get_order,allowed', 'drop,denied', 'create_refund,conditional'].map(
        (row) => `2026-03-02T10:00:00Z,gateway.instance.connected,claude-code,shop,${row}`,
      ),
    ],
  ])('%s', async (_, head, rows) => {
    const columns = head.split(',');
    const ofCall = columns.map(
      (name) => ({ time: '2026-03-02T10:01:00Z', tool: 'get_order', decision: 'allow' })[name] ?? '',
    );
    const { connections, calls, rejects, summary } = await collectText(
      [head, ...rows, ofCall.join(','), ''].join('\n'),
    );
    const id = columns.includes('id') ? { id: 'e1' } : {};
    expect(connections).toEqual([
      { ...id, time: '2026-03-02T10:00:00Z', facts: { agent: { slug: 'claude-code' } }, tools: SHOP },
    ]);
    expect([calls.length, rejects]).toEqual([1, []]);
    expect(summary.notes.map(({ message }) => message).join()).toContain('tools listed at a connection');
  });

  it('has a connection for each instance and time', async () => {
    const rows = ['claude-code', 'codex', 'claude-code'].map(
      (agent, i) => `2026-03-02T1${String(i)}:00:00Z,instance.connect,${agent},shop,get_order,allow`,
    );
    const { connections, calls } = await collectText([HEAD, ...rows, ''].join('\n'));
    expect(connections.map(({ facts, tools }) => [facts.agent?.slug, tools.length])).toEqual([
      ['claude-code', 1],
      ['codex', 1],
      ['claude-code', 1],
    ]);
    expect(calls).toEqual([]);
  });

  it('is read where a mapping says that the lists are', async () => {
    const text = 'time,who,may,mayNot,tool\n2026-03-02T10:00:00Z,i-1,get_order,drop|purge,\n';
    const mapping = { 'tools.allowed': 'may', 'tools.denied': 'mayNot', 'instance.id': 'who' };
    const { connections } = await collectText(text, { mapping });
    expect(
      connections.map(({ facts, tools }) => [facts.instance, tools.map(({ tool, effect }) => `${effect} ${tool}`)]),
    ).toEqual([[{ id: 'i-1' }, ['allow get_order', 'deny drop', 'deny purge']]]);
  });
});

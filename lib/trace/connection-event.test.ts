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

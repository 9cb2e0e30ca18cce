import { describe, expect, it } from 'vitest';
import { bundleOf, encodeLink, writeBundle } from '../bundle';
import { collectText } from './collect';
import { FORMAT_LIST } from './formats';

const native = {
  id: 'x',
  agent: { slug: 'ops', name: 'Ops \ud83d' },
  tool: { name: 'pay' },
  args: { '\ud83d': ['\ude00'] },
};
const args = { note: 'cut \ud83d', '\udc00key': 1 };

/** A file of each format whose calls hold half characters; `JSON.stringify` writes them as `\ud83d`. */
const FILES: Readonly<Record<string, string>> = {
  native: JSON.stringify(native),
  mcp: [
    {
      jsonrpc: '2.0',
      id: 0,
      method: 'initialize',
      params: { clientInfo: { name: 'c\ud83d', version: '1' }, protocolVersion: '2025-06-18' },
    },
    { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'pay', arguments: args } },
  ]
    .map((message) => JSON.stringify(message))
    .join('\n'),
  openai: JSON.stringify([
    { role: 'user', content: 'pay' },
    {
      role: 'assistant',
      tool_calls: [{ id: 'c1', type: 'function', function: { name: 'pay', arguments: JSON.stringify(args) } }],
    },
  ]),
  anthropic: JSON.stringify([
    { role: 'assistant', content: [{ type: 'tool_use', id: 't1', name: 'mcp__shop__pay', input: args }] },
  ]),
  audit: JSON.stringify({
    id: 'e1',
    timestamp: '2026-01-01T00:00:00Z',
    actor: { type: 'agent', id: 'ops', name: 'Ops \ud83d' },
    action: 'gateway.tool.executed',
    details: { toolName: 'pay', mcpServer: 'shop', policyEffect: 'allow', arguments: args },
  }),
  csv: 'tool,agent,args\npay,ops,"{""note"":""cut \\ud83d""}"\n',
  otlp: JSON.stringify({
    resourceSpans: [
      {
        scopeSpans: [
          {
            spans: [
              {
                traceId: '5b8efff798038103d269b633813fc60c',
                spanId: 'eee19b7ec3c1b174',
                name: 'execute_tool pay',
                attributes: [
                  { key: 'gen_ai.operation.name', value: { stringValue: 'execute_tool' } },
                  { key: 'gen_ai.tool.name', value: { stringValue: 'pay' } },
                  { key: 'gen_ai.agent.name', value: { stringValue: 'Ops \ud83d' } },
                  { key: 'gen_ai.tool.call.arguments', value: { stringValue: JSON.stringify(args) } },
                ],
              },
            ],
          },
        ],
      },
    ],
  }),
};

describe('half characters in a trace', () => {
  it.each(Object.entries(FILES))('are replaced, and said, in %s', async (format, text) => {
    const { calls, rejects, summary, detection } = await collectText(text);
    expect(detection?.format).toBe(format);
    expect(rejects).toEqual([]);
    expect(calls).toHaveLength(1);
    const written = JSON.stringify(calls);
    expect(written).toContain('\ufffd');
    expect(written).not.toMatch(/\\ud[89a-f]/);
    expect(summary.notes).toContainEqual({
      code: 'half-characters',
      message:
        '1 call has text with half of a character (a lone surrogate, as of an emoji that was cut): replaced by U+FFFD',
      count: 1,
    });
    // INVARIANT: such a call can be shared and exported.
    const bundle = bundleOf('Shared', { rules: [], settings: { gatedWhenFalse: 'continue' } }, { trace: calls });
    expect(encodeLink(bundle).ok).toBe(true);
    expect(() => writeBundle(bundle)).not.toThrow();
  });

  it('are replaced in tools that a trace lists, and in what is rejected', async () => {
    const listed = {
      jsonrpc: '2.0',
      id: 1,
      result: { tools: [{ name: 'pay', title: 'Pay \ud83d', inputSchema: {} }] },
    };
    const asked = { jsonrpc: '2.0', id: 1, method: 'tools/list' };
    const bad = { jsonrpc: '2.0', id: 2, method: 'tools/call', params: { name: 7, arguments: { a: '\ud83d' } } };
    const { unplaced, rejects } = await collectText([asked, listed, bad].map((one) => JSON.stringify(one)).join('\n'));
    expect(unplaced.map(({ title }) => title)).toEqual(['Pay \ufffd']);
    expect(rejects).toHaveLength(1);
    expect(rejects[0]?.excerpt.isWellFormed()).toBe(true);
  });

  it('keep calls apart whose ids become equal', async () => {
    const lines = ['a\ud83d', 'a\ud83e', 'b'].map((id) => JSON.stringify({ ...native, id }));
    const { calls } = await collectText(lines.join('\n'));
    expect(calls.map(({ id }) => id)).toEqual(['a\ufffd', 'a\ufffd~2', 'b']);
  });

  it('have a file here for the formats that are read most', () => {
    expect(Object.keys(FILES).every((format) => FORMAT_LIST.some(({ id }) => id === format))).toBe(true);
  });
});

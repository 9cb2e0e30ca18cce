import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { collectTrace } from './collect';
import { FORMAT_LIST } from './formats';
import type { FormatId } from './types';

const encoder = new TextEncoder();
const CASES = new URL('./testdata/cases/', import.meta.url);

/** A good line of each line format, distinguished from others by its number; a table's are rows below a header. */
const GOOD: { readonly [F in FormatId]: { readonly header?: string; readonly line: (n: number) => string } } = {
  native: { line: (n) => JSON.stringify({ id: `c${n}`, tool: { name: `tool_${n}` } }) },
  mcp: { line: (n) => JSON.stringify({ jsonrpc: '2.0', id: n, method: 'tools/call', params: { name: `tool_${n}` } }) },
  openai: {
    line: (n) =>
      JSON.stringify({
        messages: [
          {
            role: 'assistant',
            tool_calls: [{ id: 'x', type: 'function', function: { name: `tool_${n}`, arguments: '{}' } }],
          },
        ],
      }),
  },
  anthropic: {
    line: (n) =>
      JSON.stringify({
        type: 'assistant',
        sessionId: 's',
        uuid: `u${n}`,
        message: {
          role: 'assistant',
          content: [{ type: 'tool_use', id: `x${n}`, name: `mcp__s__tool_${n}`, input: {} }],
        },
      }),
  },
  responses: {
    line: (n) =>
      JSON.stringify({
        object: 'response',
        output: [{ type: 'mcp_call', id: `m${n}`, server_label: 's', name: `tool_${n}`, arguments: '{}' }],
      }),
  },
  'claude-export': {
    line: (n) =>
      JSON.stringify({
        uuid: `c${n}`,
        chat_messages: [
          {
            sender: 'assistant',
            content: [{ type: 'tool_use', name: `tool_${n}`, input: {}, integration_name: 'Tracker' }],
          },
        ],
      }),
  },
  codex: {
    line: (n) =>
      JSON.stringify({
        timestamp: '2026-11-17T09:00:00Z',
        type: 'response_item',
        payload: { type: 'function_call', name: `mcp__s__tool_${n}`, arguments: '{}', call_id: `c${n}` },
      }),
  },
  gemini: {
    line: (n) =>
      JSON.stringify({ contents: [{ role: 'model', parts: [{ functionCall: { name: `tool_${n}`, args: {} } }] }] }),
  },
  'gemini-cli': {
    line: (n) =>
      JSON.stringify({
        id: `m${n}`,
        type: 'gemini',
        content: '',
        toolCalls: [{ id: `c${n}`, name: `mcp_s_tool_${n}`, args: {}, status: 'success' }],
      }),
  },
  'gemini-live': {
    line: (n) => JSON.stringify({ toolCall: { functionCalls: [{ id: `c${n}`, name: `tool_${n}`, args: {} }] } }),
  },
  'bedrock-agent': {
    line: (n) =>
      JSON.stringify({
        sessionId: 's',
        trace: {
          orchestrationTrace: {
            invocationInput: { actionGroupInvocationInput: { actionGroupName: 's', function: `tool_${n}` } },
          },
        },
      }),
  },
  langchain: {
    line: (n) =>
      JSON.stringify({ type: 'ai', content: '', tool_calls: [{ name: `tool_${n}`, args: {}, id: `c${n}` }] }),
  },
  vercel: {
    line: (n) =>
      JSON.stringify({
        role: 'assistant',
        content: [{ type: 'tool-call', toolCallId: `c${n}`, toolName: `tool_${n}`, input: {} }],
      }),
  },
  bedrock: {
    line: (n) =>
      JSON.stringify({
        role: 'assistant',
        content: [{ toolUse: { toolUseId: `c${n}`, name: `tool_${n}`, input: {} } }],
      }),
  },
  vscode: {
    line: (n) =>
      JSON.stringify({
        requestId: `r${n}`,
        response: [
          {
            kind: 'toolInvocationSerialized',
            toolCallId: `c${n}`,
            toolId: `mcp_s_tool_${n}`,
            source: { type: 'mcp', serverLabel: 's' },
          },
        ],
      }),
  },
  inspect: {
    line: (n) =>
      JSON.stringify({
        epoch: 1,
        messages: [{ role: 'assistant', tool_calls: [{ id: `c${n}`, function: `tool_${n}`, arguments: {} }] }],
      }),
  },
  tau2: {
    line: (n) =>
      JSON.stringify({
        task_id: '0',
        messages: [
          {
            role: 'assistant',
            tool_calls: [{ id: 'c', name: `tool_${n}`, arguments: {}, requestor: 'assistant' }],
          },
        ],
      }),
  },
  audit: {
    line: (n) =>
      JSON.stringify({
        id: `e${n}`,
        action: 'gateway.tool.executed',
        timestamp: '2026-11-17T09:00:00Z',
        details: { toolName: `tool_${n}` },
      }),
  },
  otlp: {
    line: (n) =>
      JSON.stringify({
        resourceSpans: [
          {
            scopeSpans: [
              { spans: [{ traceId: 't', spanId: `s${n}`, name: `execute_tool tool_${n}`, attributes: [] }] },
            ],
          },
        ],
      }),
  },
  langfuse: {
    line: (n) => JSON.stringify({ id: `o${n}`, traceId: 't', type: 'TOOL', name: `tool_${n}`, input: {} }),
  },
  'langfuse-table': { header: 'id,traceId,type,name', line: (n) => `o${n},t,TOOL,tool_${n}` },
  langsmith: {
    line: (n) => JSON.stringify({ id: `r${n}`, trace_id: 't', run_type: 'tool', name: `tool_${n}`, inputs: {} }),
  },
  'langsmith-table': { header: 'id,trace_id,run_type,name', line: (n) => `r${n},t,tool,tool_${n}` },
  agents: {
    line: (n) =>
      JSON.stringify({
        object: 'trace.span',
        id: `s${n}`,
        trace_id: 't',
        span_data: { type: 'function', name: `tool_${n}`, input: '{}' },
      }),
  },
  har: {
    line: (n) => {
      const message = { jsonrpc: '2.0', id: n, method: 'tools/call', params: { name: `tool_${n}` } };
      const request = { method: 'POST', url: 'http://localhost/mcp', postData: { text: JSON.stringify(message) } };
      return JSON.stringify({ log: { entries: [{ request }] } });
    },
  },
  csv: { header: 'tool,server,args', line: (n) => `tool_${n},slack,"{""n"":${n}}"` },
};

const noLineBreak = (bytes: Uint8Array): Uint8Array => bytes.map((byte) => (byte === 10 || byte === 13 ? 32 : byte));
const garbage = fc.oneof(
  fc.uint8Array({ maxLength: 60 }).map(noLineBreak),
  fc.string({ unit: 'binary', maxLength: 60 }).map((text) => noLineBreak(encoder.encode(text))),
  fc.json({ maxDepth: 3 }).map((text) => noLineBreak(encoder.encode(text))),
  fc
    .constantFrom('{', '[', '"', '{"a":', '{"a":"', '[[[', '}', ']', ',', '""', 'x,"y', '"a,"b",', 'null', '{}', '[]')
    .map((text) => encoder.encode(text)),
);

const join = (parts: readonly Uint8Array[]): Uint8Array => {
  const whole = new Uint8Array(parts.reduce((n, part) => n + part.length + 1, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    whole[at + part.length] = 10;
    at += part.length + 1;
  }
  return whole;
};

function* pieces(bytes: Uint8Array, size: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

describe.each(FORMAT_LIST.map(({ id }) => id))('%s', (format) => {
  const { header, line } = GOOD[format];

  test('never loses a good line beside a bad one', async () => {
    const good = fc.nat({ max: 9 }).map((n) => ({ n }));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(good, garbage), { maxLength: 14 }),
        fc.integer({ min: 1, max: 200 }),
        async (parts, size) => {
          // The first two lines are good, so that there is something to recognize the layout by.
          const wanted: number[] = [];
          const push = (): string => line(wanted.push(wanted.length) - 1);
          const rows: Uint8Array[] = [encoder.encode(push()), encoder.encode(push())];
          for (const part of parts) rows.push(part instanceof Uint8Array ? part : encoder.encode(push()));
          const bytes = join(header === undefined ? rows : [encoder.encode(header), ...rows]);
          const { calls, outcome } = await collectTrace(pieces(bytes, size), { format });
          expect(outcome).toBe('done');
          const names = new Set(calls.map(({ tool }) => tool?.name));
          for (const n of wanted) expect(names.has(`tool_${n}`), `tool_${n}`).toBe(true);
        },
      ),
      { numRuns: 120 },
    );
  });

  test('never throws, whatever the bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), fc.integer({ min: 1, max: 100 }), async (bytes, size) => {
        const imported = await collectTrace(pieces(bytes, size), { format });
        expect(imported.outcome).toBe('done');
      }),
      { numRuns: 100 },
    );
  });

  test('never throws on a file of its own with some bytes changed, cut or doubled', async () => {
    const prefix = format === 'csv' ? 'table' : format;
    const files = readdirSync(CASES).filter((name) => name.startsWith(prefix) && !name.endsWith('.expect.json'));
    const whole = files.map((name) => new Uint8Array(readFileSync(new URL(name, CASES))));
    const edit = fc.record({
      at: fc.nat({ max: 100_000 }),
      cut: fc.nat({ max: 20 }),
      put: fc.oneof(
        garbage,
        fc.constantFrom('null', '[]', '{}', '0', '""').map((text) => encoder.encode(text)),
      ),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...whole),
        fc.array(edit, { minLength: 1, maxLength: 4 }),
        async (file, edits) => {
          let bytes = file;
          for (const { at, cut, put } of edits) {
            const place = at % (bytes.length + 1);
            bytes = Uint8Array.from([...bytes.subarray(0, place), ...put, ...bytes.subarray(place + cut)]);
          }
          const imported = await collectTrace([bytes], { format });
          expect(imported.outcome).toBe('done');
          expect(new Set(imported.calls.map(({ id }) => id)).size).toBe(imported.calls.length);
        },
      ),
      { numRuns: 120 },
    );
  });
});

test('whatever JSON is where a format looks, nothing throws', async () => {
  const key = fc.constantFrom(
    'jsonrpc',
    'method',
    'params',
    'name',
    'arguments',
    'result',
    'tools',
    'messages',
    'tool_calls',
    'function',
    'role',
    'content',
    'type',
    'input',
    'message',
    'uuid',
    'sessionId',
    'action',
    'details',
    'actor',
    'resourceSpans',
    'scopeSpans',
    'spans',
    'attributes',
    'key',
    'value',
    'kvlistValue',
    'values',
    'stringValue',
    'id',
    'tool',
    'args',
    'time',
    '__proto__',
    'constructor',
  );
  const word = fc.constantFrom(
    '2.0',
    'tools/call',
    'initialize',
    'tool_use',
    'assistant',
    'execute_tool',
    'gateway.tool.executed',
    'mcp__a__b',
    '{',
    '',
    'x',
  );
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 6 },
      fc.oneof(word, fc.integer(), fc.constant(null), fc.boolean()),
      fc.array(tie('tree'), { maxLength: 3 }),
      fc.dictionary(key, tie('tree'), { maxKeys: 5 }),
    ),
  }));
  await fc.assert(
    fc.asyncProperty(
      fc.array(tree, { minLength: 1, maxLength: 5 }),
      fc.constantFrom(...FORMAT_LIST.map(({ id }) => id)),
      async (values, format) => {
        const { outcome, rejects } = await collectTrace([encoder.encode(JSON.stringify(values))], { format });
        expect(outcome).toBe('done');
        expect(rejects.filter(({ reason }) => reason.startsWith('could not be read'))).toEqual([]);
      },
    ),
    { numRuns: 600 },
  );
});

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { collectText, collectTrace } from './collect';
import { applyDefaults, parseDefault } from './defaults';
import { callId } from '../engine';
import { readMapping } from './mapping';
import type { ImportedCall, ImportOptions } from './types';

const load = (name: string, options: ImportOptions) =>
  collectTrace([new Uint8Array(readFileSync(new URL(`./testdata/cases/${name}`, import.meta.url)))], options);

describe('defaults', () => {
  const call = (rest: Omit<ImportedCall, 'id'>): ImportedCall => ({ id: callId('c'), ...rest });
  test.each<[string, Omit<ImportedCall, 'id'>, Omit<ImportedCall, 'id'>]>([
    ['fill what is missing', {}, { agent: { slug: 'cursor' }, user: { groups: ['finance'] } }],
    ['keep what is known', { agent: { slug: 'codex' } }, { agent: { slug: 'codex' }, user: { groups: ['finance'] } }],
    [
      'fill a field of a known object',
      { agent: { name: 'A' }, user: { id: 'u' } },
      { agent: { name: 'A', slug: 'cursor' }, user: { id: 'u', groups: ['finance'] } },
    ],
    ['leave what is absent', { agent: null, user: { groups: null } }, { agent: null, user: { groups: null } }],
  ])('%s', (_, before, after) => {
    const fill = applyDefaults({ 'agent.slug': 'cursor', 'user.groups': ['finance'] });
    expect(fill(call(before))).toEqual(call(after));
  });

  test.each([
    ['agent.slug=claude-code', { ok: true, field: 'agent.slug', value: 'claude-code' }],
    ['user.groups= finance , support', { ok: true, field: 'user.groups', value: ['finance', 'support'] }],
    ['instance.client.name=a=b', { ok: true, field: 'instance.client.name', value: 'a=b' }],
    [
      'agent.slug',
      { ok: false, message: '`agent.slug` is not a default: write `field=value`, such as `agent.slug=claude-code`' },
    ],
    ['time=soon', { ok: false, message: '`soon` is not a time: write it as `2026-11-22T10:00:00Z`' }],
    ['agent.slug=', { ok: false, message: 'the default for `agent.slug` is empty' }],
  ])('%s', (text, parsed) => {
    expect(parseDefault(text)).toEqual(parsed);
  });

  test('a field that takes none is named with those that do', () => {
    const parsed = parseDefault('agent.slugg=x');
    expect(parsed.ok).toBe(false);
    expect(parsed.ok ? '' : parsed.message).toMatch(
      /^`agent.slugg` takes no default; these do: `time`, `agent.slug`, /,
    );
  });

  test('a default resource takes in the tools that no server is named for', async () => {
    const { catalog, unplaced, calls } = await load('mcp-tools-only.json', { defaults: { 'resource.slug': 'notes' } });
    expect(calls).toEqual([]);
    expect(unplaced).toEqual([]);
    expect(catalog.resources.map(({ slug, tools }) => [slug, tools?.length])).toEqual([['notes', 2]]);
  });

  test('a default resource goes before the name that the server gives itself', async () => {
    const { catalog, calls } = await load('mcp-lines.ndjson', {
      defaults: { 'resource.slug': 'team-notes', 'agent.slug': 'cursor' },
    });
    expect(catalog.resources.map(({ slug }) => slug)).toEqual(['team-notes']);
    expect(calls.every(({ resource, agent }) => resource?.slug === 'team-notes' && agent?.slug === 'cursor')).toBe(
      true,
    );
  });
});

describe('local tools', () => {
  test('are given when asked for, as calls that reach no server', async () => {
    const { calls, summary } = await load('claude-code.jsonl', {
      includeLocalTools: true,
      defaults: { 'resource.slug': 'x' },
    });
    expect(calls.map(({ id, tool, resource }) => [id, tool?.name, resource?.slug ?? resource])).toEqual([
      ['1-1', 'issue_read', 'github'],
      ['1-2', 'Bash', null],
      ['1-3', 'send_message', 'claude_ai_Slack'],
      ['1-4', 'Read', null],
      ['2-1', 'get_me', 'github'],
    ]);
    expect(summary.notes.map(({ code }) => code)).not.toContain('left-out-local');
  });

  test('are counted by name when they are left out', async () => {
    const { summary } = await load('claude-code.jsonl', {});
    expect(summary.notes.find(({ code }) => code === 'left-out-local')?.message).toBe(
      '2 calls of tools that reach no gateway left out: `Bash` 1, `Read` 1',
    );
  });
});

test('a tool name can be split into server and tool', async () => {
  const lines = ['slack__send_message', 'plain', '__x', 'a__'].map((name, i) =>
    JSON.stringify({ id: `c${i}`, tool: { name } }),
  );
  const { calls } = await collectText(lines.join('\n'), { splitToolNames: true });
  expect(calls.map(({ tool, resource }) => [resource?.slug, tool?.name])).toEqual([
    ['slack', 'send_message'],
    [undefined, 'plain'],
    [undefined, '__x'],
    [undefined, 'a__'],
  ]);
});

describe('mapping', () => {
  test('can be corrected, and switched off field by field', async () => {
    const { calls, mapping } = await load('audit-camel.json', {
      mapping: { 'tool.name': 'details.mcpServer', 'recorded.effect': '', id: 'details.toolName' },
    });
    expect(calls[0]?.tool?.name).toBe('slack');
    expect(calls[0]?.id).toBe('send_message');
    expect(calls.every(({ recorded }) => recorded?.effect !== 'allow')).toBe(true);
    expect(mapping?.mapping['recorded.effect']).toBeUndefined();
    expect(mapping?.available).toContain('details.errorType');
  });

  test('has the same shape for files of the same columns, in any order', async () => {
    const shape = async (text: string) => (await collectText(text)).mapping?.shape;
    expect(await shape('tool,server\na,b\n')).toBe(await shape('server,tool\nc,d\n'));
    expect(await shape('tool,server\na,b\n')).not.toBe(await shape('tool,servers\na,b\n'));
  });

  test('columns of one name are distinguished', async () => {
    const { mapping } = await collectText('tool,tool,,x\na,b,c,d\n');
    expect(mapping?.available).toEqual(['tool', 'tool (2)', 'column 3', 'x']);
  });

  test.each([
    [{ 'tool.name': 'a.b' }, { ok: true, mapping: { 'tool.name': 'a.b' } }],
    [[], { ok: false, messages: ['a mapping is an object from fields to columns or paths'] }],
    [
      { tool: 'x', args: 1 },
      { ok: false, messages: ['`tool` is no field that can be mapped', '`args` is not mapped to a text'] },
    ],
  ])('%j is read as a mapping', (value, read) => {
    expect(readMapping(value)).toEqual(read);
  });
});

describe('a format can be chosen by hand', () => {
  test('against what was recognized', async () => {
    const { detection, others } = await load('native-lines.ndjson', { format: 'audit' });
    expect(detection?.format).toBe('audit');
    expect(others[0]?.format).toBe('native');
  });

  test('where nothing was recognized', async () => {
    const { detection, rejects } = await load('words.txt', { format: 'native' });
    expect(detection).toMatchObject({ format: 'native', confidence: 0, words: 'chosen by hand' });
    expect(rejects.map(({ line }) => line)).toEqual([1, 2]);
  });
});

const NOT_RECOGNIZED = 'the format was not recognized';

test.each([
  ['Tool,Server\nadd,desk\n', 99, 'the header row cannot be line 99: the file has 2 lines'],
  ['\0'.repeat(50), undefined, 'the file is not UTF-8 text (it may be UTF-16 or binary)'],
  ['2026-07-24T10:00:00Z\tinfo\trequest tool=echo\n'.repeat(2), undefined, NOT_RECOGNIZED],
  [
    '0:"hi"\n9:{"toolCallId":"c1","toolName":"a","args":{"n":1}}\nd:{"finishReason":"stop"}\n',
    undefined,
    NOT_RECOGNIZED,
  ],
])('a file that is not recognized says why: %j, header row %s', async (text, headerLine, reason) => {
  const { rejects } = await collectText(text, headerLine === undefined ? {} : { headerLine });
  expect(rejects.map((reject) => reject.reason)).toEqual([reason]);
});

test('a row without a value is left out as what it is', async () => {
  const { calls, summary } = await collectText('Tool,Server\nadd,desk\n,\n');
  expect(calls).toHaveLength(1);
  expect(summary.notes.map(({ message }) => message)).toEqual(['1 empty row left out']);
});

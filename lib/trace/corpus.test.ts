import { createReadStream } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { collectTrace } from './collect';
import { recording, RECORDINGS } from '../testdata/recordings';

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const load = (file: string) => collectTrace(createReadStream(file));

describe('a part of the airline conversations', () => {
  test('gives each call the number of its conversation and its own', async () => {
    const { detection, calls, rejects } = await load(path('./testdata/airline-3.json'));
    expect(detection?.format).toBe('openai');
    expect(rejects).toEqual([]);
    // The second conversation has come to no call yet.
    expect(calls.map(({ id }) => id).join(' ')).toBe('1-1 1-2 1-3 1-4 3-1 3-2 3-3 3-4 3-5 3-6');
    expect(calls[0]).toMatchObject({ tool: { name: 'get_user_details' }, args: { user_id: 'mia_li_3668' } });
  });
});

describe('a part of the filesystem session', () => {
  test('gives calls whose tools are known, and the catalog', async () => {
    const { detection, calls, rejects, unplaced, offers } = await load(path('./testdata/filesystem-part.ndjson'));
    expect(detection?.format).toBe('mcp');
    expect(rejects).toEqual([]);
    expect(calls.map(({ id, tool }) => [id, tool?.name])).toEqual([
      ['1-1', 'list_allowed_directories'],
      ['1-2', 'write_file'],
      ['1-3', 'read_text_file'],
      ['1-4', 'list_directory'],
    ]);
    expect(calls[1]?.tool?.annotations).toEqual({
      readOnlyHint: false,
      destructiveHint: true,
      idempotentHint: true,
      openWorldHint: false,
    });
    expect(calls[1]?.instance).toEqual({
      client: { name: 'claude-code', version: '2.1.0', protocolVersion: '2025-11-25' },
    });
    expect(calls[1]).not.toHaveProperty('agent');
    expect(unplaced).toHaveLength(14);
    expect(offers).toEqual([{ field: 'agent.slug', value: 'claude-code', from: '`clientInfo.name`' }]);
  });
});

describe.skipIf(!RECORDINGS)('the whole recordings, where they are at hand', () => {
  test('the airline conversations are 254 calls with ids of their own', async () => {
    const { calls, rejects, summary } = await load(recording('openai-chat-airline.json'));
    expect(rejects).toEqual([]);
    expect(summary).toMatchObject({ calls: 254, conversations: 40, notes: [] });
    expect(calls[0]?.id).toBe('1-1');
    expect(calls.at(-1)?.id).toBe('40-1');
    expect(new Set(calls.map(({ id }) => id)).size).toBe(254);
    expect(new Set(calls.map(({ source }) => source?.id)).size).toBe(89);
  });

  test('the filesystem session is 12 calls of 14 tools', async () => {
    const { calls, rejects, unplaced } = await load(recording('mcp-session-filesystem.ndjson'));
    expect(rejects).toEqual([]);
    expect(calls.map(({ id }) => id)).toEqual(Array.from({ length: 12 }, (_, i) => `1-${i + 1}`));
    expect(calls.some(({ args }) => args?.['path'] === '/workspace/../../../etc/passwd')).toBe(true);
    expect(unplaced).toHaveLength(14);
    expect(unplaced.every(({ inputSchema, annotations }) => inputSchema && annotations)).toBe(true);
  });

  test.each([
    ['github', 117],
    ['slack', 8],
    ['filesystem', 14],
  ])('the tools of %s are %i', async (name, count) => {
    const { calls, rejects, unplaced } = await load(recording(`mcp-tools-${name}.json`));
    expect([calls.length, rejects.length, unplaced.length]).toEqual([0, 0, count]);
  });
});

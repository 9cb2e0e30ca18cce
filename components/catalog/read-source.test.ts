import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { completeCatalog } from '@/lib/workspace';
import { guessSlug, placed, readSource } from './read-source';
import { recording, RECORDINGS } from '../../lib/testdata/recordings';

const NEVER = new AbortController().signal;
const read = (value: unknown) =>
  readSource(new Blob([typeof value === 'string' ? value : JSON.stringify(value)]), NEVER);

const TOOL = { name: 'send', title: 'Send', inputSchema: { type: 'object', properties: { to: { type: 'string' } } } };
const LISTED = { name: 'send', title: 'Send', inputSchema: TOOL.inputSchema };
const BUNDLE = { format: 'policy-bundle', version: 1, name: 'b', rules: [] };

describe('a list of tools', () => {
  test.each([
    ['with its envelope', { jsonrpc: '2.0', id: 1, result: { tools: [TOOL] } }],
    ['the result alone', { tools: [TOOL], nextCursor: 'x' }],
    ['the bare list', [TOOL]],
  ])('%s', async (_, value) => {
    const found = await read(value);
    expect(found).toMatchObject({ kind: 'found', unplaced: [LISTED], renamable: false });
    if (found.kind !== 'found') return;
    expect(placed(found, 'mail').resources).toEqual([{ slug: 'mail', tools: [LISTED] }]);
    expect(placed(found, '').resources).toEqual([]);
  });

  test('of a session whose server says its name can be put under the slug that it has at the gateway', async () => {
    const lines = [
      { jsonrpc: '2.0', id: 0, result: { protocolVersion: '2025-11-25', serverInfo: { name: 'mail-server' } } },
      { jsonrpc: '2.0', id: 1, result: { tools: [TOOL] } },
    ];
    const found = await read(lines.map((line) => JSON.stringify(line)).join('\n'));
    expect(found).toMatchObject({ kind: 'found', renamable: true, unplaced: [] });
    if (found.kind !== 'found') return;
    expect(found.catalog.resources).toEqual([{ slug: 'mail-server', tools: [LISTED] }]);
    expect(placed(found, 'mail').resources).toEqual([{ slug: 'mail', tools: [LISTED] }]);
  });
});

test('a bundle and a catalog give their catalog', async () => {
  const catalog = { agents: [{ slug: 'cursor' }] };
  for (const value of [{ ...BUNDLE, catalog }, catalog]) {
    expect(await read(value)).toMatchObject({ kind: 'found', catalog: completeCatalog(catalog), notes: [] });
  }
});

test('a trace gives what it shows', async () => {
  const call = { id: 'c1', agent: { slug: 'cursor' }, resource: { slug: 'slack' }, tool: { name: 'send' }, args: {} };
  const found = await read(`${JSON.stringify(call)}\n${JSON.stringify({ ...call, id: 'c2', args: [] })}\n`);
  expect(found).toMatchObject({
    kind: 'found',
    catalog: { agents: [{ slug: 'cursor' }], resources: [{ slug: 'slack', tools: [{ name: 'send' }] }] },
    notes: ['1 call was looked at', '1 entry could not be read'],
  });
});

test.each([
  ['not a word', 'neither tools, a bundle nor a trace was recognized', []],
  [BUNDLE, 'a bundle without a catalog', []],
  [
    { resources: [{ name: 'x' }] },
    'a catalog that is not valid',
    ['/catalog/resources/0/slug the resource has no `slug`'],
  ],
])('%j is refused: %s', async (value, message, problems) => {
  expect(await read(value)).toEqual({ kind: 'refused', message, problems });
});

test.each([
  ['by the tools that are known', [{ name: 'a' }, { name: 'b' }], 'whatever.json', 'known'],
  ['by a slug in the name', [{ name: 'x' }], 'export-of-known.json', 'known'],
  ['by the longest word that is not generic', [{ name: 'x' }], 'mcp-tools-slack.json', 'slack'],
  ['not at all', [{ name: 'x' }], '', ''],
])('the resource is guessed %s', (_, tools, name, slug) => {
  const catalog = completeCatalog({ resources: [{ slug: 'known', tools: [{ name: 'a' }, { name: 'b' }] }] });
  expect(guessSlug(tools, name, catalog)).toBe(slug);
});

describe.skipIf(!RECORDINGS)('real lists of tools, where recordings are given', () => {
  test.each([
    ['mcp-tools-github.json', 117],
    ['mcp-tools-slack.json', 8],
    ['mcp-tools-filesystem.json', 14],
  ])('%s', async (file, count) => {
    const found = await readSource(new Blob([readFileSync(recording(file))]), NEVER);
    expect(found).toMatchObject({ kind: 'found' });
    if (found.kind !== 'found') return;
    const { resources } = placed(found, 'here');
    expect(resources.map(({ slug, tools = [] }) => [slug, tools.length])).toEqual([['here', count]]);
    expect(resources[0]?.tools?.every(({ inputSchema }) => inputSchema !== undefined)).toBe(true);
  });
});

test('the shipped sample is a catalog in which every tool has its arguments described', async () => {
  const file = resolve(import.meta.dirname, '../../public/samples/acme-catalog.json');
  const found = await readSource(new Blob([readFileSync(file)]), NEVER);
  expect(found).toMatchObject({ kind: 'found', what: 'a catalog' });
  if (found.kind !== 'found') return;
  const slugs = found.catalog.resources.map(({ slug }) => slug);
  for (const slug of ['slack', 'github', 'filesystem', 'orders-db', 'mail', 'payments']) expect(slugs).toContain(slug);
  for (const { tools = [] } of found.catalog.resources) {
    for (const { inputSchema } of tools) {
      expect(inputSchema).toMatchObject({ type: 'object' });
      const { properties = {}, required = [] } = inputSchema as { properties?: object; required?: string[] };
      expect(Object.keys(properties)).toEqual(expect.arrayContaining(required));
    }
  }
});

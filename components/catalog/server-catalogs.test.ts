import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { readSource } from './read-source';

const FOLDER = resolve(import.meta.dirname, '../../public/catalogs');
const text = (file: string): string => readFileSync(resolve(FOLDER, file), 'utf8');
const servers = JSON.parse(text('index.json')) as readonly { readonly id: string; readonly tools: number }[];

test('the index names every file', () => {
  expect(readdirSync(FOLDER).sort()).toEqual(['index.json', ...servers.map(({ id }) => `${id}.json`)].sort());
});

test.each(servers)('the catalog of $id is one that can be read, with all of its tools', async ({ id, tools }) => {
  const read = await readSource(new Blob([text(`${id}.json`)]), new AbortController().signal);
  if (read.kind !== 'found') throw new Error(read.message);
  const [resource, ...others] = read.catalog.resources;
  expect({ slug: resource?.slug, others, notes: read.notes }).toEqual({ slug: id, others: [], notes: [] });
  const names = (resource?.tools ?? []).map(({ name }) => name);
  expect(new Set(names).size).toBe(tools);
  for (const { inputSchema } of resource?.tools ?? []) expect(inputSchema).toMatchObject({ type: 'object' });
});

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { collectTrace } from './collect';
import { FORMAT_LIST } from './formats';

/** Every case of the importers, whatever its format: none is claimed by another format, nor as firmly by two. */
const CASES = new URL('./testdata/cases/', import.meta.url);

const cases = readdirSync(CASES)
  .filter((name) => name.endsWith('.expect.json'))
  .map((name) => {
    const { format } = JSON.parse(readFileSync(new URL(name, CASES), 'utf8')) as { readonly format: string | null };
    return { name: name.slice(0, -'.expect.json'.length), format };
  });

describe('of all formats, a file is', () => {
  test.each(cases)('$format: $name', async ({ name, format }) => {
    const { detection, others } = await collectTrace([new Uint8Array(readFileSync(new URL(name, CASES)))]);
    expect(detection?.format ?? null).toBe(format);
    // A file that mixes formats may be read as any of them.
    if (name.includes('mixed')) return;
    const rivals = others.filter(
      ({ confidence, format: id }) =>
        // Two layouts of one source (`langfuse`, `langfuse-table`): the layout decides.
        confidence >= (detection?.confidence ?? 0) && !id.startsWith(format ?? id),
    );
    expect(rivals.map((rival) => rival.format)).toEqual([]);
  });
});

describe('a file that is recognized', () => {
  const read = cases.filter(
    ({ name, format }) => format !== null && !/truncated|bad|empty|only|unknown|other/.test(name),
  );

  test.each(read)('$format: $name gives calls', async ({ name }) => {
    const { calls } = await collectTrace([new Uint8Array(readFileSync(new URL(name, CASES)))]);
    expect(calls.length).toBeGreaterThan(0);
  });

  test.each(FORMAT_LIST.map(({ id }) => ({ id })))('$id has one that gives a call', ({ id }) => {
    expect(read.some(({ format }) => format === id)).toBe(true);
  });
});

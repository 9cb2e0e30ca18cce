import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { answer, comparable, type Contexts, type Recorded } from './testdata/recorded';
import { recording, RECORDINGS } from '../testdata/recordings';

const here = new URL('./testdata/', import.meta.url);

const lines = (file: URL | string): Recorded[] =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Recorded);
const contexts = (file: URL | string): Contexts => JSON.parse(readFileSync(file, 'utf8')) as Contexts;

/**
 * The two answers of cel-go that ours are not to copy (docs/semantics.md, "Three-valued decisions"): an iteration variable named like an unknown
 * variable is known, and `has(x[unknown].b)` is unknown.
 */
const DEVIATES: Readonly<Record<string, string>> = {
  'an iteration variable that shadows a variable named in a pattern is unknown': '{"type":"bool","value":true}',
  'has() below an index that is unknown answers true': '{"unknown":true}',
};

async function wrong(rows: readonly Recorded[], held: Contexts): Promise<string[]> {
  const found: string[] = [];
  for (const row of rows) {
    const wanted = (row.quirk && DEVIATES[row.quirk]) ?? comparable(row.result);
    const got = comparable(await answer(row, held));
    if (got !== wanted) found.push(`${row.id}: ${row.expression}: wanted ${wanted}, got ${got}`);
  }
  return found;
}

describe('answers recorded from cel-go 0.28.1', () => {
  it.each([
    ['curated', 456],
    ['fuzz', 260],
    ['partial', 518],
  ])('%s: all of %i', async (name, count) => {
    const rows = lines(new URL(`cel-go-${name}.jsonl`, here));
    expect(rows).toHaveLength(count);
    expect(await wrong(rows, contexts(new URL('cel-go-contexts.json', here)))).toEqual([]);
  });

  it.skipIf(!RECORDINGS).each([
    ['curated', 456],
    ['fuzz', 5000],
    ['partial', 1500],
    ['time', 367],
  ])('the whole of %s: all of %i (where the recordings are at hand)', async (name, count) => {
    const rows = lines(recording(`cel-go/${name}.jsonl`));
    expect(rows).toHaveLength(count);
    expect(await wrong(rows, contexts(recording('cel-go/contexts.json')))).toEqual([]);
  });
});

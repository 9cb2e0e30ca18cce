import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { collectTrace, type CollectedTrace } from './collect';
import { FORMAT_LIST } from './formats';

/** A case is a file and its `.expect.json`: adding one needs no code. */
const CASES = new URL('./testdata/cases/', import.meta.url);
const names = readdirSync(CASES).filter((name) => !name.endsWith('.expect.json'));

interface Expected {
  readonly format: string | null;
  readonly words: string | null;
  readonly calls: readonly unknown[];
  readonly rejects?: readonly unknown[];
  readonly notes?: Readonly<Record<string, number>>;
  readonly offers?: readonly string[];
  readonly conversations?: number;
  readonly tools?: Readonly<Record<string, readonly string[]>>;
}
const KEYS = ['format', 'words', 'calls', 'rejects', 'notes', 'offers', 'conversations', 'tools'];

/** What a case states, of an import. */
function stated(imported: CollectedTrace): Required<Expected> {
  const { detection, calls, rejects, summary, offers, unplaced, catalog } = imported;
  return {
    format: detection?.format ?? null,
    words: detection?.words ?? null,
    calls,
    rejects: rejects.map(({ excerpt: _, ...rest }) => rest),
    notes: Object.fromEntries(summary.notes.map(({ code, count }) => [code, count])),
    offers: offers.map(({ field, value }) => `${field} ${value}`),
    conversations: summary.conversations,
    tools: {
      ...(unplaced.length > 0 ? { unplaced: unplaced.map(({ name }) => name) } : {}),
      ...Object.fromEntries(catalog.resources.map(({ slug, tools = [] }) => [slug, tools.map(({ name }) => name)])),
    },
  };
}

/** As it would be written: what a test compares has no undefined, and keeps every own key. */
const written = (value: unknown): string => JSON.stringify(value, null, 1);

function* pieces(bytes: Uint8Array, size: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

describe.each(names)('%s', (name) => {
  const bytes = new Uint8Array(readFileSync(new URL(name, CASES)));
  const text = readFileSync(new URL(`${name}.expect.json`, CASES), 'utf8');
  const expected = JSON.parse(text) as Expected;

  test('states nothing unknown', () => {
    expect(Object.keys(expected).filter((key) => !KEYS.includes(key))).toEqual([]);
  });

  test.each([bytes.length + 1, 64, 7, 1])('reads the same in chunks of %i', async (size) => {
    const imported = await collectTrace(pieces(bytes, size));
    expect(imported.outcome).toBe('done');
    expect(imported.summary.calls).toBe(imported.calls.length);
    expect(imported.summary.rejects).toBe(imported.rejects.length);
    expect(imported.summary.bytes).toBe(expected.format === null ? 0 : bytes.length);
    const all = { rejects: [], notes: {}, offers: [], conversations: 0, tools: {}, ...expected };
    const found = stated(imported);
    for (const key of KEYS as (keyof Expected)[]) expect(written(found[key]), key).toBe(written(all[key]));
    for (const { excerpt } of imported.rejects) expect(excerpt.length).toBeLessThanOrEqual(200);
  });

  test('gives every call an id of its own', async () => {
    const { calls } = await collectTrace([bytes]);
    expect(new Set(calls.map(({ id }) => id)).size).toBe(calls.length);
  });
});

test('every format has a case', () => {
  const formats = names.map((name) => {
    const expected = JSON.parse(readFileSync(new URL(`${name}.expect.json`, CASES), 'utf8')) as Expected;
    return expected.format;
  });
  expect(FORMAT_LIST.map(({ id }) => id).filter((id) => !formats.includes(id))).toEqual([]);
});

test('a key `__proto__` is an argument like any other', async () => {
  const bytes = readFileSync(new URL('native-array.json', CASES));
  const { calls } = await collectTrace([new Uint8Array(bytes)]);
  const args = calls[1]?.args ?? {};
  expect(Object.hasOwn(args, '__proto__')).toBe(true);
  expect(Object.getPrototypeOf(args)).toBe(Object.prototype);
});

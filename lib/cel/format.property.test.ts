import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { format } from './syntax/format';
import { sourceOf } from './fuzz';
import { randomFrom } from '../testdata/random';
import { growthOf, LINEAR } from '../testdata/counted-work';
import { parse } from './syntax/parser';
import { treeText } from './syntax/tree-text';

test('a source that would be too long with spaces comes back as it is', () => {
  const source = `[${'1,'.repeat(49_900)}1]`;
  expect(format(source)).toBe(source);
});

test('a long list is laid out in work that grows with its length', () => {
  const sourceOf = (size: number) => `[${'a,'.repeat(4 * size)}a].all(x, ${'x && '.repeat(size)}x)`;
  const { blocks, factor } = growthOf(2_000, sourceOf, format);
  expect(blocks).toBeGreaterThan(10_000);
  expect(factor).toBeLessThan(LINEAR);
});

describe('properties', () => {
  const corpus = readFileSync(new URL('./testdata/fuzz-corpus.txt', import.meta.url), 'utf8')
    .trimEnd()
    .split('\n');
  const anySource = fc.integer().map((seed) => sourceOf(randomFrom(seed), corpus));
  const commentsOf = (source: string) =>
    parse(source).comments.map(({ start, end }) => source.slice(start, end).trimEnd());

  test('formatting keeps the tree and the comments, and formatting twice is formatting once', () => {
    fc.assert(
      fc.property(anySource, (source) => {
        const formatted = format(source);
        const before = parse(source);
        if (before.diagnostics.length > 0) expect(formatted).toBe(source);
        else {
          expect(parse(formatted).diagnostics).toEqual([]);
          expect(treeText(parse(formatted).expr)).toBe(treeText(before.expr));
          expect(commentsOf(formatted)).toEqual(commentsOf(source));
          expect(format(formatted)).toBe(formatted);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

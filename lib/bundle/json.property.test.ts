import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { growthOf, LINEAR } from '../testdata/counted-work';
import { readJson } from './json';

describe('what is read', () => {
  it('is what JSON.parse reads, for every JSON text', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom('', ' ', '\t', 2), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(readJson(text)).toEqual({ value: JSON.parse(text) as unknown, problems: [] });
      }),
    );
  });

  it('accepts and refuses what JSON.parse does, but for duplicate keys and the like', () => {
    const pieces = [
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"b"',
      '"\\n"',
      '1',
      '-0.5e3',
      'true',
      'null',
      ' ',
      '"',
      '\\',
      '1',
      '.',
      'e',
      '\u0001',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 12 }), (parts) => {
        const text = parts.join('');
        const { value, problems } = readJson(text);
        let parsed: unknown;
        try {
          parsed = JSON.parse(text);
        } catch {
          parsed = undefined;
        }
        expect(value).toEqual(parsed);
        if (value === undefined) expect(problems.at(-1)?.code).toBe('json-syntax');
      }),
      { numRuns: 10_000 },
    );
  });

  it.each<[string, (size: number) => string]>([
    ['brackets', (size) => '['.repeat(size)],
    ['empty lists', (size) => `[${'[],'.repeat(size)}[]]`],
    ['escapes', (size) => `"${'\\u0041'.repeat(size)}"`],
    ['keys', (size) => `{${Array.from({ length: size }, (_, i) => `"${String(i)}":1`).join(',')}}`],
    ['digits', (size) => '1'.repeat(size)],
    ['white space', (size) => `${' '.repeat(size)}x`],
    ['letters', (size) => `"${'x'.repeat(size)}`],
  ])('takes work in proportion to the length: %s', (_, textOf) => {
    expect(growthOf(20_000, textOf, readJson).factor).toBeLessThan(LINEAR);
    // A regular expression inside does its work uncounted: over this length a quadratic one would not end.
    readJson(textOf(2 ** 19));
  });
});

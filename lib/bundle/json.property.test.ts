import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
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
  }, 60_000);

  it('takes time in proportion to the length', () => {
    const hostile = [
      '['.repeat(2 ** 21),
      `[${'[],'.repeat(2 ** 20)}[]]`,
      `"${'\\u0041'.repeat(2 ** 19)}"`,
      `{${Array.from({ length: 2 ** 18 }, (_, i) => `"${String(i)}":1`).join(',')}}`,
      `${'1'.repeat(2 ** 21)}`,
      `${' '.repeat(2 ** 21)}x`,
    ];
    for (const text of hostile) {
      const start = performance.now();
      readJson(text);
      expect(performance.now() - start).toBeLessThan(5_000);
    }
  }, 60_000);
});

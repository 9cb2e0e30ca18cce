import { RE2JS } from '@bufbuild/re2';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { growthOf, LINEAR } from '../testdata/counted-work';
import { cachedRegex, compileRegex, loadRegex } from './evaluate/regex';
import { EvalError } from './values/values';

const PIECES = [
  'a',
  'b',
  '.',
  '\\d',
  '\\w',
  '\\s',
  '[a-c]',
  '[^a]',
  '(?:a|b)',
  '(ab)',
  'é',
  '😀',
  '\\pL',
  '[[:alpha:]]',
  'x',
  '-',
  '$',
  '^',
  '\\b',
  '\\z',
  '\\A',
];
const pattern = fc
  .tuple(
    fc.constantFrom('', '^', '(?i)', '(?s)', '(?m)'),
    fc.array(fc.tuple(fc.constantFrom(...PIECES), fc.constantFrom('', '', '', '*', '+', '?', '{2}', '*?')), {
      maxLength: 6,
    }),
    fc.constantFrom('', '$', '|b', '|^x$'),
  )
  .map(([prefix, pieces, suffix]) => prefix + pieces.map((piece) => piece.join('')).join('') + suffix);
const text = fc
  .array(fc.constantFrom('a', 'b', 'c', 'A', 'x', '1', ' ', '-', '\n', 'é', '😀', '_'), { maxLength: 12 })
  .map((parts) => parts.join(''));

describe('matches', () => {
  it('is not there before it is loaded', () => {
    expect(cachedRegex('a')).toMatchObject({ code: 'no-regex' });
  });

  describe('loaded', () => {
    beforeAll(loadRegex);

    it('answers as RE2 does', () => {
      fc.assert(
        fc.property(pattern, fc.array(text, { minLength: 1, maxLength: 6 }), (source, texts) => {
          const ours = compileRegex(source);
          let reference: RE2JS | undefined;
          try {
            reference = RE2JS.compile(source);
          } catch {
            reference = undefined;
          }
          expect(ours instanceof EvalError).toBe(reference === undefined);
          if (ours instanceof EvalError || !reference) return;
          const simulated = compileRegex(source, false);
          for (const each of texts) {
            const expected = reference.test(each);
            expect([each, ours.test(each)]).toEqual([each, expected]);
            expect([each, simulated instanceof EvalError || simulated.test(each)]).toEqual([each, expected]);
          }
        }),
        { numRuns: 4000 },
      );
    });

    it.each([
      ['(?m)^a', 'é\na', true],
      ['(?m)^$', 'a\n', true],
      ['^a', 'b\na', false],
      ['(?i)straße|K', 'STRAẞE', true],
      ['(?i)^k$', '\u212a', true],
      ['\\bé', ' é', false],
      ['\\Ba|z$', 'éa', false],
    ])('of %s in %j', (source, text, expected) => {
      for (const often of [true, false]) {
        const ours = compileRegex(source, often);
        expect(ours instanceof EvalError || ours.test(text)).toBe(expected);
      }
      expect(RE2JS.compile(source).test(text)).toBe(expected);
    });

    it.each([
      ['(a*)*b', 'a'],
      ['(x+x+)+y', 'x'],
      ['[a-z]+[0-9]', 'abcdefghij'],
      ['a.{20}b', 'a'],
    ])('takes linear work: %s', (source, piece) => {
      for (const often of [true, false]) {
        const ours = compileRegex(source, often);
        if (ours instanceof EvalError) throw new Error(ours.message);
        expect(ours.test(piece.repeat(20_000))).toBe(false);
        const { blocks, factor } = growthOf(
          2_000,
          (size) => piece.repeat(size),
          (text) => ours.test(text),
        );
        expect(blocks).toBeGreaterThan(2_000);
        expect(factor).toBeLessThan(LINEAR);
      }
    });

    it.each([
      ['(?<=a)b', 'invalid regular expression: invalid named capture: `(?<=a)b`'],
      ['(a)\\1', 'invalid regular expression: invalid escape sequence: `\\1`'],
      ['a\\Z', 'invalid regular expression: invalid escape sequence: `\\Z`'],
      ['(', 'invalid regular expression: missing closing ): `(`'],
    ])('refuses %s', (source, message) => {
      expect(compileRegex(source)).toMatchObject({ code: 'invalid-regex', message });
    });
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tokenize } from './tokens';

const kinds = (source: string) => tokenize(source).map(({ kind, start, end }) => `${kind} ${source.slice(start, end)}`);

describe('tokenize', () => {
  test.each([
    [
      'agent.slug == "x" // why',
      ['variable agent', 'punctuation .', 'field slug', 'operator ==', 'string "x"', 'comment // why'],
    ],
    [
      ".f(b'x', 1u)",
      ['punctuation .', 'function f', 'punctuation (', "bytes b'x'", 'punctuation ,', 'number 1u', 'punctuation )'],
    ],
    [
      'a.`b-c` in [null]',
      ['variable a', 'punctuation .', 'field `b-c`', 'keyword in', 'punctuation [', 'keyword null', 'punctuation ]'],
    ],
  ])('%s', (source, expected) => expect(kinds(source)).toEqual(expected));

  test.each([
    ['has(a.b)', 'macro has'],
    ['a.has(b)', 'function has'],
    ['a.all(b, c)', 'macro all'],
    ['all(b, c)', 'function all'],
    ['for', 'reserved for'],
    ['a.for', 'field for'],
    ['a; b', 'error ;'],
    ['a ? b : c', 'operator ?'],
    ['a /* b */', 'comment /* b */'],
  ])('%s has %s', (source, token) => expect(kinds(source)).toContain(token));
});

test('tokens of any text are in order, do not overlap and leave only white space between', () => {
  const piece = fc.oneof(
    fc.constantFrom('"', "'''", '`', '//', '/*', '\n', '\\', '0x', '.', 'a', ' ', '=', '&', '😀', '\ud800'),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const source = pieces.join('');
      let last = 0;
      for (const { start, end } of tokenize(source)) {
        expect(source.slice(last, start)).toMatch(/^[ \t\r\n\f]*$/);
        expect(end).toBeGreaterThan(start);
        last = end;
      }
      expect(source.slice(last)).toMatch(/^[ \t\r\n\f]*$/);
    }),
  );
});

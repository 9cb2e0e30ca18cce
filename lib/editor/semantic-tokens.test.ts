import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tokenize } from '../cel';
import {
  COLOUR_KINDS,
  coloursOf,
  FIRST_LINE,
  semanticTokens,
  tokenizeLine,
  type ColouredToken,
} from './semantic-tokens';

/** Tokens as lines of `kind text`, from the numbers of the protocol. */
function decoded(source: string): string[] {
  const numbers = semanticTokens(source);
  const lines = source.split('\n');
  const found: string[] = [];
  let [line, column] = [0, 0];
  for (let i = 0; i < numbers.length; i += 5) {
    const [down = 0, right = 0, length = 0, kind = 0] = numbers.subarray(i, i + 4);
    column = down === 0 ? column + right : right;
    line += down;
    found.push(`${COLOUR_KINDS[kind]} ${lines[line]?.slice(column, column + length)}`);
  }
  return found;
}

describe('semantic tokens', () => {
  const cases: [source: string, tokens: readonly string[]][] = [
    [
      'user.groups.exists(g,\n  g == "x") // y',
      [
        'variable user',
        'punctuation .',
        'field groups',
        'punctuation .',
        'macro exists',
        'punctuation (',
        'iteration g',
        'punctuation ,',
        'iteration g',
        'operator ==',
        'string "x"',
        'punctuation )',
        'comment // y',
      ],
    ],
    [
      'g.exists(g, g)',
      [
        'variable g',
        'punctuation .',
        'macro exists',
        'punctuation (',
        'iteration g',
        'punctuation ,',
        'iteration g',
        'punctuation )',
      ],
    ],
    ['"""a\n\nb""" == x', ['string """a', 'string b"""', 'operator ==', 'variable x']],
    ['', []],
  ];
  it.each(cases)('%s', (source, tokens) => expect(decoded(source)).toEqual(tokens));
});

/** The tokens that line after line gives, those of long strings joined again. */
function byLine(source: string): ColouredToken[] {
  let state = FIRST_LINE;
  let start = 0;
  const found: ColouredToken[] = [];
  for (const line of source.split('\n')) {
    const { tokens, next } = tokenizeLine(line, state);
    for (const [i, token] of tokens.entries()) {
      const moved = { ...token, start: token.start + start, end: token.end + start };
      const last = found.at(-1);
      if (i === 0 && state.isOpen && last) found[found.length - 1] = { ...last, end: moved.end };
      else found.push(moved);
    }
    state = next;
    start += line.length + 1;
  }
  return found;
}

describe('tokens line by line', () => {
  it.each([
    'user\n  .groups\n  .exists(g, true)',
    'a &&\nb',
    '"""x\ny""" + z',
    "r'''a\\\n''' == b",
    'user.\ngroups',
    '// x\n.a',
    'x in\n.y',
    'a\\.\nb',
  ])('%s', (source) => {
    expect(byLine(source)).toEqual(tokenize(source));
  });

  it('are those of the whole', () => {
    const pieces = ['a', '.', 'b', '"""', "'''", 'x', '\n', ' ', '"s"', '// c', ')', '1', '&&', 'in', '\\'];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 14 }), (all) => {
        // A string that is never closed ends with the text, which is a line too early for those of one line.
        const source = all.join('');
        const whole = tokenize(source).map(({ kind, start }) => `${kind} ${start}`);
        expect(byLine(source).map(({ kind, start }) => `${kind} ${start}`)).toEqual(whole);
      }),
      { numRuns: 500 },
    );
  });

  it('cover a source and never overlap', () => {
    let end = 0;
    for (const token of coloursOf('user.groups.all(g, g != "") ? 1 : 2')) {
      expect(token.start).toBeGreaterThanOrEqual(end);
      end = token.end;
    }
  });
});

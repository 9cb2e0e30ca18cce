import { describe, expect, test } from 'vitest';
import { codePointLength } from './limits';
import { parse } from '../syntax/parser';

const messages = (source: string) => parse(source).diagnostics.map(({ message }) => message);
const TOO_DEEP = ['the expression nests deeper than 250 levels'];

/** Each builds a source of a given nesting; `most` is the greatest that cel-go's limit of 250 lets pass. */
const NESTINGS: readonly { name: string; most: number; build: (levels: number) => string }[] = [
  { name: 'parentheses', most: 249, build: (n) => '('.repeat(n) + 'a' + ')'.repeat(n) },
  { name: 'lists', most: 250, build: (n) => '['.repeat(n) + ']'.repeat(n) },
  { name: 'maps', most: 249, build: (n) => '{1:'.repeat(n) + 'a' + '}'.repeat(n) },
  { name: 'arguments', most: 249, build: (n) => 'f('.repeat(n) + 'a' + ')'.repeat(n) },
  { name: 'conditionals', most: 249, build: (n) => 'a?b:'.repeat(n) + 'c' },
  { name: 'nested sums', most: 125, build: (n) => 'a+('.repeat(n - 1) + 'a+a' + ')'.repeat(n - 1) },
  { name: 'nested comparisons', most: 125, build: (n) => 'a<('.repeat(n - 1) + 'a<a' + ')'.repeat(n - 1) },
  { name: 'nested products in sums', most: 83, build: (n) => 'a+a*('.repeat(n) + 'a' + ')'.repeat(n) },
  { name: 'selections', most: 250, build: (n) => 'a' + '.b'.repeat(n) },
  { name: 'methods', most: 250, build: (n) => 'a' + '.b()'.repeat(n) },
  { name: 'indexes', most: 250, build: (n) => 'a' + '[0]'.repeat(n) },
  { name: 'a sum', most: 250, build: (n) => 'a' + '+a'.repeat(n) },
  { name: 'a product', most: 250, build: (n) => 'a' + '*a'.repeat(n) },
  { name: 'a comparison', most: 250, build: (n) => 'a' + '<a'.repeat(n) },
];

describe('nesting', () => {
  test.each(NESTINGS)('$name up to $most', ({ most, build }) => {
    expect(messages(build(most))).toEqual([]);
    expect(messages(build(most + 1))).toEqual(TOO_DEEP);
    expect(messages(build(15_000))).toEqual(TOO_DEEP);
  });

  test.each([
    ['&&', 'a' + ' && a'.repeat(9_999)],
    ['||', 'a' + '||a'.repeat(30_000)],
    ['!', '!'.repeat(99_999) + 'a'],
    ['-', '-'.repeat(99_999) + 'a'],
    ['list elements', `[${'1,'.repeat(40_000)}]`],
  ])('%s does not nest', (_name, source) => expect(messages(source)).toEqual([]));

  test('ten thousand terms are one node', () => {
    const { expr } = parse('a' + ' && a'.repeat(9_999));
    expect(expr).toMatchObject({ kind: 'call', function: '_&&_' });
    expect(expr.kind === 'call' && expr.args.length).toBe(10_000);
  });
});

describe('length', () => {
  test('counts code points', () => {
    expect(codePointLength('a😀é\ud800')).toBe(4);
    expect(messages(`"${'😀'.repeat(99_998)}"`)).toEqual([]);
    expect(messages(`"${'😀'.repeat(99_999)}"`)).toEqual(['the expression has 100001 characters; the limit is 100000']);
  });
});

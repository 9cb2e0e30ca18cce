import { describe, expect, it } from 'vitest';
import { readJson } from './json';
import { positions } from './problem';

/** A text, then each problem as `code @ the text from its offset on: message`. */
const REFUSED: readonly (readonly [string, ...string[]])[] = [
  ['', 'json-syntax @ : the text ends where a value should be'],
  ['[', 'json-syntax @ : the text ends where a value should be'],
  ['{', 'json-syntax @ : the text ends where a key in double quotes should be'],
  ['{"a":1,}', 'json-syntax @ }: found `}` where a key in double quotes should be'],
  ['[1,]', 'json-syntax @ ]: found `]` where a value should be'],
  ['nul', 'json-syntax @ nul: found `n` where a value should be'],
  ['truex', 'json-syntax @ x: found `x` where the end of the document should be'],
  ['[1 2]', 'json-syntax @ 2]: found `2` where `,` or `]` should be'],
  ['{"a" 1}', 'json-syntax @ 1}: found `1` where `:` should be'],
  ["{'a':1}", "json-syntax @ 'a':1}: found `'` where a key in double quotes should be"],
  ['01', 'json-syntax @ 1: found `1` where the end of a number should be'],
  ['1.', 'json-syntax @ .: found `.` where the end of a number should be'],
  ['+1', 'json-syntax @ +1: found `+` where a value should be'],
  ['-', 'json-syntax @ : the text ends where a digit should be'],
  ['NaN', 'json-syntax @ NaN: found `N` where a value should be'],
  ['"a', 'json-syntax @ : the text ends inside a string'],
  ['"a\nb"', 'json-syntax @ \nb": a control character in a string is not escaped'],
  ['"\\x"', 'json-syntax @ \\x": a backslash starts no valid escape'],
  ['"\\u12G4"', 'json-syntax @ \\u12G4": a backslash starts no valid escape'],
  ['{"a":1}{', 'json-syntax @ {: found `{` where the end of the document should be'],
  ['/* */ 1', 'json-syntax @ /* */ 1: found `/` where a value should be'],
  ['\u00a01', 'json-syntax @ \u00a01: found `\u00a0` where a value should be'],
  ['[1e999]', 'number-range @ 1e999]: number `1e999` is beyond the range of a double'],
  ['"\\ud800x"', 'lone-surrogate @ "\\ud800x": lone surrogate `\\ud800` in `\\ud800x`'],
  ['{"\\udc00":1}', 'lone-surrogate @ "\\udc00":1}: lone surrogate `\\udc00` in `\\udc00`'],
  ['["\ud800"]', 'lone-surrogate @ "\ud800"]: lone surrogate `\\ud800` in `\\ud800`'],
  ['{"a":1,"\\u0061":2}', 'duplicate-key @ "\\u0061":2}: duplicate key `a`'],
  ['{"__proto__":1,"__proto__":2}', 'duplicate-key @ "__proto__":2}: duplicate key `__proto__`'],
  [
    '{"a":{"b":1,"b":2},"a":"\\ud800"}',
    'duplicate-key @ "b":2},"a":"\\ud800"}: duplicate key `b`',
    'duplicate-key @ "a":"\\ud800"}: duplicate key `a`',
    'lone-surrogate @ "\\ud800"}: lone surrogate `\\ud800` in `\\ud800`',
  ],
  ['['.repeat(129), `too-deep @ [: nested deeper than 128 levels`],
];

describe('what is refused', () => {
  it.each(REFUSED)('%j', (text, ...problems) => {
    expect(readJson(text).problems.map((p) => `${p.code} @ ${text.slice(p.offset)}: ${p.message}`)).toEqual(problems);
  });

  it('names the place by a pointer', () => {
    const { problems } = readJson('{"a/b":[0,{"~":1,"~":2}]}');
    expect(problems.map((problem) => problem.pointer)).toEqual(['/a~1b/1/~0']);
  });

  it('goes on after a duplicate key and stops at a syntax fault', () => {
    expect(readJson('{"a":1,"a":2}').value).toEqual({ a: 2 });
    expect(readJson('{"a":1,"a":2').value).toBeUndefined();
  });

  it('bounds the list of problems', () => {
    const { problems } = readJson(`{${Array.from({ length: 20_001 }, () => '"a":1').join(',')}}`);
    expect(problems).toHaveLength(10_000);
  });
});

describe('what is read', () => {
  it('reads 128 levels', () => {
    const text = '['.repeat(128) + ']'.repeat(128);
    expect(readJson(text)).toEqual({ value: JSON.parse(text) as unknown, problems: [] });
  });

  it('keeps `__proto__`, `constructor` and `-0`', () => {
    const { value } = readJson('{"__proto__":{"x":-0},"constructor":1}');
    expect(Object.keys(value as object)).toEqual(['__proto__', 'constructor']);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(Object.is((value as Record<string, Record<string, number>>)['__proto__']?.['x'], -0)).toBe(true);
  });

  it('skips a byte order mark', () => {
    expect(readJson('\ufeff[1]')).toEqual({ value: [1], problems: [] });
  });
});

it('turns offsets into lines and columns', () => {
  const positionOf = positions('ab\ncd\r\n\re');
  expect([0, 2, 3, 6, 7, 8].map(positionOf)).toEqual([
    { offset: 0, line: 1, column: 1 },
    { offset: 2, line: 1, column: 3 },
    { offset: 3, line: 2, column: 1 },
    { offset: 6, line: 2, column: 4 },
    { offset: 7, line: 3, column: 1 },
    { offset: 8, line: 4, column: 1 },
  ]);
});

import { describe, expect, it } from 'vitest';
import { formatValue } from './display';
import { MAX_ENCODED, encodeResult, encodeValue } from './encode';
import { fromJson } from './json';
import { CelDuration, CelMap, CelTimestamp, EvalError, TYPES, Uint, Unknown, type Value } from './values';

const map = new CelMap();
map.put(1n, 'a');
map.put(new Uint(1n), 'b');
map.put('k', null);

describe('encoding and showing', () => {
  it.each<[Value, unknown, string]>([
    [null, null, 'null'],
    [true, true, 'true'],
    ['a"b', 'a"b', '"a\\"b"'],
    [-5n, { int: '-5' }, '-5'],
    [new Uint(5n), { uint: '5' }, '5u'],
    [1.5, { double: 1.5 }, '1.5'],
    [NaN, { double: 'NaN' }, 'NaN'],
    [-Infinity, { double: '-Infinity' }, '-Infinity'],
    [new Uint8Array([]), { bytes: '' }, 'b""'],
    [new Uint8Array([0xff]), { bytes: '/w==' }, 'b"\\xff"'],
    [new Uint8Array([1, 2]), { bytes: 'AQI=' }, 'b"\\x01\\x02"'],
    [new Uint8Array([1, 2, 3]), { bytes: 'AQID' }, 'b"\\x01\\x02\\x03"'],
    [
      new CelTimestamp(0, 120_000_000, 3600),
      { timestamp: '1970-01-01T00:00:00.12Z' },
      'timestamp("1970-01-01T01:00:00.12+01:00")',
    ],
    [new CelDuration(-1_500_000_000n), { duration: '-1.5s' }, 'duration("-1.5s")'],
    [TYPES.int, { type: 'int' }, 'int'],
    [[1n, ['x']], [{ int: '1' }, ['x']], '[1, ["x"]]'],
    [
      map,
      {
        map: [
          [{ int: '1' }, 'a'],
          ['k', null],
          [{ uint: '1' }, 'b'],
        ],
      },
      '{1: "a", "k": null, 1u: "b"}',
    ],
    [fromJson({ $typeName: 't' }), { map: [['$typeName', 't']] }, '{"$typeName": "t"}'],
  ])('%s', (value, encoded, text) => {
    expect(encodeValue(value)).toEqual(encoded);
    expect(formatValue(value)).toBe(text);
  });

  it('names the kind of a result', () => {
    expect(encodeResult(new Unknown(['user']))).toEqual({ unknown: true });
    expect(encodeResult(new EvalError('cost', 'too much'))).toEqual({ error: { phase: 'eval', message: 'too much' } });
    expect(encodeResult([])).toEqual({ type: 'list', value: [] });
  });

  it('shortens what is long', () => {
    expect(formatValue('😀'.repeat(200))).toBe(`"${'😀'.repeat(59)}…"`);
    expect(formatValue(Array.from({ length: 10 }, () => true))).toBe(`[${'true, '.repeat(8)}… 2 more]`);
    expect(formatValue([[[['deep']]], fromJson({ a: { b: { c: {} } } })])).toBe('[[[[…]]], {"a": {"b": {…}}}]');
  });
});

describe('a value that is too large to write', () => {
  const doubled = (seed: Value, times: number): Value =>
    times === 0 ? seed : [doubled(seed, times - 1)].flatMap((x) => [x, x]);
  it.each<[string, Value, string]>([
    ['lists that share their parts', [...Array(60)].reduce<Value>((x) => [x, x], 1n), 'list'],
    ['one text many times', Array.from({ length: 100 }, () => 'x'.repeat(100_000)), 'list'],
    ['one text', 'x'.repeat(MAX_ENCODED + 1), 'string'],
  ])('is left out: %s', (_, value, type) => {
    expect(encodeResult(value)).toEqual({ type, omitted: 'the value takes more than 8 MB' });
  });
  it('is one past the bound alone', () => {
    expect(encodeResult(doubled(1n, 10))).toEqual({ type: 'list', value: encodeValue(doubled(1n, 10)) });
    expect(encodeResult('x'.repeat(1_000_000))).toMatchObject({ type: 'string' });
  });
});

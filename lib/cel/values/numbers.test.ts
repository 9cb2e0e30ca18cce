import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { doubleToInt, doubleToUint, formatDouble, parseDouble, parseInt64, parseUint64 } from './numbers';
import { EvalError, Uint } from './values';

describe('formatDouble', () => {
  it.each([
    [0, '0'],
    [-0, '-0'],
    [1, '1'],
    [100000, '100000'],
    [123456, '123456'],
    [123456.7, '123456.7'],
    [1000000, '1e+06'],
    [1234567, '1.234567e+06'],
    [123456789, '1.23456789e+08'],
    [0.0001, '0.0001'],
    [0.00012, '0.00012'],
    [0.00001, '1e-05'],
    [1e100, '1e+100'],
    [-1.5e-7, '-1.5e-07'],
    [5e-324, '5e-324'],
    [Infinity, '+Inf'],
    [-Infinity, '-Inf'],
    [NaN, 'NaN'],
  ])('%d', (value, text) => {
    expect(formatDouble(value)).toBe(text);
  });

  it('is read back by parseDouble', () => {
    fc.assert(
      fc.property(fc.double(), (value) => {
        expect(parseDouble(formatDouble(value))).toBe(value);
      }),
    );
  });
});

describe('parseDouble', () => {
  it.each([
    ['1', 1],
    ['+1', 1],
    ['-0', -0],
    ['.5', 0.5],
    ['5.', 5],
    ['1e3', 1000],
    ['1E+3', 1000],
    ['1_0', 10],
    ['1_0.2_5', 10.25],
    ['inf', Infinity],
    ['-Infinity', -Infinity],
    ['+INF', Infinity],
    ['nan', NaN],
    ['NaN', NaN],
    ['0x1p4', 16],
    ['-0x1.8p1', -3],
    ['0X.8P0', 0.5],
    ['0x1p-1074', 5e-324],
    ['0x1p-1075', 0],
    ['0x1.fffffffffffff8p0', 2],
    ['0x10_0p0', 256],
    ['1e-400', 0],
  ])('%s', (text, value) => {
    expect(parseDouble(text)).toBe(value);
  });

  it.each([
    '',
    ' 1',
    '1 ',
    '.',
    '+',
    'e5',
    '1e',
    '0x10',
    '0xp0',
    '1__0',
    '_1',
    '1_',
    '1_e3',
    '1e400',
    '-1e400',
    '0x1p1024',
    '+nan',
    '-nan',
    '1.2.3',
    'infin',
  ])('refuses %s', (text) => {
    expect(parseDouble(text)).toBeUndefined();
  });
});

describe('integers', () => {
  it.each([
    ['42', 42n],
    ['+5', 5n],
    ['-9223372036854775808', -9223372036854775808n],
    ['9223372036854775807', 9223372036854775807n],
    ['007', 7n],
  ])('parseInt64 %s', (text, value) => {
    expect(parseInt64(text)).toBe(value);
  });

  it.each(['', '+', '1.5', '1e3', '9223372036854775808', '1_000', '\u0663', ' 1', '0x1'])(
    'parseInt64 refuses %s',
    (text) => {
      expect(parseInt64(text)).toBeUndefined();
    },
  );

  it.each([
    ['18446744073709551615', new Uint(18446744073709551615n)],
    ['18446744073709551616', undefined],
    ['+1', undefined],
    ['-1', undefined],
  ])('parseUint64 %s', (text, value) => {
    expect(parseUint64(text)).toEqual(value);
  });

  it.each([
    [1.9, 1n],
    [-1.9, -1n],
    [9.223372036854775e18, 9223372036854774784n],
    [2 ** 63, 'overflow'],
    [-(2 ** 63), 'overflow'],
    [NaN, 'overflow'],
    [-Infinity, 'overflow'],
  ])('doubleToInt %d', (value, wanted) => {
    const got = doubleToInt(value);
    expect(got instanceof EvalError ? got.code : got).toBe(wanted);
  });

  it.each([
    [1.9, 1n],
    [0, 0n],
    [-0.5, 'overflow'],
    [2 ** 64, 'overflow'],
    [NaN, 'overflow'],
  ])('doubleToUint %d', (value, wanted) => {
    const got = doubleToUint(value);
    expect(got instanceof EvalError ? got.code : got.value).toBe(wanted);
  });
});

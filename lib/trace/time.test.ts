import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { validateCall } from '../engine';
import { fromNanos, readTime } from './time';

describe('readTime', () => {
  test.each<[unknown, string]>([
    ['2026-11-22T10:00:00Z', '2026-11-22T10:00:00Z'],
    ['2026-11-22T10:00:00.123456789+02:00', '2026-11-22T10:00:00.123456789+02:00'],
    ['2026-11-22 10:00:00 UTC', '2026-11-22T10:00:00Z'],
    ['2026-11-22 10:00:00,5+0200', '2026-11-22T10:00:00.5+02:00'],
    ['2026-11-22T10:00-03', '2026-11-22T10:00:00-03:00'],
    [1795341600, '2026-11-22T10:00:00.000Z'],
    [1795341600.25, '2026-11-22T10:00:00.250Z'],
    [1795341600123, '2026-11-22T10:00:00.123Z'],
    ['1795341600123456', '2026-11-22T10:00:00.123Z'],
    ['1795341600123456789', '2026-11-22T10:00:00.123456789Z'],
  ])('%j is %s', (value, time) => {
    expect(readTime(value)).toEqual({ time });
  });

  test('a time without a zone is read as UTC, and says so', () => {
    expect(readTime('2026-11-22 10:00:00')).toEqual({ time: '2026-11-22T10:00:00Z', zoneless: true });
  });

  test.each([
    '',
    'yesterday',
    '2026-02-30T10:00:00Z',
    '2026-11-22',
    '10:00',
    '22/11/2026 10:00',
    null,
    {},
    -1,
    Infinity,
    NaN,
    1e30,
  ])('%j is no time', (value) => {
    expect(readTime(value)).toHaveProperty('unreadable');
  });

  test('whatever it gives, the engine takes', () => {
    const source = fc.oneof(
      fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('9999-01-01') }).map((date) => date.toISOString()),
      fc.integer({ min: 0, max: 2 ** 40 }),
      fc.double({ min: 0, max: 1e20 }),
      fc.bigInt({ min: 0n, max: 10n ** 20n }).map(String),
      fc.string({ unit: fc.constantFrom(...'0123456789-:T Z+.,'), maxLength: 26 }),
      fc
        .tuple(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 0, max: 99 }))
        .map(([a, b]) => `2026-${a}-${b} 1${a % 10}:${b}`),
    );
    fc.assert(
      fc.property(source, (value) => {
        const read = readTime(value);
        if ('time' in read) expect(validateCall({ id: 'c', time: read.time }), read.time).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });
});

test.each([
  ['0', '1970-01-01T00:00:00Z'],
  ['1', '1970-01-01T00:00:00.000000001Z'],
  ['1795341600000000000', '2026-11-22T10:00:00Z'],
])('%s nanoseconds are %s', (digits, time) => {
  expect(fromNanos(digits)).toEqual({ time });
});

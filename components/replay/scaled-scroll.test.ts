import { expect, test } from 'vitest';
import { barFor, heightOf, lastBar, lastVirtual, MOST_PIXELS, rowsInSight, scrolled, toShow } from './scaled-scroll';

const SHORT = { rows: 254, rowHeight: 30, viewport: 600 };
const LONG = { rows: 1_000_000, rowHeight: 30, viewport: 600 };

test('rows that fit are scrolled without scaling', () => {
  expect([heightOf(SHORT), lastVirtual(SHORT), lastBar(SHORT)]).toEqual([7_620, 7_020, 7_020]);
  expect(scrolled(SHORT, { virtual: 0, bar: 0 }, 5_000)).toEqual({ virtual: 5_000, bar: 5_000 });
  expect(barFor(SHORT, 33)).toBe(33);
});

test('the first and the last of a million rows are reached by the bar and by steps', () => {
  expect(heightOf(LONG)).toBe(MOST_PIXELS);
  const bottom = scrolled(LONG, { virtual: 0, bar: 0 }, lastBar(LONG));
  expect(rowsInSight(LONG, bottom.virtual)[1]).toBe(1_000_000);
  expect(bottom.virtual + LONG.viewport).toBe(30_000_000);
  expect(scrolled(LONG, bottom, 0).virtual).toBe(0);
  const end = toShow(LONG, 0, 999_999);
  expect([end, barFor(LONG, end)]).toEqual([lastVirtual(LONG), lastBar(LONG)]);
});

test('a small step moves the rows by as much, a large one goes to the position of the bar', () => {
  const middle = { virtual: 15_000_000, bar: barFor(LONG, 15_000_000) };
  expect(scrolled(LONG, middle, middle.bar + 100).virtual).toBe(15_000_100);
  expect(scrolled(LONG, middle, middle.bar - 1_200).virtual).toBe(14_998_800);
  const far = scrolled(LONG, middle, lastBar(LONG) / 4);
  expect(far.virtual).toBeCloseTo(lastVirtual(LONG) / 4, 3);
});

test('a step never leaves the rows', () => {
  const nearEnd = { virtual: lastVirtual(LONG) - 10, bar: lastBar(LONG) - 500 };
  expect(scrolled(LONG, nearEnd, nearEnd.bar + 100).virtual).toBe(lastVirtual(LONG));
  expect(scrolled({ ...LONG, rows: 0 }, { virtual: 0, bar: 0 }, 0)).toEqual({ virtual: 0, bar: 0 });
});

test('a row is brought into sight by the shortest way', () => {
  expect(toShow(SHORT, 300, 5)).toBe(150);
  expect(toShow(SHORT, 300, 15)).toBe(300);
  expect(toShow(SHORT, 300, 40)).toBe(630);
});

import { expect, test } from 'vitest';
import { dayAndTime } from './time';

test('the time of a change names its zone', () => {
  expect(dayAndTime(Date.UTC(2026, 2, 5, 12, 30))).toMatch(/^\d Mar 2026, \d\d:\d\d UTC(?:[+−]\d+(?::\d\d)?)?$/);
});

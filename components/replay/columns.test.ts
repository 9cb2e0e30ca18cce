import { expect, test } from 'vitest';
import { columnsFor, COLUMNS } from './columns';

test.each([
  [400, false],
  [400, true],
  [500, true],
  [700, true],
  [1000, true],
  [1000, false],
])('in %i pixels, with recorded decisions: %s, the columns fit', (width, hasRecorded) => {
  const columns = columnsFor(width, hasRecorded);
  expect(columns.includes('recorded')).toBe(hasRecorded && width >= 448);
  expect(columns).toContain('decision');
  const others = columns.filter((id) => id !== 'tool').reduce((sum, id) => sum + COLUMNS[id].width + 12, 24);
  expect(others).toBeLessThan(width);
});

import { expect, test } from 'vitest';
import { fitOf } from './fit';

test.each([
  [2_000, 'fits anywhere'],
  [2_001, 'fits into Slack'],
  [4_001, 'too long for some'],
  [8_000, 'too long for some'],
  [8_001, 'share the file'],
])('a link of %i characters: %s', (length, words) => {
  expect(fitOf(length).words).toContain(words);
});

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { format } from './syntax/format';

/** Pairs of a source and its layout, divided by lines of dashes. */
const CASES = readFileSync(new URL('./testdata/format-cases.txt', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n========\n')
  .map((pair) => pair.split('\n--------\n') as [string, string]);

describe('layout', () => {
  test.each(CASES)('%s', (source, formatted) => {
    expect(format(source)).toBe(formatted);
    expect(format(formatted)).toBe(formatted);
  });
});

test.each([
  ['does not parse', 'a  ==  '],
  ['would nest too deeply with the parentheses that read better', 'a' + '<a'.repeat(250)],
])('a source that %s comes back as it is', (_why, source) => {
  expect(format(source)).toBe(source);
});

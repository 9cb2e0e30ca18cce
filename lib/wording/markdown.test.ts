import { expect, test } from 'vitest';
import { codeSpan } from './markdown';

test('a code span may hold more backticks than a function takes arguments', () => {
  expect(codeSpan('` '.repeat(300_000)).slice(0, 5)).toBe('`` ` ');
});

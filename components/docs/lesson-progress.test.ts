import { expect, test } from 'vitest';
import { readSolved } from './lesson-progress';

test.each([
  [null, []],
  ['["order","gate"]', ['order', 'gate']],
  ['["order",1,null,{}]', ['order']],
  ['{"order":true}', []],
  ['not json', []],
])('%j', (stored, solved) => expect(readSolved(stored)).toEqual(solved));

test('a long list is cut', () => expect(readSolved(JSON.stringify(Array(1_000).fill('x')))).toHaveLength(100));

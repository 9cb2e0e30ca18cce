import { expect, it } from 'vitest';
import { ALL_NUMBERS } from './number-sets';
import { ALL_TEXTS, findText, type TextSet } from './text-sets';
import { globLanguage } from './text-languages';

const beginning = (text: string): TextSet => ({ ...ALL_TEXTS, within: [globLanguage([[text, '']])] });

it('a set of no length is empty, and no other set is taken for it', () => {
  for (const order of [0, 1]) {
    const set = beginning(`order-${String(order)}`);
    const none = { ...set, size: [] };
    if (order === 0) expect(findText(none).kind).toBe('empty');
    expect(findText(set).kind).toBe('text');
    expect(findText(none).kind).toBe('empty');
  }
  expect(findText({ ...ALL_TEXTS, size: [] }).kind).toBe('empty');
  expect(findText({ ...ALL_TEXTS, size: ALL_NUMBERS }).kind).toBe('text');
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editBetween, withEdits } from './edit';

describe('the edit between two texts', () => {
  const cases: [before: string, after: string, edit: ReturnType<typeof editBetween>][] = [
    ['a == b', 'a == b', undefined],
    ['chanel == 1', 'channel == 1', { start: 4, end: 4, text: 'n' }],
    ['aaa', 'aa', { start: 2, end: 3, text: '' }],
    ['', 'x', { start: 0, end: 0, text: 'x' }],
    ['x', '', { start: 0, end: 1, text: '' }],
  ];
  it.each(cases)('%s to %s', (before, after, edit) => expect(editBetween(before, after)).toEqual(edit));

  it('makes the one of the other', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '\n'), maxLength: 8 });
    fc.assert(
      fc.property(text, text, (before, after) => {
        const edit = editBetween(before, after);
        expect(withEdits(before, edit ? [edit] : [])).toBe(after);
      }),
    );
  });
});

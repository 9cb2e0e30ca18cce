import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wordDifference } from './word-difference';

const shown = (before: string, after: string): string =>
  wordDifference(before, after)
    .map(({ kind, text }) => (kind === 'same' ? text : kind === 'removed' ? `[-${text}]` : `[+${text}]`))
    .join('');

test.each([
  ['request.args.amount <= 500.0', 'request.args.amount <= 200.0', 'request.args.amount <= [-500][+200].0'],
  ['a && b', 'a && b || "admin" in user.groups', 'a && b[+ || "admin" in user.groups]'],
  ['send_*, delete_*', 'send_*', 'send_*[-, delete_*]'],
  ['No deleting here', 'No deleting at all', 'No deleting [-here][+at all]'],
  ['same', 'same', 'same'],
  ['', 'new', '[+new]'],
  ['old', '', '[-old]'],
  ['agent.slug == "codex"', 'request.time.getHours() < 18', '[-agent.slug == "codex"][+request.time.getHours() < 18]'],
  ['Größe ändern', 'Größe prüfen', 'Größe [-ändern][+prüfen]'],
])('%j to %j is %s', (before, after, expected) => {
  expect(shown(before, after)).toBe(expected);
});

test('the pieces give both texts', () => {
  const text = fc
    .array(fc.constantFrom('a', 'bb', ' ', '.', '\n', '😀', 'é'), { maxLength: 30 })
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, text, (before, after) => {
      const changes = wordDifference(before, after);
      const without = (kind: string) => changes.flatMap((one) => (one.kind === kind ? [] : [one.text])).join('');
      expect(without('added')).toBe(before);
      expect(without('removed')).toBe(after);
    }),
    { numRuns: 200 },
  );
});

test('long texts that have little in common are given whole', () => {
  const [before, after] = ['a ', 'b '].map((word) => word.repeat(2_000)) as [string, string];
  expect(wordDifference(before, after)).toEqual([
    { kind: 'removed', text: before },
    { kind: 'added', text: after },
  ]);
});

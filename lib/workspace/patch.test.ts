import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PolicyPatch, RulesOp } from '../store';
import { applyPatch, diffContent } from './patch';
import { anyContent, aPolicy, aRule } from './testkit';

const ids = (text: string) => [...text].map((id) => aRule(id));

describe('a patch', () => {
  test('makes the one content of the other, and survives storage', () => {
    fc.assert(
      fc.property(anyContent, anyContent, (from, to) => {
        const patch = JSON.parse(JSON.stringify(diffContent(from, to))) as PolicyPatch;
        expect(applyPatch(from, patch)).toEqual(to);
        expect(applyPatch(to, diffContent(to, from))).toEqual(from);
      }),
    );
  });

  test('is empty where nothing differs', () => {
    fc.assert(
      fc.property(anyContent, (content) => {
        expect(diffContent(content, structuredClone(content))).toEqual({});
      }),
    );
  });

  const cases: readonly (readonly [what: string, from: string, to: string, ops: readonly RulesOp[] | undefined])[] = [
    ['nothing', 'abc', 'abc', undefined],
    ['nothing of nothing', '', '', undefined],
    ['adding at the top', 'abc', 'xabc', [{ put: ids('x') }, { copy: [0, 3] }]],
    ['removing', 'abcd', 'ad', [{ copy: [0, 1] }, { copy: [3, 1] }]],
    ['moving down', 'abcd', 'bcda', [{ copy: [1, 3] }, { copy: [0, 1] }]],
    ['moving up', 'abcd', 'dabc', [{ copy: [3, 1] }, { copy: [0, 3] }]],
    ['removing the end', 'abc', 'ab', [{ copy: [0, 2] }]],
    ['removing all', 'abc', '', []],
    ['a first rule', '', 'ab', [{ put: ids('ab') }]],
  ];
  test.each(cases)('of %s is small', (_what, from, to, ops) => {
    expect(diffContent(aPolicy(...ids(from)), aPolicy(...ids(to))).rules).toEqual(ops);
  });

  test('of moving one of 5,000 rules is small', () => {
    const rules = Array.from({ length: 5_000 }, (_, i) => aRule(`r${i}`));
    const [first, ...others] = rules;
    const patch = diffContent(aPolicy(...rules), aPolicy(...others, first ?? aRule('x')));
    expect(JSON.stringify(patch)).toBe('{"rules":[{"copy":[1,4999]},{"copy":[0,1]}]}');
  });

  test.each([
    ['a run past the end', [{ copy: [1, 2] }]],
    ['a rule twice', [{ copy: [0, 2] }, { copy: [0, 1] }]],
    ['a rule that is there already', [{ copy: [0, 2] }, { put: ids('a') }]],
  ] as const)('is refused where it was made for another content: %s', (_what, rules) => {
    expect(applyPatch(aPolicy(...ids('ab')), { rules } as PolicyPatch)).toBeUndefined();
  });
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EFFECTS, STATUSES, type Rule } from '../engine';
import { sameJson } from './equal';
import { editConflict, followSaved, mergeRules, RULE_PARTS, rulePart, settleEdit } from './merge-rules';
import { aRule } from './testkit';

const someValues = fc.constantFrom([], ['a'], ['a', 'b']);

/** Versions of one rule, with few values for each part, so that two often agree. */
const aVersion: fc.Arbitrary<Rule> = fc
  .record({
    name: fc.constantFrom('A', 'B'),
    description: fc.constantFrom('', 'why'),
    effect: fc.constantFrom(...EFFECTS),
    status: fc.constantFrom(...STATUSES),
    scope: fc.record({
      resources: someValues,
      agents: someValues,
      instances: someValues,
      users: someValues,
      groups: someValues,
    }),
    tools: fc.constantFrom(['*'], ['send_*', 'x']),
    condition: fc.constantFrom(null, 'true', ''),
  })
  .map((over) => aRule('r', over));

test('a part is as the side has it that changed it, and what both changed is a conflict', () => {
  fc.assert(
    fc.property(aVersion, aVersion, aVersion, (base, mine, theirs) => {
      const merged = mergeRules(base, mine, theirs);
      for (const part of RULE_PARTS) {
        const [was, my, their] = [base, mine, theirs].map((rule) => rulePart(part, rule));
        const conflict = !sameJson(my, was) && !sameJson(their, was) && !sameJson(my, their);
        expect(merged.conflicts.includes(part), part).toBe(conflict);
        expect(rulePart(part, merged.rule), part).toEqual(sameJson(my, was) ? their : my);
      }
      expect(merged.rule.id).toBe(mine.id);
    }),
  );
});

test('the sides can be swapped where nothing conflicts', () => {
  fc.assert(
    fc.property(aVersion, aVersion, aVersion, (base, mine, theirs) => {
      const [one, other] = [mergeRules(base, mine, theirs), mergeRules(base, theirs, mine)];
      expect(one.conflicts).toEqual(other.conflicts);
      if (one.conflicts.length === 0) expect(one.rule).toEqual(other.rule);
    }),
  );
});

test('an edit that follows what is saved keeps its own changes and its conflicts, however often it follows', () => {
  fc.assert(
    fc.property(aVersion, aVersion, fc.array(aVersion, { minLength: 1, maxLength: 4 }), (base, mine, saves) => {
      let edit = { rule: mine, base };
      for (const saved of saves) {
        const next = followSaved(edit, [saved]);
        expect(followSaved(next, [saved])).toBe(next);
        expect(editConflict(next, [saved])).toEqual(editConflict(edit, [saved]));
        for (const part of RULE_PARTS)
          if (!sameJson(rulePart(part, edit.rule), rulePart(part, edit.base)))
            expect(rulePart(part, next.rule)).toEqual(rulePart(part, edit.rule));
        edit = next;
      }
    }),
  );
});

test('a conflict that is settled is none any more, and each part is as it was chosen', () => {
  fc.assert(
    fc.property(aVersion, aVersion, aVersion, fc.subarray([...RULE_PARTS]), (base, mine, saved, chosen) => {
      const conflict = editConflict({ rule: mine, base }, [saved]);
      fc.pre(conflict?.kind === 'changed');
      const parts = conflict?.kind === 'changed' ? conflict.parts : [];
      const asSaved = parts.filter((part) => chosen.includes(part));
      const settled = settleEdit({ rule: mine, base }, [saved], asSaved);
      expect(editConflict(settled, [saved])).toBeUndefined();
      for (const part of parts)
        expect(rulePart(part, settled.rule)).toEqual(rulePart(part, asSaved.includes(part) ? saved : mine));
    }),
  );
});

test('a rule that was deleted meanwhile is a conflict, until it is settled as a new rule', () => {
  const rule = aRule('r');
  const edit = { rule: { ...rule, name: 'Mine' }, base: rule };
  expect(editConflict(edit, [])).toEqual({ kind: 'deleted' });
  expect(followSaved(edit, [])).toBe(edit);
  const settled = settleEdit(edit, [], []);
  expect(settled).toEqual({ rule: edit.rule, base: null });
  expect(editConflict(settled, [])).toBeUndefined();
});

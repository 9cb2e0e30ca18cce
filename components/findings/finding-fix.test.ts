import { expect, it } from 'vitest';
import { fillPolicy, ruleId, type Rule } from '@/lib/engine';
import { findFindings, GALLERY, type FindingEdit } from '@/lib/findings';
import { applyCommand } from '../../lib/workspace/apply';
import { commandOf, rulesAfter } from './finding-fix';

it('previews of every fix of the gallery what its command then does', async () => {
  const kinds = new Set<FindingEdit['kind']>();
  for (const { rules, gatedWhenFalse = 'continue', catalog } of GALLERY) {
    const settings = { gatedWhenFalse } as const;
    const policy = fillPolicy({
      rules: rules.map((rule) => ({ ...rule, id: ruleId(rule.id), name: rule.id })),
      settings,
    });
    for (const { code, ruleId: about, fix } of await findFindings(policy, catalog)) {
      if (fix === undefined) continue;
      kinds.add(fix.edit.kind);
      const applied = applyCommand({ name: 'P', description: '', ...policy }, commandOf(policy.rules, fix.edit));
      if (applied.kind !== 'applied') throw new Error(`${code}: ${applied.kind}`);
      const previewed: readonly Rule[] = rulesAfter(policy.rules, fix.edit);
      expect(applied.content.rules).toEqual(previewed);
      // A fix takes its finding away.
      const left = await findFindings({ ...policy, rules: previewed }, catalog);
      expect(left.map((one) => `${one.ruleId} ${one.code}`)).not.toContain(`${about} ${code}`);
    }
  }
  expect([...kinds].sort()).toEqual(['change-rule', 'insert-rule', 'remove-rule']);
});

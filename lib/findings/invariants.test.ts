import { expect, it } from 'vitest';
import { decideRow, fillPolicy, ruleId, compilePolicy, type Json } from '../engine';
import { findFindings, FindingMemory } from './index';
import { CATALOG, INVARIANT_CASES, type InvariantCase } from './testdata/invariants';

const policyOf = ({ rules, gatedWhenFalse = 'continue' as never }: InvariantCase) =>
  fillPolicy({
    rules: rules.map((rule) => ({ ...rule, id: ruleId(rule.id), name: rule.id })),
    settings: { gatedWhenFalse },
  });

async function findingsOf(one: InvariantCase, invariants: readonly Json[], memory = new FindingMemory()) {
  const findings = await findFindings(policyOf(one), CATALOG, { invariants, memory });
  return findings.filter(({ code }) => code === 'invariant');
}

it.each(INVARIANT_CASES)('$line → $says', async (one) => {
  const memory = new FindingMemory();
  const findings = await findingsOf(one, [one.line], memory);
  expect(findings.map(({ message }) => message.replace(/^the invariant “.*” (?:does not hold: )?/, ''))).toEqual(
    one.says === undefined ? [] : [one.says],
  );
  const [finding] = findings;
  expect(finding?.witness ?? {}).toMatchObject(one.call ?? {});
  expect(finding?.witness !== undefined).toBe(one.call !== undefined);
  if (finding?.witness && /`all` decides/.test(finding.message)) {
    const row = decideRow(await compilePolicy(policyOf(one)), finding.witness);
    expect(row).toMatchObject({ effect: 'allow', decidedBy: { ruleId: 'all' } });
    expect(finding.ruleId).toBe('all');
  }
  // A second run, with what the first one found out, says the same.
  expect(await findingsOf(one, [one.line], memory)).toEqual(findings);
});

it('names each invariant by its place in the bundle, whatever is beside it', async () => {
  const [, , broken] = INVARIANT_CASES;
  if (!broken) throw new Error('no such case');
  const findings = await findingsOf(broken, [{ always: 'deny' }, 'every tool `x` is allowed', 3, broken.line]);
  expect(findings.map(({ pointer, severity }) => `${severity} ${pointer}`)).toEqual([
    'error /invariants/0',
    'error /invariants/2',
    'error /invariants/3',
  ]);
});

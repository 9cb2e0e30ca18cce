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

it.each([
  [
    'no agent but `codx` may ever call `delete_*` on `github`',
    ['the catalog has no name `codx` among its agents', '`codex` is the nearest'],
  ],
  [
    'user `ann@exampl.com` never reaches `tag:prodction`',
    [
      'the catalog has no name `ann@exampl.com` among its users',
      '`ann@example.com` is the nearest',
      'the catalog has no tag `prodction` among its resources',
      '`tag:production` is the nearest',
    ],
  ],
  [
    'group `staff` may never reach `githb`',
    ['the catalog has no name `githb` among its resources', '`github` is the nearest'],
  ],
  ['user `ann` never reaches `tag:production`', []],
  ['no one may ever call `delete_*`', []],
  ['no one may ever call `purge_*`', ['the catalog has no tool that fits `purge_*`', undefined]],
  [
    'no one may ever call `delete_repositry` on `github`',
    ['the catalog has no tool that fits `delete_repositry`', '`delete_repository` is the nearest'],
  ],
  [
    'no one may ever call `mcp__github__delete_*`',
    ['the catalog has no tool that fits `mcp__github__delete_*`', '`delete_*` is the nearest'],
  ],
  // It is a tool of another server.
  ['no one may ever call `get_page` on `github`', ['the catalog has no tool that fits `get_page`', undefined]],
  ['condition of rule 1 never errs', []],
])('names that the catalog does not know: %s', async (line, expected) => {
  const [one] = INVARIANT_CASES;
  if (!one) throw new Error('no such case');
  const findings = await findFindings(policyOf(one), CATALOG, { invariants: [line] });
  const unknown = findings.filter(({ code, pointer }) => code === 'unknown-name' && pointer === '/invariants/0');
  expect(
    unknown.flatMap(({ message, help }) => [message.replace(/, which the invariant “.*” names$/, ''), help]),
  ).toEqual(expected);
});

import { expect, it } from 'vitest';
import { compilePolicy, decideRow, fillPolicy, ruleId } from '../engine';
import { FINDING_CHECKS, FindingMemory, findFindings, findingsByCheck } from './index';
import { GALLERY, galleryPolicy } from './gallery';

it('has a name for each case, and more than 30 of them', () => {
  expect(GALLERY.length).toBeGreaterThanOrEqual(30);
  expect(new Set(GALLERY.map(({ name }) => name)).size).toBe(GALLERY.length);
  expect(GALLERY.filter(({ name }) => !/^[A-Z]/.test(name))).toEqual([]);
});

it.each(GALLERY)('$name', async (one) => {
  const policy = galleryPolicy(one);
  const memory = new FindingMemory();
  const findings = await findFindings(policy, one.catalog, { memory });
  expect(findings.map(({ ruleId: id, code }) => `${id} ${code}`).sort()).toEqual([...one.expected].sort());
  // A second run, with what the first one found out, says the same.
  expect(await findFindings(policy, one.catalog, { memory })).toEqual(findings);
});

it('has a case for each check but that of invariants, which has a test of its own', () => {
  const expected = new Set(GALLERY.flatMap((one) => one.expected.map((finding) => finding.split(' ')[1])));
  expect(FINDING_CHECKS.map(({ code }) => code).filter((code) => !expected.has(code))).toEqual(['invariant']);
});

it('gives witnesses that the engine decides as the finding says', async () => {
  let seen = 0;
  for (const one of GALLERY) {
    const policy = galleryPolicy(one);
    const compiled = await compilePolicy(policy);
    for (const { code, witness } of await findFindings(policy, one.catalog)) {
      if (!witness || !['gate-falls-through', 'deny-can-be-skipped', 'allows-destructive'].includes(code)) continue;
      const row = decideRow(compiled, witness);
      seen++;
      expect(row.effect).toBe('allow');
      if (code === 'gate-falls-through') expect(row.hazards.map(({ kind }) => kind)).toContain('gate-passed');
      if (code === 'deny-can-be-skipped') expect(row.hazards.map(({ kind }) => kind)).toContain('deny-skipped');
    }
  }
  expect(seen).toBeGreaterThanOrEqual(3);
});

it('gives the findings of each check as soon as it is done', async () => {
  const [one] = GALLERY;
  if (!one) throw new Error('the gallery is empty');
  const codes: string[][] = [];
  for await (const { findings } of findingsByCheck(galleryPolicy(one))) codes.push(findings.map(({ code }) => code));
  expect(codes).toHaveLength(FINDING_CHECKS.length);
  expect(codes.flat().sort()).toEqual(['allow-all-active', 'shadowed']);
});

it.each<[readonly string[], readonly string[], unknown]>([
  [
    ['mcp__my_mail__send_*', 'mcp__my_mail__draft'],
    [],
    { tools: ['send_*', 'draft'], scope: { resources: ['my-mail'] } },
  ],
  [['mcp__my_mail__send_*'], ['my-mail'], { tools: ['send_*'] }],
  // Other tools would no longer be denied elsewhere, or the catalog does not know the server.
  [['mcp__my_mail__send_*', 'delete_*'], [], undefined],
  [['mcp__my_mail__send_*'], ['crm'], undefined],
  [['mcp__other__send_*'], [], undefined],
])('writes the patterns %j on %j as the gateway compares them', async (tools, on, written) => {
  const resources = ['my-mail', 'crm'].map((slug) => ({
    slug,
    tools: [{ name: 'send_mail' }, { name: 'delete_all' }],
  }));
  const policy = fillPolicy({
    rules: [{ id: ruleId('d'), name: 'D', effect: 'deny', tools, scope: { resources: on } }],
  });
  const found = await findFindings(policy, { resources });
  const edit = found.find(({ code }) => code === 'unknown-name')?.fix?.edit;
  if (written === undefined) expect(edit).toBeUndefined();
  else expect(edit).toMatchObject({ kind: 'change-rule', rule: written });
});

it.each([
  ['A draft that would change decisions', 'change-rule'],
  ['A draft that would change nothing', 'remove-rule'],
])('%s: the fix is %s', async (name, kind) => {
  const one = GALLERY.find((other) => other.name === name);
  if (!one) throw new Error('no such case');
  const found = await findFindings(galleryPolicy(one), one.catalog);
  expect(found.find(({ code }) => code === 'draft-would-change')?.fix?.edit.kind).toBe(kind);
});

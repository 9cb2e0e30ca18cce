/** Findings that were wrong once: each policy with what must be, or must not be, said of it. */
import { expect, it } from 'vitest';
import { compilePolicy, decideRow, fillPolicy, ruleId, validateCall, type Settings } from '../engine';
import { findFindings } from './index';

interface ReportedRule {
  readonly id: string;
  readonly effect: 'allow' | 'deny' | 'gated';
  readonly tools?: readonly string[];
  readonly scope?: { readonly agents: readonly string[] };
  readonly condition?: string;
}

const policyOf = (rules: readonly ReportedRule[], settings: Partial<Settings> = {}) =>
  fillPolicy({ rules: rules.map((rule) => ({ tools: ['*'], ...rule, id: ruleId(rule.id), name: rule.id })), settings });

const NEVER = 'request.args.n > 5 && request.args.n < 3';

it('removes no gate whose condition is never true where it denies its calls', async () => {
  const rules = [{ id: 'g', effect: 'gated', condition: NEVER } as const, { id: 'a', effect: 'allow' } as const];
  const constantIn = async (gatedWhenFalse: Settings['gatedWhenFalse']) =>
    (await findFindings(policyOf(rules, { gatedWhenFalse }))).find(({ code }) => code === 'constant-condition');
  expect(await constantIn('deny')).toMatchObject({ message: 'this condition is never true, and the gate then denies' });
  expect((await constantIn('deny'))?.fix).toBeUndefined();
  expect((await constantIn('continue'))?.fix).toBeDefined();
});

it('calls no two rules that only deny an overlap, or of another effect', async () => {
  const gate = { id: 'g', effect: 'gated', tools: ['a'], condition: NEVER } as const;
  const settings = { gatedWhenFalse: 'deny' } as const;
  const above = policyOf(
    [{ id: 'd', effect: 'deny', condition: 'has(request.args.s)' }, gate, { id: 'a', effect: 'allow' }],
    settings,
  );
  const overlap = (await findFindings(above)).find(({ code, ruleId: id }) => code === 'overlap' && id === 'd');
  expect(overlap?.relatedRuleIds ?? []).not.toContain('g');
  const covered = await findFindings(policyOf([{ id: 'd', effect: 'deny', tools: ['a'] }, gate], settings));
  expect(covered.find(({ code }) => code === 'shadowed')?.message).toBe(
    'no call reaches this rule: `d` above decides all of its calls',
  );
});

it.each([
  'request.args != [1]',
  '!(request.args == user.email)',
  '(has(request.args)) == true',
  'tool.name == request.args',
])('shows calls that a trace may hold: %s', async (condition) => {
  const policy = policyOf([
    { id: 'd', effect: 'deny', condition },
    { id: 'a', effect: 'allow' },
  ]);
  const compiled = await compilePolicy(policy);
  for (const { witness, code } of await findFindings(policy)) {
    if (!witness) continue;
    expect(validateCall(witness)).toEqual([]);
    if (code === 'deny-can-be-skipped') expect(decideRow(compiled, witness).effect).toBe('allow');
  }
});

it('knows names as the profile of the gateway compares them', async () => {
  const catalog = { agents: [{ slug: 'codex' }], resources: [{ slug: 'r', tools: [{ name: 'get_x' }] }] };
  const rule = { id: 'd', effect: 'deny', tools: ['GET_*'], scope: { agents: ['Codex'] } } as const;
  const unknownUnder = async (settings: Partial<Settings>) =>
    (await findFindings(policyOf([rule], settings), catalog)).filter(({ code }) => code === 'unknown-name').length;
  expect(await unknownUnder({})).toBe(2);
  expect(await unknownUnder({ readings: { case: 'insensitive' } })).toBe(0);
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { callId, compilePolicy, decide, fillPolicy, fillRule, ruleId, type Call, type Rule } from '../engine';
import { addCoverage, coverageOf, gapsOf, summaryOf, type PolicyCoverage } from '.';

const rule = (id: string, rest: Partial<Rule>): Rule => ({
  ...fillRule({ id: ruleId(id), name: id, effect: 'allow', tools: ['*'] }),
  ...rest,
});
const call = (id: string, rest: Omit<Call, 'id'>): Call => ({ id: callId(id), ...rest });

/** The same from the steps of whole decisions, rule by rule. */
async function naive(rules: readonly Rule[], gatedWhenFalse: 'continue' | 'deny', calls: readonly Call[]) {
  const compiled = await compilePolicy(fillPolicy({ rules, settings: { gatedWhenFalse } }));
  const decisions = calls.map((one) => decide(compiled, one));
  const kinds = (index: number) => decisions.map(({ steps }) => steps[index]?.kind);
  const count = (index: number, ...wanted: readonly string[]) =>
    kinds(index).filter((kind) => wanted.includes(kind ?? '')).length;
  const coverage: PolicyCoverage = {
    calls: calls.length,
    byDefault: decisions.filter(({ decidedBy }) => decidedBy.kind === 'default').length,
    undecided: decisions.filter(({ decidedBy }) => decidedBy.kind === 'undecided').length,
    rules: rules.map(({ id }, index) => ({
      ruleId: id,
      decided: decisions.filter(({ decidedBy: by }) => 'ruleId' in by && by.ruleId === id).length,
      reached: count(index, 'matched', 'gate-denied', 'condition-false', 'condition-error', 'unknown'),
      held: count(index, 'matched'),
      failed: count(index, 'condition-false', 'gate-denied'),
      erred: count(index, 'condition-error'),
      open: count(index, 'unknown'),
    })),
  };
  return { compiled, coverage };
}

const anyCall = fc
  .record(
    {
      agent: fc.constantFrom({ slug: 'cursor' }, { slug: 'codex' }, null),
      tool: fc.constantFrom({ name: 'send_message' }, { name: 'delete_file' }, null),
      args: fc.dictionary(fc.constantFrom('channel_id', 'n'), fc.constantFrom('C1', 2)),
    },
    { requiredKeys: [] },
  )
  .map((rest): Call => call('x', rest));
const anyRule = fc.record({
  effect: fc.constantFrom('allow' as const, 'deny' as const, 'gated' as const),
  status: fc.constantFrom('active' as const, 'active' as const, 'disabled' as const),
  tools: fc.constantFrom(['*'], ['send_*'], ['*_file']),
  agents: fc.constantFrom([], ['cursor']),
  condition: fc.constantFrom(null, 'request.args.channel_id == "C1"', 'request.args.n > 1.0', 'broken ('),
});

describe('coverage', () => {
  test('of any policy by any calls is what the steps of their decisions say', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyRule, { maxLength: 5 }),
        fc.array(anyCall, { maxLength: 8 }),
        fc.constantFrom('continue' as const, 'deny' as const),
        async (drawn, calls, setting) => {
          const rules = drawn.map(({ agents, ...rest }, i) =>
            rule(`r${String(i)}`, { ...rest, scope: { ...rule('', {}).scope, agents } }),
          );
          const { compiled, coverage } = await naive(rules, setting, calls);
          expect(coverageOf(compiled, calls)).toEqual(coverage);
          const half = Math.floor(calls.length / 2);
          expect(
            addCoverage(coverageOf(compiled, calls.slice(0, half)), coverageOf(compiled, calls.slice(half))),
          ).toEqual(coverage);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('lists what has not been tried yet', async () => {
    const rules = [
      rule('never-came', { tools: ['transfer_*'] }),
      rule('gate', { effect: 'gated', tools: ['send_*'], condition: 'request.args.channel_id == "C1"' }),
      rule('deny', { effect: 'deny', tools: ['send_*'], condition: 'request.args.n > 1.0' }),
      rule('off', { status: 'disabled' }),
      rule('rest', {}),
      rule('below', {}),
    ];
    const calls = [call('a', { agent: null, tool: { name: 'send_message' }, args: { channel_id: 'C2' } })];
    const { compiled, coverage } = await naive(rules, 'continue', calls);
    expect(coverageOf(compiled, calls)).toEqual(coverage);
    const gaps = Object.fromEntries(rules.map((one, i) => [one.id, gapsOf(one, coverage.rules[i])]));
    expect(gaps).toEqual({
      'never-came': ['never-reached'],
      gate: ['never-decided', 'never-true'],
      deny: ['erred', 'never-decided', 'never-true', 'never-false'],
      off: [],
      rest: [],
      below: ['never-reached'],
    });
    expect(summaryOf(compiled.policy, coverage)).toEqual({ rules: 5, decided: 1, conditions: 2, bothWays: 0 });
  });
});

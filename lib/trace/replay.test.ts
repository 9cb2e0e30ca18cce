import { describe, expect, test } from 'vitest';
import { type Call, callId, compilePolicy, decideRow, fillPolicy, type RuleId, type WrittenRule } from '../engine';
import { cellCalls, cellGroups, compareResults, shiftsOf } from './compare';
import { RECORDED_CODES } from './recorded';
import { replay } from './replay';
import { DECIDED_BY_DEFAULT, EFFECT_CODES, HAZARD_BITS, judgedCalls, UNDECIDED } from './replay-result';

const compile = (rules: readonly WrittenRule[], gatedWhenFalse: 'continue' | 'deny' = 'continue') =>
  compilePolicy(fillPolicy({ rules, settings: { gatedWhenFalse } }));
const rule = (
  id: string,
  effect: 'allow' | 'deny' | 'gated',
  tools: readonly string[],
  rest: Partial<WrittenRule> = {},
): WrittenRule => ({ id: id as RuleId, name: `Rule ${id}`, effect, tools, ...rest });
const call = (id: string, rest: Omit<Call, 'id'>): Call => ({ id: callId(id), ...rest });
const known = (id: string, name: string, args: Record<string, string | number> = {}): Call =>
  call(id, {
    tool: { name },
    args,
    agent: { slug: 'cursor', tags: [] },
    resource: { slug: 'slack', tags: [] },
    user: { id: 'u', email: 'ana@acme.example', groups: [] },
  });

const RULES = [
  rule('del', 'deny', ['delete_*']),
  rule('gate', 'gated', ['send_*'], { condition: 'request.args.channel_id == "C1"' }),
  rule('err', 'deny', ['send_*'], { condition: 'request.args.nothing > 1' }),
  rule('all', 'allow', ['send_*', 'delete_*', 'list_*']),
];
const CALLS: readonly Call[] = [
  known('1', 'delete_file'),
  known('2', 'send_message', { channel_id: 'C1' }),
  known('3', 'send_message', { channel_id: 'C2' }),
  known('4', 'list_files'),
  known('5', 'unheard_of'),
  call('6', { tool: { name: 'send_message' } }),
  { ...known('7', 'delete_file'), recorded: { effect: 'deny', ruleId: 'del' } },
  { ...known('8', 'delete_file'), recorded: { effect: 'allow', ruleId: 'all' } },
  { ...known('9', 'list_files'), recorded: { effect: 'allow', ruleId: 'other', ruleName: 'Rule all' } },
  { ...known('10', 'list_files'), recorded: { effect: 'allow', ruleId: 'other', ruleName: 'Another' } },
  { ...call('11', { tool: { name: 'send_message' } }), recorded: { effect: 'allow' } },
];

describe('replay', () => {
  test('gives columns, and counts for each rule', async () => {
    const result = replay(await compile(RULES), CALLS);
    expect([...result.effects].map((code) => EFFECT_CODES[code])).toEqual([
      'deny',
      'allow',
      'allow',
      'allow',
      'deny',
      'conditional',
      'deny',
      'deny',
      'allow',
      'allow',
      'conditional',
    ]);
    expect([...result.deciders]).toEqual([0, 1, 3, 3, DECIDED_BY_DEFAULT, UNDECIDED, 0, 0, 3, 3, UNDECIDED]);
    expect(result.hazards[2]).toBe(
      HAZARD_BITS['gate-passed'] | HAZARD_BITS['deny-skipped'] | HAZARD_BITS['our-reading'],
    );
    expect([...result.recorded].map((code) => RECORDED_CODES[code]).slice(6)).toEqual([
      'reproduced',
      'diverged',
      'reproduced',
      'other-rule',
      'not-reproducible',
    ]);
    expect(result.counts).toEqual({ allow: 5, deny: 4, conditional: 2 });
    expect(result.recordedTally).toEqual({ total: 5, reproduced: 3, byOtherRule: 1, diverged: 1, notReproducible: 1 });
    // Eleven calls, of which five have a record, and one of those waits for facts.
    expect(judgedCalls(result.recordedTally)).toBe(4);
    const blank = { next: 0, erred: 0, mayDecide: 0, gatePassed: 0, denySkipped: 0, ourReading: 0 };
    expect(result.perRule).toEqual([
      { ...blank, ruleId: 'del', decided: 3 },
      { ...blank, ruleId: 'gate', decided: 1, mayDecide: 2, gatePassed: 1 },
      { ...blank, ruleId: 'err', decided: 0, erred: 1, mayDecide: 2, denySkipped: 1, ourReading: 1 },
      { ...blank, ruleId: 'all', decided: 4, next: 4, mayDecide: 2 },
    ]);
    expect([result.decidedByDefault, result.undecided, result.nextIsDefault]).toEqual([1, 2, 4]);
  });

  test('each call is decided as the engine decides it', async () => {
    const compiled = await compile(RULES);
    const { effects } = replay(compiled, CALLS);
    expect([...effects].map((code) => EFFECT_CODES[code])).toEqual(CALLS.map((one) => decideRow(compiled, one).effect));
  });
});

describe('compare', () => {
  const by = (id: string) => ({ kind: 'rule', ruleId: id });

  test('distinguishes changes of effect from changes of rule, and groups them', async () => {
    const before = replay(await compile(RULES), CALLS);
    // The gate is gone, all that lists is decided by a rule of its own, and files may be deleted.
    const after = replay(
      await compile([rule('lists', 'allow', ['list_*']), rule('err', 'deny', ['send_*']), rule('all', 'allow', ['*'])]),
      CALLS,
    );
    const comparison = compareResults(before, after);
    expect(comparison.total).toBe(11);
    expect(comparison.matrix).toEqual({
      allow: { allow: 3, deny: 2, conditional: 0 },
      deny: { allow: 4, deny: 0, conditional: 0 },
      conditional: { allow: 0, deny: 2, conditional: 0 },
    });
    expect([...comparison.changed].map((i) => CALLS[i]?.id)).toEqual(['1', '2', '3', '5', '6', '7', '8', '11']);
    expect([...comparison.otherRule].map((i) => CALLS[i]?.id)).toEqual(['4', '9', '10']);
    expect(shiftsOf(before, after, comparison)).toEqual([
      { before: 'deny', after: 'allow', by: by('all'), count: 4 },
      { before: 'allow', after: 'deny', by: by('err'), count: 2 },
      { before: 'conditional', after: 'deny', by: by('err'), count: 2 },
    ]);
    const cell = cellCalls(before, after, 'deny', 'allow');
    expect(cellGroups(before, after, CALLS, cell)).toEqual([
      { resource: 'slack', tool: 'delete_file', before: by('del'), after: by('all'), calls: [0, 6, 7] },
      { resource: 'slack', tool: 'unheard_of', before: { kind: 'default' }, after: by('all'), calls: [4] },
    ]);
  });

  test('a policy and itself in another order of rules that share no calls differ in nothing', async () => {
    const rules = [rule('a', 'deny', ['delete_*']), rule('b', 'allow', ['list_*'])];
    const { changed, otherRule } = compareResults(
      replay(await compile(rules), CALLS),
      replay(await compile([...rules].reverse()), CALLS),
    );
    expect([changed.length, otherRule.length]).toEqual([0, 0]);
  });
});

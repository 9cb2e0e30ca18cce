import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Call, callId, compilePolicy, fillPolicy, type RuleId, type WrittenRule } from '../engine';
import { longestRising, redecide } from './redecide';
import { replay } from './replay';

const compile = (rules: readonly WrittenRule[], gatedWhenFalse: 'continue' | 'deny' = 'continue') =>
  compilePolicy(fillPolicy({ rules, settings: { gatedWhenFalse } }));

const anyRule = (id: string): fc.Arbitrary<WrittenRule> =>
  fc
    .record({
      effect: fc.constantFrom('allow' as const, 'deny' as const, 'gated' as const),
      status: fc.constantFrom('active' as const, 'active' as const, 'draft' as const),
      tools: fc.constantFrom(['*'], ['send_*'], ['Send_*'], ['*_file'], ['list_files', 'a*c']),
      agents: fc.constantFrom([], ['cursor'], ['Cursor'], ['tag:coding']),
      groups: fc.constantFrom([], ['finance', 'support']),
      condition: fc.constantFrom(
        null,
        'request.args.n > 1',
        'request.args.nothing > 1',
        'agent.slug == "codex"',
        'true',
      ),
      name: fc.constantFrom('A', 'B'),
    })
    .map(({ agents, groups, condition, effect, ...rest }) => ({
      ...rest,
      effect,
      id: id as RuleId,
      scope: { agents, groups },
      condition: condition ?? (effect === 'gated' ? 'true' : null),
    }));

const IDS = ['r0', 'r1', 'r2', 'r3', 'r4', 'r5'];
const anyRules = fc.tuple(...IDS.map(anyRule));
/** A policy, and the same after a few rules were changed, moved, taken out or put in. */
const anyEdit = fc
  .tuple(anyRules, anyRules, fc.subarray(IDS), fc.subarray(IDS), fc.shuffledSubarray(IDS), fc.boolean())
  .map(([rules, others, there, changed, order, moved]) => {
    const before = rules.filter(({ id }) => there.includes(id));
    const after = (moved ? order : IDS).flatMap((id) => {
      const at = IDS.indexOf(id);
      const rule = changed.includes(id) ? others[at] : rules[at];
      return rule ? [rule] : [];
    });
    return { before, after };
  });

const anyCall: fc.Arbitrary<Call> = fc
  .record(
    {
      tool: fc.record(
        { name: fc.constantFrom('send_message', 'Send_x', 'delete_file', 'list_files', 'a/c', null) },
        { requiredKeys: [] },
      ),
      agent: fc.record(
        { slug: fc.constantFrom('cursor', 'CURSOR', 'codex'), tags: fc.constantFrom([], ['coding']) },
        { requiredKeys: [] },
      ),
      user: fc.record({ groups: fc.constantFrom([], ['finance'], ['finance', 'support']) }, { requiredKeys: [] }),
      args: fc.dictionary(fc.constantFrom('n'), fc.integer({ min: 0, max: 3 })),
      recorded: fc.record({
        effect: fc.constantFrom('allow' as const, 'deny' as const),
        ruleName: fc.constantFrom('A', 'B'),
      }),
    },
    { requiredKeys: [] },
  )
  .map((rest) => ({ id: callId('x'), ...rest }));

describe('redecide', () => {
  test('gives what a whole replay gives, whatever the edit', async () => {
    await fc.assert(
      fc.asyncProperty(anyEdit, fc.array(anyCall, { maxLength: 12 }), async ({ before, after }, calls) => {
        const old = await compile(before);
        const now = await compile(after);
        const found = redecide(replay(old, calls), old, now, calls);
        expect(found).toEqual(replay(now, calls));
      }),
      { numRuns: 200 },
    );
  });

  test('gives it edit after edit, of results that were kept and of copies, however a false gate is taken', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyEdit, { minLength: 1, maxLength: 3 }),
        fc.array(anyCall, { maxLength: 12 }),
        fc.constantFrom('continue' as const, 'deny' as const),
        async (edits, calls, gatedWhenFalse) => {
          let old = await compile([], gatedWhenFalse);
          let kept = replay(old, calls);
          for (const rules of edits.flatMap(({ before, after }) => [before, after])) {
            const now = await compile(rules, gatedWhenFalse);
            const whole = replay(now, calls);
            expect(redecide(structuredClone(kept), old, now, calls)).toEqual(whole);
            kept = redecide(kept, old, now, calls);
            expect(kept).toEqual(whole);
            old = now;
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  test('a setting that changes decides all anew', async () => {
    const rules: WrittenRule[] = [
      { id: 'g' as RuleId, name: 'G', effect: 'gated', tools: ['*'], condition: 'request.args.n > 1' },
    ];
    const calls: Call[] = [{ id: callId('1'), tool: { name: 'x' }, args: { n: 1 } }];
    const [open, closed] = [await compile(rules), await compile(rules, 'deny')];
    expect([...redecide(replay(open, calls), open, closed, calls).deciders]).toEqual([0]);
  });

  test('leaves the previous result as it was', async () => {
    const rules: WrittenRule[] = [{ id: 'a' as RuleId, name: 'A', effect: 'allow', tools: ['*'] }];
    const calls: Call[] = [{ id: callId('1'), tool: { name: 'x' } }];
    const [old, now] = [await compile(rules), await compile([])];
    const previous = replay(old, calls);
    const kept = structuredClone(previous);
    redecide(previous, old, now, calls);
    expect(previous).toEqual(kept);
  });
});

test.each([
  [[], []],
  [
    [0, 1, 2],
    [0, 1, 2],
  ],
  [
    [2, 0, 1],
    [1, 2],
  ],
  [
    [3, 0, 1, 2],
    [1, 2, 3],
  ],
  [[1, 0], [1]],
])('of %j the places %j stay', (values, places) => {
  expect(longestRising(values)).toEqual(places);
});

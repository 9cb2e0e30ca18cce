import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  asksArguments,
  callId,
  compilePolicy,
  decideRow,
  fillPolicy,
  type Call,
  type RuleId,
  type WrittenRule,
} from '../engine';
import { replayTrace, redecideTrace } from './decide-trace';
import { packCalls, unpackCalls } from './packed';
import { replay } from './replay';
import { chunked, unhurried } from './testkit';

const anyRule = fc.record({
  effect: fc.constantFrom('allow' as const, 'deny' as const, 'gated' as const),
  tools: fc.constantFrom(['*'], ['send'], ['list'], ['s*']),
  condition: fc.constantFrom(
    null,
    'request.args.n > 1',
    'user.groups.exists(g, g == "finance")',
    'request.time > timestamp("2026-01-02T00:00:00Z")',
  ),
});
const rulesOf = (drawn: readonly Omit<WrittenRule, 'id' | 'name'>[]): WrittenRule[] =>
  drawn.map((one, i) => ({ ...one, id: `r${i}` as RuleId, name: `R${i}` }));
const compile = (rules: readonly WrittenRule[]) => compilePolicy(fillPolicy({ rules }));
const anyCall: fc.Arbitrary<Call> = fc
  .record(
    {
      time: fc.constantFrom('2026-01-01T00:00:00Z', '2026-01-03T00:00:00+01:00', null),
      tool: fc.record({ name: fc.constantFrom('send', 'list', 'other') }),
      user: fc.constantFrom(null, { id: 'u' }, { id: 'u', groups: ['finance'] }),
      agent: fc.constantFrom(null, { slug: 'cursor' }),
      args: fc.oneof(fc.constant(null), fc.dictionary(fc.constantFrom('n', '__proto__'), fc.integer({ max: 3 }))),
      recorded: fc.record({ effect: fc.constantFrom('allow' as const, 'deny' as const) }),
    },
    { requiredKeys: [] },
  )
  .chain((rest) => fc.string().map((id) => ({ id: callId(id), ...rest }) as Call));

describe('a trace in chunks', () => {
  test('is decided as the calls themselves are, whole and after an edit', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyRule, { maxLength: 4 }),
        fc.array(anyRule, { maxLength: 4 }),
        fc.array(anyCall, { maxLength: 12 }),
        async (before, after, calls) => {
          const [was, is] = [await compile(rulesOf(before)), await compile(rulesOf(after))];
          const trace = chunked(calls);
          const first = await replayTrace(was, trace, unhurried);
          expect(first).toEqual(replay(was, calls));
          if (first === undefined) return;
          const second = await redecideTrace(first, was, is, trace, unhurried);
          expect(second).toEqual(replay(is, calls));
          expect(await redecideTrace(structuredClone(first), was, is, trace, unhurried)).toEqual(second);
          if (second === undefined) return;
          expect(await redecideTrace(second, is, was, trace, unhurried)).toEqual(first);
        },
      ),
      { numRuns: 100 },
    );
  });

  test('where nothing asks for the arguments, the decision is that of the call without them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyRule, { maxLength: 4 }), anyCall, async (rules, call) => {
        const compiled = await compile(rulesOf(rules));
        if (asksArguments(compiled)(call)) return;
        const { args: _, time: __, ...rest } = call;
        expect(decideRow(compiled, rest)).toEqual(decideRow(compiled, call));
      }),
      { numRuns: 200 },
    );
  });

  test('packing loses nothing', () => {
    fc.assert(
      fc.property(fc.array(anyCall, { maxLength: 5 }), (calls) => {
        expect(unpackCalls(packCalls(calls))).toEqual(calls);
      }),
    );
  });

  test('lines are read only where a condition asks for what they hold', async () => {
    const calls: Call[] = ['send', 'list', 'list', 'list', 'list', 'list', 'send', 'list'].map((name, i) => ({
      id: callId(String(i)),
      tool: { name },
      args: { n: i },
    }));
    const gate: WrittenRule = {
      id: 'g' as RuleId,
      name: 'G',
      effect: 'gated',
      tools: ['send'],
      condition: 'request.args.n > 1',
    };
    const all: WrittenRule = { id: 'a' as RuleId, name: 'A', effect: 'allow', tools: ['*'] };
    const trace = chunked(calls, 2);
    const [was, is] = [await compile([gate, all]), await compile([gate, { ...all, effect: 'deny' }])];
    const first = await replayTrace(was, trace, unhurried);
    expect(trace.reads).toBe(2);
    if (first === undefined) throw new Error('it was stopped');
    expect((await redecideTrace(first, was, is, trace, unhurried))?.counts).toEqual({
      allow: 1,
      deny: 7,
      conditional: 0,
    });
    expect(trace.reads).toBe(4);
    // What the gate came to is remembered, so that a rule which asks for nothing is decided without what was asked before.
    const open = await compile([{ ...gate, effect: 'allow', condition: null }, all]);
    expect((await redecideTrace(first, was, open, trace, unhurried))?.counts.allow).toBe(8);
    expect(trace.reads).toBe(4);
    let asked = 0;
    expect(await replayTrace(was, trace, { ...unhurried, stopped: () => ++asked === 2 })).toBeUndefined();
    expect(trace.reads).toBe(5);
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Call,
  callId,
  compilePolicy,
  decide,
  decideRow,
  fillPolicy,
  fillRule,
  type Rule,
  ruleId,
} from '../engine';
import { replay } from './replay';

describe('replay', () => {
  const anyCall = fc
    .record(
      {
        tool: fc.record(
          { name: fc.constantFrom('send_message', 'delete_file', 'list_files', 'other') },
          { requiredKeys: [] },
        ),
        agent: fc.record({ slug: fc.constantFrom('cursor', 'codex'), tags: fc.constant([]) }, { requiredKeys: [] }),
        args: fc.dictionary(fc.constantFrom('channel_id', 'nothing'), fc.constantFrom('C1', 2)),
      },
      { requiredKeys: [] },
    )
    .map((rest): Call => ({ id: callId('x'), ...rest }));
  const anyRule = fc.record({
    effect: fc.constantFrom('allow' as const, 'deny' as const, 'gated' as const),
    tool: fc.constantFrom('*', 'send_*', '*_file', 'list_files'),
    agents: fc.constantFrom([], ['cursor']),
    condition: fc.constantFrom(
      null,
      'request.args.channel_id == "C1"',
      'request.args.nothing > 1',
      'agent.slug == "codex"',
      'true',
    ),
  });

  const compile = (rules: readonly Rule[], gatedWhenFalse: 'continue' | 'deny') =>
    compilePolicy(fillPolicy({ rules, settings: { gatedWhenFalse } }));

  test('counts of any policy over any calls agree with its decisions, step by step and rule by rule', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyRule, { maxLength: 6 }),
        fc.array(anyCall, { maxLength: 8 }),
        fc.constantFrom('continue' as const, 'deny' as const),
        async (drawn, calls, setting) => {
          const rules = drawn.map(({ effect, tool, agents, condition }, i) =>
            fillRule({
              id: ruleId(`r${i}`),
              name: `Rule ${i}`,
              effect,
              tools: [tool],
              scope: { agents },
              condition: condition ?? (effect === 'gated' ? 'true' : null),
            }),
          );
          const compiled = await compile(rules, setting);
          const result = replay(compiled, calls);
          const decisions = calls.map((one) => decide(compiled, one));
          for (const [index, tally] of result.perRule.entries()) {
            const id = tally.ruleId;
            const deciding = decisions.filter(
              ({ decidedBy: by }) => (by.kind === 'rule' || by.kind === 'gate') && by.ruleId === id,
            );
            expect(tally.decided).toBe(deciding.length);
            const erred = decisions.filter(({ steps }) => steps[index]?.kind === 'condition-error');
            expect(tally.erred).toBe(erred.length);
          }
          // Next in line is who decides once the deciding rule is taken out.
          const next = new Map<string, number>();
          for (const [i, { decidedBy: by }] of decisions.entries()) {
            if (by.kind !== 'rule' && by.kind !== 'gate') continue;
            const one = calls[i];
            const without = await compile(
              rules.filter(({ id }) => id !== by.ruleId),
              setting,
            );
            const then = one ? decideRow(without, one).decidedBy : by;
            const key = then.kind === 'rule' || then.kind === 'gate' ? then.ruleId : then.kind;
            next.set(key, (next.get(key) ?? 0) + 1);
          }
          expect(result.perRule.map((tally) => tally.next)).toEqual(rules.map(({ id }) => next.get(id) ?? 0));
          expect(result.nextIsDefault).toBe(next.get('default') ?? 0);
        },
      ),
      { numRuns: 80 },
    );
  });
});

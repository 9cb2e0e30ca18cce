import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { callId, compilePolicy, decide, fillPolicy, fillRule, ruleId, type Call, type Effect } from '../engine';
import { KEPT_FACTS, placeRule, ruleLike, suggestedKeeping, traitsOf, type KeptTraits } from '.';

const CALL: Call = {
  id: callId('c'),
  agent: { slug: 'cursor' },
  instance: { id: 'i-1' },
  user: { email: 'ana@acme.example' },
  resource: { slug: 'slack' },
  tool: { name: 'send_message' },
  args: { channel_id: 'C_GENERAL', 'reply-to': null, count: 3, tags: ['a', 1.5], deep: { a: 1 }, sure: true },
};
const rule = (id: string, effect: Effect, tools: string[], condition: string | null = null) =>
  fillRule({ id: ruleId(id), name: id, effect, tools, condition });
const POLICY = fillPolicy({
  rules: [
    rule('d', 'deny', ['delete_*']),
    rule('g', 'gated', ['send_*'], 'request.args.none'),
    rule('all', 'allow', ['*']),
  ],
});

it.each([
  ['send_message', 'send_*'],
  ['repo/get-file', 'repo/*'],
  ['ping', undefined],
])('the family of %s is %s', (name, family) => {
  expect(traitsOf({ ...CALL, tool: { name } }).family).toBe(family);
});

it.each([
  ['deny', 2, 'deny'],
  ['allow', 2, 'allow'],
  ['gated', 2, 'allow'],
] as const)('%s calls like this: just above the rule that decides', async (effect, index, after) => {
  const like = ruleLike(CALL, effect, suggestedKeeping(traitsOf(CALL), effect));
  expect(await placeRule(POLICY, like, CALL)).toEqual({ index, takesEffect: true, effect: after });
});

it('keeps what was chosen, and asks before it reads', () => {
  const keeping: KeptTraits = { facts: ['user'], tool: 'family', args: ['channel_id', 'reply-to', 'count', 'tags'] };
  expect(ruleLike(CALL, 'deny', keeping)).toEqual({
    effect: 'deny',
    scope: { resources: [], agents: [], instances: [], users: ['ana@acme.example'], groups: [] },
    tools: ['send_*'],
    condition:
      'has(request.args.channel_id) && request.args.channel_id == "C_GENERAL" && "reply-to" in request.args && request.args["reply-to"] == null && has(request.args.count) && request.args.count == 3.0 && has(request.args.tags) && request.args.tags == ["a", 1.5]',
  });
});

it('says where a rule cannot take effect', async () => {
  const like = ruleLike(CALL, 'deny', { facts: [], tool: 'this', args: [] });
  const other = { ...CALL, tool: { name: 'other' } };
  expect(await placeRule(POLICY, like, other)).toMatchObject({ index: 0, takesEffect: false });
});

test('whatever is kept of whatever call, the rule takes effect at its place, and no lower', async () => {
  const anyArgs = fc.dictionary(
    fc.string({ unit: 'grapheme', maxLength: 6 }).filter((key) => key !== '__proto__'),
    fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.boolean(),
      fc.constant(null),
    ),
    { maxKeys: 3 },
  );
  const anyKeeping = fc.record({
    facts: fc.subarray([...KEPT_FACTS]),
    tool: fc.constantFrom('this' as const, 'family' as const, 'any' as const),
  });
  const rules = fc
    .array(
      fc.record({
        effect: fc.constantFrom('allow' as const, 'deny' as const),
        tools: fc.constantFrom(['*'], ['send_*'], ['x']),
      }),
      {
        maxLength: 4,
      },
    )
    .map((list) => list.map(({ effect, tools }, i) => rule(`r${i}`, effect, [...tools])));
  await fc.assert(
    fc.asyncProperty(
      anyArgs,
      anyKeeping,
      rules,
      fc.constantFrom('allow' as const, 'deny' as const),
      async (args, keeping, list, effect) => {
        const call = { ...CALL, args };
        const like = ruleLike(call, effect, { ...keeping, args: Object.keys(args) });
        const policy = fillPolicy({ rules: list });
        const placed = await placeRule(policy, like, call);
        expect(placed).toMatchObject({ takesEffect: true, effect });
        const own = { ...rule('own', effect, []), ...like };
        const at = async (index: number) =>
          decide(await compilePolicy({ ...policy, rules: policy.rules.toSpliced(index, 0, own) }), call).decidedBy;
        expect(await at(placed.index)).toEqual({ kind: 'rule', ruleId: 'own' });
        if (placed.index < list.length) expect(await at(placed.index + 1)).not.toEqual({ kind: 'rule', ruleId: 'own' });
      },
    ),
    { numRuns: 60 },
  );
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isWaiting, type ConditionValue } from './conditions/condition-value';
import { compileCondition } from './conditions/conditions';
import type { Json, JsonObject } from './model/model';
import { ConditionRecall } from './conditions/recall';

/** What a decision can tell of a value: not which error. */
const comparable = (value: ConditionValue): unknown =>
  typeof value === 'boolean' ? value : isWaiting(value) ? value.paths : 'error';

const CONDITIONS = [
  'request.args.a == "x"',
  'request.args.a == 0.0 && 1.0 / request.args.a < 0.0',
  'has(request.args.a) && request.args.b != null',
  'request.args.a in user.groups',
  'request.args.a.all(item, item.endsWith("x"))',
  'size(request.args.a) > 1 || agent.slug == "x"',
  'request.args["\ufffd"] == 1.0',
  'request.args.__proto__ == "x"',
  '"a" in request.args',
  'request.args.a.b == "x"',
  'has(instance.client.name) && instance.client.name == "x"',
  'has(user.email) ? user.email == "x" : agent.slugg == "x"',
  'tool.annotations.readOnlyHint || resource.tags == ["x"]',
  'true',
];

const anyText = fc.constantFrom('', 'x', 'yx', '1', '0', 'l', '1:x', '[1:x]', 'x'.repeat(300));
const anyValue: fc.Arbitrary<Json> = fc.oneof(
  anyText,
  fc.constantFrom<Json[]>(null, true, false, 0, -0, 1, 1.5),
  fc.array(fc.oneof(anyText, fc.constant(1)), { maxLength: 3 }),
  fc.constantFrom<JsonObject[]>({}, { b: 'x' }),
);
const part = (values: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 5, arbitrary: values }, fc.constant(null));
const anyCall = fc
  .record(
    {
      args: part(
        fc.dictionary(fc.constantFrom('a', 'b', '__proto__', '\ufffd', '\ud800'), anyValue, {
          maxKeys: 3,
          noNullPrototype: true,
        }),
      ),
      user: part(
        fc.record({ email: part(anyText), groups: part(fc.array(anyText, { maxLength: 2 })) }, { requiredKeys: [] }),
      ),
      agent: part(fc.record({ slug: part(anyText) }, { requiredKeys: [] })),
      instance: part(
        fc.record({ client: part(fc.record({ name: anyText }, { requiredKeys: [] })) }, { requiredKeys: [] }),
      ),
      resource: part(fc.record({ tags: part(fc.array(anyText, { maxLength: 2 })) }, { requiredKeys: [] })),
      tool: part(
        fc.record(
          { annotations: part(fc.record({ readOnlyHint: fc.boolean() }, { requiredKeys: [] })) },
          { requiredKeys: [] },
        ),
      ),
    },
    { requiredKeys: [] },
  )
  .map((call) => call as JsonObject);

describe.each(CONDITIONS)('%s', (source) => {
  test('comes to the same, remembered or not', async () => {
    const condition = await compileCondition(source);
    fc.assert(
      fc.property(fc.array(anyCall, { minLength: 1, maxLength: 12 }), (calls) => {
        for (const call of calls)
          expect(comparable(condition.recall(call))).toEqual(comparable(condition.evaluate(call)));
      }),
      { numRuns: 200 },
    );
  });
});

test('what is equal in all that is read is evaluated once', () => {
  const recall = ConditionRecall.of(['request.args.a', 'user.groups']);
  let evaluated = 0;
  const ask = (call: JsonObject) => recall?.value(call, () => ++evaluated > 0);
  for (let i = 0; i < 5; i++) ask({ args: { a: 'x', b: i }, user: { groups: ['g'], email: String(i) } });
  expect(evaluated).toBe(1);
  ask({ args: { a: 'x' }, user: { groups: ['g', 'h'] } });
  ask({ args: {}, user: { groups: ['g'] } });
  expect(evaluated).toBe(3);
});

test.each([
  ['request.args'],
  ['request.args.a.b'],
  ['request.time'],
  ['instance.client.name'],
  ['agent'],
  ['request.args["\ufffd"]'],
])('%s is not remembered, or only where it is not there', (path) => {
  let evaluated = 0;
  const recall = ConditionRecall.of([path]);
  const call = {
    args: { a: { b: 'x' } },
    time: '2026-01-01T00:00:00Z',
    instance: { client: { name: 'x' } },
    agent: { slug: 'x' },
  };
  for (let i = 0; i < 3; i++)
    (recall ?? { value: (_: JsonObject, run: () => boolean) => run() }).value(call, () => ++evaluated > 0);
  expect(evaluated).toBe(3);
});

/** The traps of CEL, one line each, on calls as JSON has them; and what no expression may do. */
import { describe, expect, it } from 'vitest';
import { activation } from './evaluate/activation';
import { encodeResult } from './values/encode';
import { explain } from './explain/explain';
import { compile, type Program } from './evaluate/program';
import { DYN } from './check/types';
import { type CelMap, EvalError, type Result } from './values/values';

const FACTS = {
  agent: { slug: 'claude-code', tags: ['prod', 'eu'] },
  user: {},
  request: {
    args: JSON.parse(
      '{"n": 2, "amount": 100, "big": 9007199254740992, "nul": null, "1": "one", "list": [1, 2, 3], "text": "\\ud83d\\ude00\\u00e9", "__proto__": {"x": 1}, "constructor": "c", "$typeName": "t", "lone": "\\ud800", "ts": "2023-12-31T22:00:00-03:00"}',
    ) as never,
    time: '2026-11-22T10:00:00.123456789Z',
  },
};

async function program(source: string): Promise<Program> {
  const compiled = await compile(source);
  if (!compiled.ok) throw new Error(`${source}: ${compiled.diagnostics[0]?.message}`);
  return compiled.program;
}

const given = activation(FACTS, [], ['request.time', 'request.nowhere', 'agent.slug']);
const evaluate = async (source: string): Promise<Result> => (await program(source)).evaluate(given);

describe('evaluate', () => {
  it.each([
    // Numbers from JSON are doubles.
    ['request.args.amount == 100', true],
    ['request.args.amount + 1', 'no-such-overload'],
    ['request.args.amount + 1.0', { double: 101 }],
    ['request.args.big == 9007199254740993', true],
    ['request.args.big in [9007199254740993]', true],
    ['dyn(9007199254740993) == 9007199254740992.0', true],
    ['dyn(9007199254740993) == 9007199254740992u', false],
    ['2u in request.args.list', true],
    ['2u in [1.0, dyn(2.0)]', true],
    ['request.args["1"]', 'one'],
    ['1 in request.args', false],
    ['request.args.list[request.args.n]', { double: 3 }],
    ['request.args.list[1.5]', 'invalid-index'],
    ['request.args.list[-1]', 'index-out-of-range'],
    ['dyn(0.0 / 0.0) < 1', 'not-a-number'],
    ['dyn(0.0 / 0.0) == 0.0 / 0.0', false],
    // 64 bits.
    ['9223372036854775807 + 1', 'overflow'],
    ['-9223372036854775808 / -1', 'overflow'],
    ['-9223372036854775808 % -1', 'overflow'],
    ['-(-9223372036854775808)', 'overflow'],
    ['0u - 1u', 'overflow'],
    ['1 / 0', 'division-by-zero'],
    ['1u % 0u', 'modulus-by-zero'],
    ['18446744073709551615u % 1u', { uint: '0' }],
    ['18446744073709551615u / 1u', { uint: '18446744073709551615' }],
    ['7 % -1', { int: '0' }],
    ['-7 / 2', { int: '-3' }],
    ['-7 % 3', { int: '-1' }],
    // has, and what a selection does to what has no fields.
    ['has(request.args.nul)', true],
    ['has(request.args.missing)', false],
    ['has(request.args.amount.x)', false],
    ['has(request.args.nul.x)', false],
    ['has(request.args.list.x)', 'invalid-index'],
    ['has(request.args.missing.x)', 'no-such-key'],
    ['request.args.missing', 'no-such-key'],
    ['request.args.amount.x', 'no-such-key'],
    // Keys like any other.
    ['request.args.__proto__.x', { double: 1 }],
    ['request.args.constructor', 'c'],
    ['request.args.$typeName == "t" || true', 'does not compile'],
    ['request.args["$typeName"]', 't'],
    ['agent.__proto__', 'no-such-key'],
    ['has(agent.toString)', false],
    ['"constructor" in agent', false],
    // Strings are code points.
    ['size(request.args.text)', { int: '2' }],
    ['"\\uFFFD" < request.args.text', true],
    ['request.args.lone == "\\uFFFD"', true],
    ['"a".startsWith("")', true],
    ['string(1000000.0)', '1e+06'],
    ['string(b"\\xff")', 'invalid-conversion'],
    ['size(bytes("é"))', { int: '2' }],
    // Logic absorbs errors.
    ['request.args.missing == 1 || true', true],
    ['true || request.args.missing == 1', true],
    ['request.args.missing == 1 && false', false],
    ['request.args.missing == 1 && true', 'no-such-key'],
    ['request.args.amount && false', false],
    ['request.args.amount && true', 'no-such-overload'],
    ['request.args.missing ? true : true', 'no-such-key'],
    ['[0, 2].all(x, 1 / x > 1)', false],
    ['[0, 1].exists(x, 1 / x == 1)', true],
    ['[0, 1].exists_one(x, 1 / x == 1)', 'division-by-zero'],
    ['request.args.amount.all(x, true)', 'not-iterable'],
    // Maps and lists.
    ['{"a": 1, "a": 2}', { map: [['a', { int: '2' }]] }],
    ['{1: "a", 1u: "b"}.size()', { int: '2' }],
    ['{b"a": 1}', 'invalid-key'],
    ['{1: "a"}[dyn(1.0)]', 'a'],
    ['{1u: "a"}[dyn(1)]', 'a'],
    ['{"x": [1, {"y": 2u}]} == {"x": [dyn(1.0), {"y": dyn(2)}]}', true],
    ['[1, 2] + [3] == [1, 2, 3]', true],
    ['{"a": null}.a == null', true],
    // Time.
    ['request.time.getMilliseconds()', { int: '123' }],
    ['string(request.time)', '2026-11-22T10:00:00.123456789Z'],
    ['request.time.getHours("Asia/Tokyo")', { int: '19' }],
    ['string(timestamp(request.args.ts))', '2023-12-31T22:00:00-03:00'],
    // Without a zone cel-go reads the parts of a time in UTC, whatever offset it was written in.
    ['timestamp(request.args.ts).getHours()', { int: '1' }],
    ['timestamp(request.args.ts).getHours("UTC")', { int: '1' }],
    ['timestamp(request.args.ts)', { timestamp: '2024-01-01T01:00:00Z' }],
    ['timestamp("9999-12-31T23:59:59Z") + duration("1s")', 'overflow'],
    ['timestamp(1700000000) == timestamp("2023-11-14T22:13:20Z")', true],
    ['timestamp("2024-01-02T00:00:00Z") - timestamp("2024-01-01T00:00:00Z") == duration("24h")', true],
    ['timestamp(0).getHours("Nowhere")', 'invalid-time-zone'],
    ['duration("1h30m").getMinutes()', { int: '90' }],
    ['int(duration("1s"))', { int: '1000000000' }],
    ['google.protobuf.Duration{seconds: 1, nanos: 500000000}', { duration: '1.5s' }],
    ['google.protobuf.Timestamp{seconds: -1, nanos: 1}', { timestamp: '1969-12-31T23:59:59.000000001Z' }],
    ['google.protobuf.Duration{nanos: 3000000000}', 'overflow'],
    // Patterns, types.
    ['"abc".matches("^a.c$")', true],
    ['"a".matches("(?=a)")', 'invalid-regex'],
    ['type(request.time) == google.protobuf.Timestamp', true],
    ['type(1) == type(2) && type(type(1)) == type', true],
    ['type(null)', { type: 'null_type' }],
  ])('%s', async (source, wanted) => {
    const result = await evaluate(source).catch(() => 'does not compile');
    if (result instanceof EvalError) expect(result.code).toBe(wanted);
    else expect(encodeResult(result)).toMatchObject({ value: wanted });
  });

  it('points at the part that failed', async () => {
    const source = 'agent.slug == "x" || request.args.missing == 1 || 1 / 0 == 2';
    const result = (await evaluate(source)) as EvalError;
    expect([source.slice(result.start, result.end), result.message]).toEqual([
      'request.args.missing',
      'no such key: `missing`',
    ]);
  });

  it('fails for a variable that is declared and not given', async () => {
    expect(await evaluate('tool.name == "x"')).toMatchObject({
      code: 'no-such-variable',
      message: '`tool` is not given',
      start: 0,
      end: 4,
    });
  });

  it('leaves alone what is to be a timestamp and is none', async () => {
    expect(await evaluate('agent.slug')).toBe('claude-code');
  });

  it('does not change values that it was given', () => {
    const vars = activation({ request: { time: '2024-01-01T00:00:00Z' } }).vars;
    activation({ request: vars.get('request') ?? null }, [], ['request.time']);
    expect((vars.get('request') as CelMap).get('time')).toBe('2024-01-01T00:00:00Z');
  });
});

describe('the cost of an evaluation', () => {
  const numbers = `[${Array.from({ length: 100 }, (_, i) => i).join()}]`;
  const nest = (depth: number, body: string): string =>
    depth === 0 ? body : `${numbers}.all(x${depth}, ${nest(depth - 1, body)})`;
  const doubling = (start: string, times: number): string => `[${start}]${'.map(x, x + x)'.repeat(times)}`;

  it.each([
    ['nested macros', nest(5, 'x1 >= 0')],
    ['nested macros under an `||` that would absorb an error', `${nest(5, 'x1 >= 0')} || true`],
    ['a list that doubles', `size(${doubling('[1]', 60)}) > 0`],
    ['a string that doubles', `size(${doubling('"ab"', 60)}) > 0`],
    ['bytes that double', `size(${doubling('b"ab"', 60)}) > 0`],
    [
      'lists compared in a loop',
      `${nest(2, `${nest(1, 'true')} && ${numbers} + ${numbers} == ${numbers} + ${numbers}`)}`,
    ],
  ])('is bounded: %s', async (_, source) => {
    expect(await evaluate(source)).toMatchObject({
      code: 'cost',
      message: expect.stringContaining('the condition takes more than 1,000,000 steps') as string,
    });
  });

  it('lets a long but bounded condition through', async () => {
    expect(await evaluate(nest(2, 'x1 + x2 >= 0'))).toBe(true);
  });

  it('is counted anew for each evaluation', async () => {
    const compiled = await program(nest(2, 'x1 + x2 >= 0'));
    for (let i = 0; i < 100; i++) expect(compiled.evaluate(given)).toBe(true);
  });

  it('takes deep and wide expressions', async () => {
    const wide = Array.from({ length: 10_000 }, () => 'true').join(' && ');
    expect(await evaluate(wide)).toBe(true);
    const deep = `${'['.repeat(200)}1${']'.repeat(200)}`;
    expect(await evaluate(`${deep} == ${deep}`)).toBe(true);
  });
});

describe('values that nest deeply', () => {
  it('are compared and shown without an exception', async () => {
    let json: unknown = 1;
    for (let i = 0; i < 200_000; i++) json = i % 2 ? [json] : { json };
    const compiled = await compile('a == b', { declarations: { a: DYN, b: DYN } });
    if (!compiled.ok) throw new Error('does not compile');
    const both = activation({ a: json as never, b: json as never });
    expect(compiled.program.evaluate(both)).toBe(true);
    expect(explain(compiled.program, both).result).toMatchObject({ kind: 'value', text: 'true' });
    expect(JSON.stringify(encodeResult(both.vars.get('a') ?? null)).length).toBeGreaterThan(2000);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { activation } from '../evaluate/activation';
import { check } from './checker';
import { encodeResult } from '../values/encode';
import { explain } from '../explain/explain';
import { format } from '../syntax/format';
import { parse } from '../syntax/parser';
import { compile } from '../evaluate/program';
import { comparable } from '../testdata/recorded';
import { formatType } from './types';

const given = { s: 'x', n: 3, b: true, none: null, list: [1, 'a'], map: { k: 1 } };

async function evaluate(source: string, unknown: readonly string[] = []): Promise<unknown> {
  const compiled = await compile(source);
  if (!compiled.ok)
    return compiled.diagnostics.map(({ code, message, help }) => [code, message, help].join('|')).join();
  return encodeResult(compiled.program.evaluate(activation({ request: { args: given } }, unknown)));
}

describe('a wrapper is the value that it wraps', () => {
  it.each([
    ['StringValue', '"x"', '""', 'string'],
    ['BytesValue', 'b"x"', 'b""', 'bytes'],
    ['BoolValue', 'true', 'false', 'bool'],
    ['Int64Value', '-9223372036854775808', '0', 'int'],
    ['Int32Value', '2147483647', '0', 'int'],
    ['UInt64Value', '18446744073709551615u', '0u', 'uint'],
    ['UInt32Value', '4294967295u', '0u', 'uint'],
    ['DoubleValue', '1.1', '0.0', 'double'],
    ['FloatValue', '1.5', '0.0', 'double'],
  ])('%s', async (name, value, zero, type) => {
    const full = `google.protobuf.${name}`;
    for (const source of [
      `${full}{value: ${value}} == ${value}`,
      `.${full}{value: dyn(${value})} == ${value}`,
      `${full}{} == ${zero}`,
      `${full}{value: ${zero}, value: ${value}} == ${value}`,
      `type(${full}{}) == ${type}`,
      `${full}{} != null`,
      `[${full}{}, null].size() == 2`,
      `(true ? ${full}{} : null) == ${zero}`,
    ]) {
      expect([source, await evaluate(source)]).toEqual([source, { type: 'bool', value: true }]);
    }
    expect(formatType(check(parse(`${full}{}`)).type)).toBe(`wrapper(${type})`);
    expect(await evaluate(`${full}{value: null}`)).toBe(
      `type-mismatch|\`value\` needs ${type === 'int' ? 'an' : 'a'} \`${type}\`, not a \`null\`|`,
    );
    expect(await evaluate(`${full}{value: request.args.none}`)).toMatchObject({
      error: { message: `the field \`${full}.value\` cannot hold this \`null_type\`` },
    });
  });

  it.each([
    ['google.protobuf.StringValue{value: request.args.s} == "x"', true],
    ['google.protobuf.BoolValue{value: request.args.b} && google.protobuf.BoolValue{value: true}', true],
    ['google.protobuf.FloatValue{value: 1.1} == 1.1', false],
    ['google.protobuf.Int64Value{value: 2} + 1 == 3', true],
    ['google.protobuf.StringValue{value: "ab"}.startsWith("a")', true],
    ['google.protobuf.Int64Value{value: 2} == google.protobuf.Int32Value{value: 2}', true],
  ])('%s', async (source, value) => {
    expect(await evaluate(source)).toEqual({ type: 'bool', value });
  });

  it.each([
    ['google.protobuf.Int32Value{value: 2147483648}', 'integer overflow'],
    ['google.protobuf.UInt32Value{value: 4294967296u}', 'integer overflow'],
    [
      'google.protobuf.Int64Value{value: request.args.n}',
      'the field `google.protobuf.Int64Value.value` cannot hold this `double`',
    ],
    [
      'google.protobuf.Timestamp{seconds: request.args.n}',
      'the field `google.protobuf.Timestamp.seconds` cannot hold this `double`',
    ],
    ['google.protobuf.Duration{nanos: 2147483648}', 'integer overflow'],
    [
      'google.protobuf.Struct{fields: dyn({1: 1.0})}',
      'the field `google.protobuf.Struct.fields` cannot hold this `map`',
    ],
  ])('%s fails: %s', async (source, message) => {
    expect(await evaluate(source)).toEqual({ error: { phase: 'eval', message } });
  });
});

describe('JSON messages', () => {
  const VALUE = 'google.protobuf.Value';
  it.each([
    ['google.protobuf.Struct{}', '{}'],
    [
      'google.protobuf.Struct{fields: {"a": 1, "b": [true, null, 2u, {"c": b"\\x00\\xff"}]}}',
      '{"a": 1.0, "b": [true, null, 2.0, {"c": "AP8="}]}',
    ],
    ['google.protobuf.Struct{fields: request.args.map}', '{"k": 1.0}'],
    ['google.protobuf.Struct{fields: {"__proto__": 1}}', '{"__proto__": 1.0}'],
    ['google.protobuf.ListValue{}', '[]'],
    ['google.protobuf.ListValue{values: [1, "a", 1.5]}', '[1.0, "a", 1.5]'],
    [
      'google.protobuf.ListValue{values: [9007199254740991, 9007199254740992, -9007199254740992]}',
      '[9007199254740991.0, "9007199254740992", "-9007199254740992"]',
    ],
    ['google.protobuf.ListValue{values: [18446744073709551615u]}', '["18446744073709551615"]'],
    [
      'google.protobuf.ListValue{values: [timestamp("2026-01-02T03:04:05+01:00"), duration("90s")]}',
      '["2026-01-02T03:04:05+01:00", "90s"]',
    ],
    ['google.protobuf.ListValue{values: [google.protobuf.Empty{}]}', '[{}]'],
    [`${VALUE}{}`, 'null'],
    [`${VALUE}{null_value: google.protobuf.NullValue.NULL_VALUE}`, 'null'],
    [`${VALUE}{number_value: 12.5}`, '12.5'],
    [`${VALUE}{string_value: "x"}`, '"x"'],
    [`${VALUE}{bool_value: true}`, 'true'],
    [`${VALUE}{struct_value: {"a": 1}}`, '{"a": 1.0}'],
    [`${VALUE}{list_value: [1]}`, '[1.0]'],
    ['google.protobuf.NullValue.NULL_VALUE', '0'],
  ])('%s is %s', async (source, value) => {
    const [got, wanted] = [await evaluate(source), await evaluate(value)];
    expect(comparable(got)).toBe(comparable(wanted));
    expect(got).not.toHaveProperty('error');
  });

  it.each([
    [
      `google.protobuf.ListValue{values: [int]}`,
      'the field `google.protobuf.ListValue.values` cannot hold this `list`',
    ],
    [`${VALUE}{number_value: 1.0, string_value: "x"}`, 'which of several fields of a `Value` is kept cannot be known'],
  ])('%s fails: %s', async (source, message) => {
    expect(await evaluate(source)).toEqual({ error: { phase: 'eval', message } });
  });
});

describe('Empty', () => {
  it.each([
    ['google.protobuf.Empty{} == google.protobuf.Empty{}', true],
    ['google.protobuf.Empty{} == null', false],
    ['type(google.protobuf.Empty{}) == google.protobuf.Empty', true],
    ['dyn(google.protobuf.Empty{}) == {}', false],
  ])('%s', async (source, value) => {
    expect(await evaluate(source)).toEqual({ type: 'bool', value });
  });
  it('has no fields', async () => {
    expect(await evaluate('has(dyn(google.protobuf.Empty{}).a)')).toHaveProperty('error');
    expect(await evaluate('google.protobuf.Empty{}.a')).toBe('no-fields|a `google.protobuf.Empty` has no fields|');
  });
});

describe('what is refused', () => {
  it.each([
    [
      'StringValue{value: "x"}',
      'undeclared-name|there is no message type `StringValue`|did you mean `google.protobuf.StringValue`?',
    ],
    [
      'google.protobuf.StrinValue{}',
      'undeclared-name|there is no message type `google.protobuf.StrinValue`|did you mean `google.protobuf.StringValue`?',
    ],
    [
      'google.protobuf.Any{}',
      'unsupported-message|a `google.protobuf.Any` holds encoded bytes, which are not read here|',
    ],
    [
      'google.protobuf.StringValue{val: "x"}',
      'undefined-field|`google.protobuf.StringValue` has no field `val`|it has `value`',
    ],
    ['google.protobuf.Empty{x: 1}', 'undefined-field|`google.protobuf.Empty` has no field `x`|it has no fields'],
    [
      'google.protobuf.StringValue{constructor: 1}',
      'undefined-field|`google.protobuf.StringValue` has no field `constructor`|it has `value`',
    ],
    ['google.protobuf.StringValue{value: 1}', 'type-mismatch|`value` needs a `string`, not an `int`|'],
    ['google.protobuf.Value{number_value: 1}', 'type-mismatch|`number_value` needs a `double`, not an `int`|'],
    ['google.protobuf.StringValue{}.value', 'no-fields|a `wrapper(string)` has no fields|'],
    ['google.protobuf.StringValue{} == 1', 'no-matching-overload|`==` does not apply to `wrapper(string)` and `int`|'],
    ['string{value: "x"}', 'not-a-message|`string` is not a message type|'],
  ])('%s', async (source, wanted) => {
    expect(await evaluate(source)).toBe(wanted);
  });
});

it('an unknown field makes the message unknown', async () => {
  const source = 'google.protobuf.StringValue{value: request.args.s} == "x"';
  expect(await evaluate(source, ['request.args'])).toEqual({ unknown: true });
  expect(await evaluate(`${source} || request.ip == "y"`, ['request.ip'])).toEqual({ type: 'bool', value: true });
});

it('is explained and formatted like any other expression', async () => {
  const source = 'google.protobuf.StringValue{ value :request.args.s }=="y"';
  const compiled = await compile(source);
  if (!compiled.ok) expect.fail('does not compile');
  expect(JSON.stringify(explain(compiled.program, activation({ request: { args: given } })))).toContain('\\"x\\"');
  expect(format(source)).toBe('google.protobuf.StringValue{value: request.args.s} == "y"');
});

it('JSON that came as JSON stays the same in a Struct', async () => {
  const compiled = await compile('google.protobuf.Value{struct_value: request.args} == request.args');
  if (!compiled.ok) expect.fail('does not compile');
  const { program } = compiled;
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 4 }), (args) => {
      expect(program.evaluate(activation({ request: { args: args as never } }))).toBe(true);
    }),
  );
});

import { describe, expect, test } from 'vitest';
import { check, type CheckOptions } from './checker';
import { parse } from '../syntax/parser';
import { DYN, INT, STRING, formatType, mapOf } from './types';

/** Each error as `code [underlined] message`, with its help and the source after its fix. */
function errors(source: string, options?: CheckOptions): string[] {
  const parsed = parse(source);
  return check(parsed, options).diagnostics.map(({ code, start, end, message, help, fix }) => {
    const lines = [`${code} [${source.slice(start, end)}] ${message}`];
    if (help !== undefined) lines.push(`help: ${help}`);
    if (fix) lines.push(`fix: ${source.slice(0, fix.start)}${fix.text}${source.slice(fix.end)}`);
    return lines.join('\n');
  });
}

const MISTAKES: readonly (readonly [source: string, ...errors: string[]])[] = [
  [
    '1 == 1.0',
    'no-matching-overload [1 == 1.0] `==` does not apply to `int` and `double`\nhelp: write `1.0`\nfix: 1.0 == 1.0',
  ],
  ['2u > 1', 'no-matching-overload [2u > 1] `>` does not apply to `uint` and `int`\nhelp: write `1u`\nfix: 2u > 1u'],
  [
    'size("a") < 1.5',
    'no-matching-overload [size("a") < 1.5] `<` does not apply to `int` and `double`\nhelp: convert one side, for example with `double(…)`',
  ],
  ['-true', 'no-matching-overload [-true] `-` does not apply to `bool`'],
  ["'a' + 1", "no-matching-overload ['a' + 1] `+` does not apply to `string` and `int`"],
  ['null == 0', 'no-matching-overload [null == 0] `==` does not apply to `null` and `int`'],
  [
    'timestamp("2026-01-01T00:00:00Z") > "2025-01-01T00:00:00Z"',
    'no-matching-overload [timestamp("2026-01-01T00:00:00Z") > "2025-01-01T00:00:00Z"] `>` does not apply to `timestamp` and `string`\nhelp: write `timestamp("2025-01-01T00:00:00Z")`\nfix: timestamp("2026-01-01T00:00:00Z") > timestamp("2025-01-01T00:00:00Z")',
  ],
  [
    'true ? 1 : "a"',
    'no-matching-overload [true ? 1 : "a"] the branches of `?:` have different types, `int` and `string`\nhelp: wrap one of them in `dyn(…)` if that is meant',
  ],
  ['1 ? 2 : 3', 'expected-bool [1] `?:` needs true or false, not an `int`'],
  [
    'true && "a" && 1',
    'expected-bool ["a"] `&&` needs true or false, not a `string`',
    'expected-bool [1] `&&` needs true or false, not an `int`',
  ],
  ["'abc'[0]", 'no-matching-overload [[0]] a `string` cannot be indexed'],
  ["{1: 'a'}[1u]", 'no-matching-overload [[1u]] a `map(int, string)` cannot be indexed by a `uint`'],
  [
    "'a' in 'abc'",
    "no-matching-overload [in 'abc'] `in` needs a list or a map on its right, not a `string`\nhelp: for a part of a string write `text.contains(part)`",
  ],
  ['2 in ["a"]', 'no-matching-overload [2 in ["a"]] an `int` cannot be in a `list(string)`'],
  [
    'size(5)',
    'no-matching-overload [size(5)] `size` cannot be called with `(int)`\nhelp: it takes `size(bytes)`, `size(list(A))`, `size(map(A, B))` or `size(string)`',
  ],
  [
    '[1].contains(1)',
    'no-matching-overload [contains(1)] `contains` cannot be called on a `list(int)` with `(int)`\nhelp: it takes `string.contains(string)`',
  ],
  [
    'startsWith("a", "b")',
    'no-matching-overload [startsWith("a", "b")] `startsWith` is a method\nhelp: write `x.startsWith(…)`',
  ],
  ['"1".int()', 'no-matching-overload [int()] `int` is a function\nhelp: write `int(x)`'],
  [
    'agnt.slug == "a"',
    'undeclared-name [agnt] `agnt` is not declared\nhelp: did you mean `agent`?\nfix: agent.slug == "a"',
  ],
  [
    '[1].all(item, itm > 0)',
    'undeclared-name [itm] `itm` is not declared\nhelp: did you mean `item`?\nfix: [1].all(item, item > 0)',
  ],
  ['nothing_like_it', 'undeclared-name [nothing_like_it] `nothing_like_it` is not declared'],
  ['size', 'undeclared-name [size] `size` is not declared\nhelp: `size` is a function: write `size(…)`'],
  [
    'exists',
    'undeclared-name [exists] `exists` is not declared\nhelp: `exists` is a macro: write `list.exists(x, condition)`',
  ],
  ['constructor', 'undeclared-name [constructor] `constructor` is not declared'],
  [
    '"a".startWith("b")',
    'undeclared-function [startWith] there is no method `startWith`\nhelp: did you mean `startsWith`?\nfix: "a".startsWith("b")',
  ],
  [
    'startWith("b")',
    'undeclared-function [startWith] there is no function `startWith`\nhelp: did you mean the method `startsWith`?',
  ],
  [
    '"a".lowerAscii()',
    'undeclared-function [lowerAscii] there is no method `lowerAscii`\nhelp: write `x.matches("(?i)^text$")`',
  ],
  [
    'agent.slug()',
    'undeclared-function [slug] there is no method `slug`\nhelp: to read the field `slug`, leave out the parentheses\nfix: agent.slug',
  ],
  ['[1].all(x)', 'undeclared-function [all] `all` is not called like this\nhelp: write `list.all(x, condition)`'],
  [
    "'abc'.size",
    "no-fields [size] a `string` has no fields\nhelp: `size` is a method: write `size()`\nfix: 'abc'.size()",
  ],
  ['"a".length()', 'undeclared-function [length] there is no method `length`\nhelp: write `size(x)`'],
  [
    '"a".includes("b")',
    'undeclared-function [includes] there is no method `includes`\nhelp: write `x.contains(y)` or `y in x`',
  ],
  ['len(agent.slug)', 'undeclared-function [len] there is no function `len`\nhelp: write `size(x)`'],
  [
    '"a".quote()',
    'undeclared-function [quote] there is no method `quote`\nhelp: `quote` belongs to an extension of CEL that the gateway does not have',
  ],
  ['[1].length', 'no-fields [length] a `list(int)` has no fields\nhelp: write `size(x)`'],
  ['[].a', 'no-fields [a] a `list(dyn)` has no fields'],
  ['1.all(x, true)', 'not-a-range [1] `all` goes through a list or the keys of a map, not an `int`'],
  ['[1].all(x, x)', 'expected-bool [x] `all` needs true or false, not an `int`'],
  ['[1].filter(x, "a")', 'expected-bool ["a"] `filter` needs true or false, not a `string`'],
  ['[1].map(x, x, x)', 'expected-bool [x] `map` needs true or false, not an `int`'],
  ['Foo{a: 1}', 'undeclared-name [Foo] there is no message type `Foo`'],
  ['agent{a: 1}', 'not-a-message [agent] `agent` is not a message type'],
  [
    'google.protobuf.Duration{hours: 1}',
    'undefined-field [hours: 1] `google.protobuf.Duration` has no field `hours`\nhelp: it has `seconds` and `nanos`',
  ],
  ['google.protobuf.Duration{seconds: "1"}', 'type-mismatch ["1"] `seconds` needs an `int`, not a `string`'],
  // All errors are found, and none is reported again by what surrounds it.
  [
    'a + (b.c == 1 ? size(2) : d.e()) > 0',
    'undeclared-name [a] `a` is not declared',
    'undeclared-name [b] `b` is not declared',
    'no-matching-overload [size(2)] `size` cannot be called with `(int)`\nhelp: it takes `size(bytes)`, `size(list(A))`, `size(map(A, B))` or `size(string)`',
    'undeclared-name [d] `d` is not declared',
    'undeclared-function [e] there is no method `e`\nhelp: to read the field `e`, leave out the parentheses\nfix: a + (b.c == 1 ? size(2) : d.e) > 0',
  ],
];

describe('mistakes', () => {
  test.each(MISTAKES)('%s', (source, ...wanted) => {
    expect(errors(source)).toEqual(wanted);
  });
});

/** Sources and the type of the whole. */
const TYPES: readonly (readonly [source: string, type: string])[] = [
  ['[1, "a"]', 'list(dyn)'],
  ['[[], [1]]', 'list(list(int))'],
  ['{"a": 1}.a', 'int'],
  ['request.args', 'dyn'],
  ['request', 'map(string, dyn)'],
  // An untyped operand takes the type of the first overload it fits.
  ['request.args["a"] + request.args["b"]', 'bytes'],
  ['-request.args["a"]', 'double'],
  ['request.args.a + request.args.b', 'dyn'],
  ['null < null', 'bool'],
  ['[null, timestamp(0)]', 'list(timestamp)'],
  // Numbers of different types may be compared once a comprehension was entered.
  ['[1].exists(x, x < 1.5) && 1 < 2.5', 'bool'],
  // What is shadowed, and what a leading dot reaches all the same.
  ['[1].map(request, request + .request.n)', 'list(int)'],
  ['[1].map(x, [x].map(x, string(x)))', 'list(list(string))'],
  ['google.protobuf.Timestamp', 'type(timestamp)'],
  ['google.protobuf.Timestamp{seconds: 1}', 'timestamp'],
  ['type(1) == type("a")', 'bool'],
  ['type', 'type(type)'],
  ['{}.map(c, [c, type(c)])', 'list(list(dyn))'],
  ['has(request.a.b)', 'bool'],
];

test.each(TYPES)('the type of %s', (source, type) => {
  const checked = check(parse(source));
  expect(checked.diagnostics).toEqual([]);
  expect(formatType(checked.type)).toBe(type);
});

describe('the result of a condition', () => {
  test.each(['1', '"a"', 'null', '[true]', 'request', 'type(1)'])('%s is refused', (source) => {
    const { diagnostics } = check(parse(source), { result: 'bool' });
    expect(diagnostics.map(({ code, start, end }) => [code, source.slice(start, end)])).toEqual([['not-bool', source]]);
  });
  test.each(['true', 'request.args', 'request.args["a"]', 'dyn(1)', 'undeclared'])(
    '%s is not refused for it',
    (source) => {
      expect(check(parse(source), { result: 'bool' }).diagnostics.filter(({ code }) => code === 'not-bool')).toEqual(
        [],
      );
    },
  );
});

describe('declarations', () => {
  test('a qualified name comes before the field of a variable', () => {
    const declarations = { 'a.b': INT, a: mapOf(STRING, DYN) };
    const parsed = parse('a.b');
    const checked = check(parsed, { declarations });
    expect(formatType(checked.type)).toBe('int');
    expect(checked.references.get(parsed.expr.id)).toEqual(['a.b']);
    expect(formatType(check(parse('[{"b": "x"}].map(a, a.b)'), { declarations }).type)).toBe('list(string)');
  });
  test('nothing is inherited', () => {
    expect(errors('hasOwnProperty', { declarations: {} })).toEqual([
      'undeclared-name [hasOwnProperty] `hasOwnProperty` is not declared',
    ]);
  });
});

test('a conversion from under a string index is resolved to its first overload alone', () => {
  const overloads = (source: string): unknown => {
    const parsed = parse(source);
    return check(parsed).references.get(parsed.expr.id);
  };
  expect(overloads('int(request.args["n"])')).toEqual(['int64_to_int64']);
  expect(overloads('int(request.args.n)')).toHaveLength(6);
  expect(overloads('request.args["t"].getHours()')).toEqual(['timestamp_to_hours']);
});

test('types that double with every call stay small, and the check quick', () => {
  const checked = check(parse(`[1]${'.map(x, {x: x})'.repeat(200)}`));
  expect(checked.type.weight).toBeLessThan(1_001);
});

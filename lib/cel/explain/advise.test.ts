import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { advise } from './advise';
import { argsType } from '../check/args-type';
import { check } from '../check/checker';
import { loadRegex } from '../evaluate/regex';
import { parse } from '../syntax/parser';
import { formatType, type Type } from '../check/types';

/** Each finding as `severity code [underlined] message`, and the source after its fix. */
function found(source: string, args?: Type): string[] {
  const parsed = parse(source);
  const checked = check(parsed);
  return advise(parsed, { checked, ...(args && { argsType: args }) })
    .filter(({ code }) => code !== 'undocumented-variable')
    .map(({ severity, code, start, end, message, fix }) => {
      const line = `${severity} ${code} [${source.slice(start, end)}] ${message}`;
      return fix ? `${line} -> ${source.slice(0, fix.start)}${fix.text}${source.slice(fix.end)}` : line;
    });
}

await loadRegex();

const CASES: readonly (readonly [source: string, ...findings: string[]])[] = [
  // Members that are not there.
  ['agent.slugg == "a"', 'warning unknown-field [slugg] `agent` has no `slugg` -> agent.slug == "a"'],
  ['agent["slgu"] == "a"', 'warning unknown-field ["slgu"] `agent` has no `slgu` -> agent["slug"] == "a"'],
  ['has(request.header)', 'warning unknown-field [header] `request` has no `header`'],
  ['request.args.anything.at.all == 1'],
  ['[{"slugg": 1}].exists(agent, agent.slugg == 1)'],
  // Comparisons that hold never, or always.
  ['agent.slug == 5', 'warning never-equal [agent.slug == 5] this is never true: a `string` never equals an `int`'],
  ['agent.slug != 5', 'warning never-equal [agent.slug != 5] this is always true: a `string` never equals an `int`'],
  [
    'agent.tags == "x"',
    'warning never-equal [agent.tags == "x"] this is never true: a `list(string)` never equals a `string` -> "x" in agent.tags',
  ],
  [
    '5 in agent.tags',
    'warning never-equal [5 in agent.tags] this is never true: an `int` is never in a `list(string)`',
  ],
  [
    'agent.tags.all(tag, tag != 1)',
    'warning never-equal [tag != 1] this is always true: a `string` never equals an `int`',
  ],
  ['request.args.n == 1 && request.args.n == 1u && request.args.n <= 5 && request.args.n in [1, 2]'],
  // What fails whatever the call.
  ['1 / 0 == 1', 'warning always-fails [1 / 0] this always fails: division by zero'],
  [
    'agent.slug == "a" || 7 % (2 - 2) == int(request.args.n)',
    'warning always-fails [7 % (2 - 2)] this always fails: modulus by zero',
  ],
  ['[1, 2][2] == request.args.n', 'warning always-fails [[1, 2][2]] this always fails: index out of range: `2`'],
  ['{"a": 1}["b"] == request.args.n', 'warning always-fails [{"a": 1}["b"]] this always fails: no such key: `b`'],
  [
    '9223372036854775807 + 1 > request.args.n',
    'warning always-fails [9223372036854775807 + 1] this always fails: integer overflow',
  ],
  ['request.args.n > int("ten")', 'warning always-fails ["ten"] this always fails: `ten` is not a valid int'],
  [
    'request.args.x.exists(y, y > int("ten"))',
    'warning always-fails ["ten"] this always fails: `ten` is not a valid int',
  ],
  [
    'request.args.x.matches("[")',
    'warning always-fails ["["] this always fails: invalid regular expression: missing closing ]: `[`',
  ],
  [
    'matches(request.args.x, "(?=a)")',
    'warning always-fails ["(?=a)"] this always fails: invalid regular expression: invalid or unsupported Perl syntax: `(?=`',
  ],
  [
    '"a".matches("a{1001}")',
    'warning always-fails ["a".matches("a{1001}")] this always fails: invalid regular expression: invalid repeat count: `{1001}`',
  ],
  ['1 / 0 == 1 || true'],
  ['1 / 1 == 1 && request.args.x.matches("^a+$") && [1].exists(x, x / x == 1)'],
  // What never works.
  ['agent.slug && true', 'warning never-works [agent.slug] this never works: `&&` needs true or false, not a `string`'],
  ['agent.slug.x == 1', 'warning never-works [x] this never works: a `string` has no fields'],
  [
    'agent.slug.exists(c, c == "a")',
    'warning never-works [agent.slug] this never works: `exists` goes through a list or the keys of a map, not a `string`',
  ],
  [
    'request.time > "2026-01-01T00:00:00Z"',
    'warning never-works [request.time > "2026-01-01T00:00:00Z"] this never works: `>` does not apply to `timestamp` and `string` -> request.time > timestamp("2026-01-01T00:00:00Z")',
  ],
  [
    'request.args.until >= request.time',
    'warning never-works [request.args.until >= request.time] this always fails: a JSON value is never a `timestamp` -> timestamp(request.args.until) >= request.time',
  ],
  [
    'request.args.until == request.time',
    'warning never-works [request.args.until == request.time] this is never true: a JSON value is never a `timestamp` -> timestamp(request.args.until) == request.time',
  ],
  // JSON numbers are doubles.
  [
    'request.args.amount + 1 > 5',
    'warning json-number [request.args.amount + 1] this always fails: numbers in JSON are doubles, which do not mix with whole numbers -> request.args.amount + 1.0 > 5',
  ],
  [
    '2 * request.args["n"] > 5',
    'warning json-number [2 * request.args["n"]] this always fails: numbers in JSON are doubles, which do not mix with whole numbers -> 2.0 * request.args["n"] > 5',
  ],
  [
    'request.args.n % 2 == 0',
    'warning json-number [request.args.n % 2] this always fails: numbers in JSON are doubles, which have no remainder -> int(request.args.n) % 2 == 0',
  ],
  [
    'request.args.list.map(x, x - 1).size() > size(agent.slug) / request.args.n',
    'warning json-number [x - 1] this always fails: numbers in JSON are doubles, which do not mix with whole numbers -> request.args.list.map(x, x - 1.0).size() > size(agent.slug) / request.args.n',
    'warning json-number [size(agent.slug) / request.args.n] this always fails: numbers in JSON are doubles, which do not mix with whole numbers -> request.args.list.map(x, x - 1).size() > double(size(agent.slug)) / request.args.n',
  ],
  ['request.args.amount + 1.0 > 5 && request.args.name + "x" == "yx"'],
  // A conversion of what is under a string index.
  [
    'int(request.args["n"]) > 1',
    'warning indexed-conversion [int(request.args["n"])] this always fails: `int` takes only an `int` from under a string index -> int(request.args.n) > 1',
  ],
  [
    'double(request.args["a-b"]) > 1.0',
    'warning indexed-conversion [double(request.args["a-b"])] from under a string index `double` takes only a `double`, and fails on all else -> double(dyn(request.args["a-b"])) > 1.0',
  ],
  [
    'duration(request.args["in"]) > duration("1h")',
    'warning indexed-conversion [duration(request.args["in"])] this always fails: `duration` takes only a `duration` from under a string index -> duration(dyn(request.args["in"])) > duration("1h")',
  ],
  [
    'int(request.args.n) > 1 && int(dyn(request.args["n"])) > 1 && int(request.args.list[0]) > 1 && string(agent["slug"]) == "a"',
  ],
  // Facts that may be absent.
  ['request.ip == "::1"', 'info unguarded-field [ip] `request.ip` may be absent, and then this fails'],
  ['has(request.ip) && request.ip == "::1"'],
  ['request.ip == "::1" && has(request.ip)'],
  ['!has(request.ip) || request.ip == "::1"'],
  ['"ip" in request && request["ip"] == "::1"'],
  ['has(request.ip) ? request.ip == "::1" : true'],
  [
    'has(request.ip) ? true : request.ip == "::1"',
    'info unguarded-field [ip] `request.ip` may be absent, and then this fails',
  ],
  [
    'has(request.ip) || request.ip == "::1"',
    'info unguarded-field [ip] `request.ip` may be absent, and then this fails',
  ],
  [
    'has(tool.annotations.readOnlyHint) && tool.annotations.readOnlyHint',
    'info unguarded-field [annotations] `tool.annotations` may be absent, and then this fails',
  ],
  // Nothing is said twice: what the checker refuses is not found again.
  ['1 == 1.0 && agnt.slug == "a" && 2.unknown'],
];

test.each(CASES)('%s', (source, ...wanted) => {
  expect(found(source)).toEqual(wanted);
});

describe('undocumented variables', () => {
  const remarks = (source: string): string[] => {
    const parsed = parse(source);
    return advise(parsed, { checked: check(parsed) })
      .filter(({ code }) => code === 'undocumented-variable')
      .map(({ severity, message, start, end }) => `${severity} [${source.slice(start, end)}] ${message}`);
  };
  const CASES: readonly (readonly [source: string, ...remarks: string[]])[] = [
    ['agent.slug == request.args.x'],
    [
      'user.email == "a" || user.email == "b"',
      "info [user.email] `user.email` is not in the gateway's published vocabulary",
    ],
    ['size(user) > 0 && user["email"] == "a"', "info [user] `user` is not in the gateway's published vocabulary"],
    ['has(request.ip)', "info [request.ip] `request.ip` is not in the gateway's published vocabulary"],
    [
      'user.groups.exists(tool, tool == "a")',
      "info [user.groups] `user.groups` is not in the gateway's published vocabulary",
    ],
    ['agent.slugg == "a"'],
  ];
  test.each(CASES)('%s', (source, ...wanted) => {
    expect(remarks(source)).toEqual(wanted);
  });
});

const SEND = {
  type: 'object',
  properties: {
    channel_id: { type: 'string', description: 'Where to' },
    count: { type: 'integer' },
    urgent: { type: 'boolean' },
    to: { type: 'array', items: { type: 'string' } },
    meta: { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] },
    any: { anyOf: [{ type: 'string' }, { type: 'number' }] },
  },
  required: ['channel_id', 'count', 'to', 'meta', 'any'],
};

describe('with the schemas of the tools', () => {
  const CASES: readonly (readonly [source: string, ...findings: string[]])[] = [
    ['request.args.channel_id == "C" && request.args.count <= 5 && request.args.count == 5 && request.args.any == 1'],
    [
      'request.args.chanel_id == "C"',
      'warning unknown-field [chanel_id] `request.args` has no `chanel_id` -> request.args.channel_id == "C"',
    ],
    [
      'request.args.channel_id == 5',
      'warning never-equal [request.args.channel_id == 5] this is never true: a `string` never equals an `int`',
    ],
    [
      'request.args.count + 1 > 2',
      'warning never-works [request.args.count + 1] this never works: `+` does not apply to `double` and `int` -> request.args.count + 1.0 > 2',
    ],
    [
      'request.args.to == "x"',
      'warning never-equal [request.args.to == "x"] this is never true: a `list(string)` never equals a `string` -> "x" in request.args.to',
    ],
    ['request.args.urgent', 'info unguarded-field [urgent] `request.args.urgent` may be absent, and then this fails'],
    ['has(request.args.urgent) && request.args.urgent'],
    [
      'request.args.meta.idd == "x"',
      'warning unknown-field [idd] `request.args.meta` has no `idd` -> request.args.meta.id == "x"',
    ],
    [
      'request.args.to.exists(x, x == 1)',
      'warning never-equal [x == 1] this is never true: a `string` never equals an `int`',
    ],
    ['{"a": request.args.to[request.args.count]}.a == "x"'],
  ];
  test.each(CASES)('%s', (source, ...wanted) => {
    expect(found(source, argsType([SEND]))).toEqual(wanted);
  });

  test('descriptions come along', () => {
    expect(argsType([SEND]).fields?.['channel_id']?.doc).toBe('Where to');
  });
  test('of several tools a member is optional if one lacks it, and just JSON if they differ', () => {
    const other = {
      type: 'object',
      properties: { channel_id: { type: 'string' }, count: { type: 'string' } },
      required: ['channel_id', 'count'],
    };
    const { fields = {}, open } = argsType([SEND, other]);
    const shown = Object.entries(fields).map(
      ([name, { type, optional }]) => `${name}${optional ? '?' : ''}: ${formatType(type)}`,
    );
    expect(shown).toEqual([
      'channel_id: string',
      'count: dyn',
      'urgent?: bool',
      'to?: list(string)',
      'meta?: map(string, dyn)',
      'any?: dyn',
    ]);
    expect(open).toBe(false);
  });
  test.each([
    [[]],
    [[null]],
    [[{ type: 'object' }]],
    [['nonsense', SEND]],
    [[{ ...SEND, additionalProperties: true }]],
  ])('a schema that leaves members open permits others: %j', (schemas) => expect(argsType(schemas).open).toBe(true));
  test('any JSON will do for a schema', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), (schemas) => {
        expect(found('request.args.a.b == 1 && has(request.args.c)', argsType(schemas))).toBeDefined();
      }),
    );
  });
});

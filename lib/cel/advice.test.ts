/** Every form that a diagnostic suggests is carried out here: it compiles, no advice is left on it, and it gives what was meant. */
import { describe, expect, it } from 'vitest';
import { activation } from './evaluate/activation';
import { advise } from './explain/advise';
import { check } from './check/checker';
import { compile } from './evaluate/program';
import { explain } from './explain/explain';
import { isError } from './values/values';
import { insteadOf } from './check/instead';
import { parse } from './syntax/parser';
import { reasonWords } from './explain/reason-words';
import type { Diagnostic } from './syntax/diagnostic';

const FACTS = {
  agent: { slug: 'cursor', tags: ['a', 'b'] },
  user: { groups: ['finance'] },
  request: {
    time: '2026-01-15T20:30:00Z',
    args: {
      list: [1, 2, 3],
      s: 'Text',
      n: 4,
      amount: 2.5,
      until: '2027-01-01T00:00:00Z',
      'a/b': 1,
      'c/d': '1',
      wait: '2h',
      key: 'n',
    },
  },
};
const GIVEN = activation(FACTS, [], ['request.time']);

const diagnosticsOf = (source: string): readonly Diagnostic[] => {
  const parsed = parse(source);
  if (parsed.diagnostics.length > 0) return parsed.diagnostics;
  const checked = check(parsed);
  return [...checked.diagnostics, ...advise(parsed, { checked })];
};

async function valueOf(source: string): Promise<unknown> {
  const compiled = await compile(source, { result: 'any' });
  if (!compiled.ok) return `does not compile: ${compiled.diagnostics.map(({ message }) => message).join()}`;
  const result = compiled.program.evaluate(GIVEN);
  return isError(result) ? `fails: ${result.message}` : result;
}

/** A source, the code of the diagnostic, the source with what it suggests, and what that gives. */
type Advised = readonly [source: string, code: string, fixed: string, value: unknown];

const FIXED: readonly Advised[] = [
  // Names that are nearly right.
  ['agnt.slug == "cursor"', 'undeclared-name', 'agent.slug == "cursor"', true],
  ['agent.slugg == "cursor"', 'unknown-field', 'agent.slug == "cursor"', true],
  ['agent["slgu"] == "cursor"', 'unknown-field', 'agent["slug"] == "cursor"', true],
  ['agent.slug.startWith("cur")', 'undeclared-function', 'agent.slug.startsWith("cur")', true],
  ['agent.slug() == "cursor"', 'undeclared-function', 'agent.slug == "cursor"', true],
  ['Duration{} == duration("0s")', 'undeclared-name', 'google.protobuf.Duration{} == duration("0s")', true],
  // Types that do not mix.
  ['1.5 > 1 + 0.5', 'no-matching-overload', '1.5 > 1.0 + 0.5', false],
  ['2u + 1 == 3u', 'no-matching-overload', '2u + 1u == 3u', true],
  [
    'timestamp(0) < "2026-01-01T00:00:00Z"',
    'no-matching-overload',
    'timestamp(0) < timestamp("2026-01-01T00:00:00Z")',
    true,
  ],
  ['request.time > "2026-01-01T00:00:00Z"', 'never-works', 'request.time > timestamp("2026-01-01T00:00:00Z")', true],
  ['agent.tags == "b"', 'never-equal', '"b" in agent.tags', true],
  ['agent.tags != "b"', 'never-equal', '!("b" in agent.tags)', false],
  ['request.args.until >= request.time', 'never-works', 'timestamp(request.args.until) >= request.time', true],
  ['request.args.n + 1 == 5.0', 'json-number', 'request.args.n + 1.0 == 5.0', true],
  ['request.args.n * size(agent.tags) == 8.0', 'json-number', 'request.args.n * double(size(agent.tags)) == 8.0', true],
  ['request.args.n % 2 == 0', 'json-number', 'int(request.args.n) % 2 == 0', true],
  ['int(request.args["n"]) == 4', 'indexed-conversion', 'int(request.args.n) == 4', true],
  ['double(request.args["c/d"]) == 1.0', 'indexed-conversion', 'double(dyn(request.args["c/d"])) == 1.0', true],
  [
    'duration(request.args["wait"]) > duration("1h")',
    'indexed-conversion',
    'duration(request.args.wait) > duration("1h")',
    true,
  ],
  ['request.time < timestamp("2026-04-20")', 'always-fails', 'request.time < timestamp("2026-04-20T00:00:00Z")', true],
  // What other languages have.
  ['request.args.list.length == 3', 'foreign-member', 'size(request.args.list) == 3', true],
  ['request.args.s.length > 3', 'foreign-member', 'size(request.args.s) > 3', true],
  // Zones that Go does not know.
  [
    'request.time.getHours("PST") == 12',
    'unknown-time-zone',
    'request.time.getHours("America/Los_Angeles") == 12',
    true,
  ],
  ['request.time.getHours("IST") == 2', 'unknown-time-zone', 'request.time.getHours("Asia/Kolkata") == 2', true],
  ['request.time.getHours("BST") == 20', 'unknown-time-zone', 'request.time.getHours("Europe/London") == 20', true],
  ['request.time.getHours("us/eastern") == 15', 'unknown-time-zone', 'request.time.getHours("US/Eastern") == 15', true],
  ['request.time.getHours("Japan ") == 5', 'unknown-time-zone', 'request.time.getHours("Japan") == 5', true],
  [
    'request.time.getHours("America/New York") == 15',
    'unknown-time-zone',
    'request.time.getHours("America/New_York") == 15',
    true,
  ],
  ['request.time.getHours("Berlin") == 21', 'unknown-time-zone', 'request.time.getHours("Europe/Berlin") == 21', true],
  [
    'request.time.getHours("Europe/Pariss") == 21',
    'unknown-time-zone',
    'request.time.getHours("Europe/Paris") == 21',
    true,
  ],
  ['request.time.getHours("UTC+2") == 22', 'unknown-time-zone', 'request.time.getHours("+02:00") == 22', true],
  ['request.time.getHours("-0330") == 17', 'unknown-time-zone', 'request.time.getHours("-03:30") == 17', true],
  ['request.time.getHours("z") == 20', 'unknown-time-zone', 'request.time.getHours("UTC") == 20', true],
];

describe('a suggestion that is a fix', () => {
  it.each(FIXED)('%s: %s', async (source, code, fixed, value) => {
    const found = diagnosticsOf(source).find((one) => one.code === code);
    const { fix, help } = found ?? {};
    if (!fix) expect.fail(`no fix: ${JSON.stringify(diagnosticsOf(source))}`);
    expect(source.slice(0, fix.start) + fix.text + source.slice(fix.end)).toBe(fixed);
    expect(help).toContain(fix.text.replace(/^["]|["]$|^[.]|^[(][)]$/g, ''));
    expect(diagnosticsOf(fixed).filter((one) => one.code === code)).toEqual([]);
    expect(await valueOf(fixed)).toEqual(value);
  });

  it('is needed: none of the sources works as it is', async () => {
    const needless: string[] = [];
    for (const [source, , , value] of FIXED) if ((await valueOf(source)) === value) needless.push(source);
    expect(needless).toEqual([]);
  });
});

/** A source, the help, and the source written as the help says: `x` and `y` put in. */
const HELPED: readonly (readonly [source: string, help: string, written: string, value: unknown])[] = [
  ['request.args.s.length() == 4', 'write `size(x)`', 'size(request.args.s) == 4', true],
  ['request.args.list.length() == 3', 'write `size(x)`', 'size(request.args.list) == 3', true],
  [
    'request.args.list.filter(e, e > 1).length == 2',
    'write `size(x)`',
    'size(request.args.list.filter(e, e > 1)) == 2',
    true,
  ],
  ['len(request.args.list) == 3', 'write `size(x)`', 'size(request.args.list) == 3', true],
  ['"ab".length == 2', 'write `size(x)`', 'size("ab") == 2', true],
  ['request.args.list.isEmpty()', 'write `size(x) == 0`', 'size(request.args.list) == 0', false],
  [
    'request.args.s.toLowerCase() == "text"',
    'write `x.matches("(?i)^text$")`',
    'request.args.s.matches("(?i)^text$")',
    true,
  ],
  ['request.args.s.includes("ex")', 'write `x.contains(y)` or `y in x`', 'request.args.s.contains("ex")', true],
  ['request.args.list.includes(2)', 'write `x.contains(y)` or `y in x`', '2 in request.args.list', true],
  ['request.args.list.some(e, e == 2)', 'write `x.exists(e, e == y)`', 'request.args.list.exists(e, e == 2)', true],
  ['request.args.hasOwnProperty("n")', 'write `y in x`', '"n" in request.args', true],
  ['has(request.args["a/b"])', 'write `"a/b" in request.args`', '"a/b" in request.args', true],
  ['has(request.args.list.length)', 'write `size(x)`', 'size(request.args.list) > 0', true],
  [
    'request.args.s.toUpperCase == "TEXT"',
    'write `x.matches("(?i)^text$")`',
    'request.args.s.matches("(?i)^text$")',
    true,
  ],
  ['"ex" in "text"', 'for a part of a string write `text.contains(part)`', '"text".contains("ex")', true],
  ['"a".size == 1', '`size` is a method: write `size()`', '"a".size() == 1', true],
  [
    'agent.slug == "a" ? 1 : "b"',
    'wrap one of them in `dyn(…)` if that is meant',
    'agent.slug == "a" ? dyn(1) : "b"',
    'b',
  ],
  ['"a".timestamp() > request.time', 'write `timestamp(x)`', 'timestamp("2026-01-31T00:00:00Z") > request.time', true],
  ['contains("ab", "a")', 'write `x.contains(…)`', '"ab".contains("a")', true],
  ['request.ip == "::1"', 'ask first: `has(request.ip) && …`', 'has(request.ip) && request.ip == "::1"', false],
  [
    'request.time.getHours("IST") == 2',
    'did you mean `"Asia/Kolkata"` or `"Europe/Dublin"` or `"Asia/Jerusalem"`?',
    'request.time.getHours("Asia/Jerusalem") == 22',
    true,
  ],
  [
    'request.time.getHours("nowhere at all") == 2',
    'a zone is an IANA name, as in `Europe/Paris`, or an offset, as in `+05:30`',
    'request.time.getHours("+05:30") == 2',
    true,
  ],
  [
    '1.5 + size(agent.tags) == 3.5',
    'convert one side, for example with `double(…)`',
    '1.5 + double(size(agent.tags)) == 3.5',
    true,
  ],
];

describe('a suggestion in words', () => {
  it.each(HELPED)('%s: %s', async (source, help, written, value) => {
    expect(diagnosticsOf(source).map((one) => one.help)).toContain(help);
    expect(diagnosticsOf(written).filter((one) => one.help === help)).toEqual([]);
    expect(await valueOf(written)).toEqual(value);
  });
});

describe('a key that an argument does not have', () => {
  it.each([
    ['request.args.list.length > 3', '`request.args.list.length` does not exist: write `size(x)`'],
    ['request.args.s.length == 4', '`request.args.s.length` does not exist: write `size(x)`'],
    ['request.args.list["length"] == 3', '`request.args.list["length"]` does not exist: write `size(x)`'],
    ['request.args.lists == 3', '`request.args.lists` does not exist, did you mean `list`?'],
    ['request.args.length == 3', '`request.args.length` does not exist'],
  ])('%s: %s', async (source, words) => {
    const compiled = await compile(source);
    if (!compiled.ok) return expect.fail('it does not compile');
    expect(explain(compiled.program, GIVEN).reasons.map((reason) => reasonWords(reason, source))).toEqual([words]);
  });

  it('has its own advice only where no map has such a key for certain', () => {
    for (const source of ['request.args.length > 3', 'request.args.count == 1', 'request.args.o.search == "x"'])
      expect(diagnosticsOf(source).filter(({ code }) => code === 'foreign-member')).toEqual([]);
    expect(insteadOf('length')).toEqual(['size(x)']);
  });
});

describe('zones that Go knows', () => {
  it.each(['EST', 'GB', 'Zulu', 'UTC', '', 'Europe/Paris', '+05:30', '-03:00', '5:30', 'Etc/GMT+5', 'EST5EDT'])(
    '%s has no remark',
    async (zone) => {
      const source = `request.time.getHours(${JSON.stringify(zone)}) >= 0`;
      expect(diagnosticsOf(source).filter(({ code }) => code === 'unknown-time-zone')).toEqual([]);
      expect(await valueOf(source)).toBe(true);
    },
  );
});

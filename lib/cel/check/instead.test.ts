import { describe, expect, it } from 'vitest';
import { activation } from '../evaluate/activation';
import { check } from './checker';
import { advise } from '../explain/advise';
import { FOREIGN_NAMES, insteadOf } from './instead';
import { parse } from '../syntax/parser';
import { compile } from '../evaluate/program';
import { DYN } from './types';
import { isError } from '../values/values';

/** Values of the types that an expression may be meant for: it must work on one of them. */
const SAMPLES = [
  { x: 'text', y: 't' },
  { x: '42', y: '4' },
  { x: ['a', 'b'], y: 'a' },
  { x: { a: 1 }, y: 'a' },
];

describe('what to write instead', () => {
  const cases = FOREIGN_NAMES.flatMap((name) => (insteadOf(name) ?? []).map((one): [string, string] => [name, one]));

  it.each(cases)('of %s: %s compiles and runs', async (_, expression) => {
    const compiled = await compile(expression, { declarations: { x: DYN, y: DYN } });
    if (!compiled.ok) expect.fail(compiled.diagnostics.map(({ message }) => message).join());
    const results = SAMPLES.map((sample) => compiled.program.evaluate(activation(sample)));
    expect(results.some((result) => !isError(result))).toBe(true);
  });

  it.each(FOREIGN_NAMES)('is said of the method, the function and the field %s', (name) => {
    for (const source of [`"a".${name}()`, `"a".${name}`, `${name}("a")`]) {
      const [found] = check(parse(source)).diagnostics;
      expect([source, found?.help]).toEqual([
        source,
        expect.stringContaining(`write \`${insteadOf(name)?.[0] ?? ''}\``),
      ]);
    }
  });
});

describe('has() with brackets', () => {
  it.each([
    ['has(request.args["a/b"])', '"a/b" in request.args'],
    ['has(request.args.labels["helm.sh/chart"])', '"helm.sh/chart" in request.args.labels'],
    ["has(request.args['it\\'s'])", '"it\'s" in request.args'],
  ])('%s', async (source, text) => {
    expect(parse(source).diagnostics[0]?.help).toBe(`write \`${text}\``);
    const compiled = await compile(text, { result: 'bool' });
    if (!compiled.ok) expect.fail('does not compile');
    expect(compiled.program.evaluate(activation({ request: { args: { labels: {} } } }))).toBe(false);
  });
});

describe('a literal that cannot be converted', () => {
  const advice = (source: string) => {
    const parsed = parse(source);
    return advise(parsed, { checked: check(parsed) }).filter(({ code }) => code === 'always-fails');
  };
  it.each([
    [
      'request.time < timestamp("2026-04-20")',
      'this always fails: `2026-04-20` is not a valid timestamp, as in `2026-04-20T00:00:00Z`',
      'request.time < timestamp("2026-04-20T00:00:00Z")',
    ],
    ['duration("1d") > duration("1h")', 'this always fails: `1d` is not a valid duration, as in `1h30m`', undefined],
    ['int("a") == 1', 'this always fails: `a` is not a valid int', undefined],
  ])('%s', async (source, message, fixed) => {
    const [found] = advice(source);
    expect(found?.message).toBe(message);
    const { fix } = found ?? {};
    const corrected = fix && `${source.slice(0, fix.start)}${fix.text}${source.slice(fix.end)}`;
    expect(corrected).toBe(fixed);
    if (corrected !== undefined) {
      expect(advice(corrected)).toEqual([]);
      expect((await compile(corrected)).ok).toBe(true);
    }
  });
  it.each(['timestamp("2026-04-20T00:00:00Z") < request.time', 'int("1") == 1', 'string(1) == "1"'])(
    'not %s',
    (source) => {
      expect(advice(source)).toEqual([]);
    },
  );
});

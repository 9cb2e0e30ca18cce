import { describe, expect, it } from 'vitest';
import { activation } from './evaluate/activation';
import { MAX_STEPS, budget } from './values/budget';
import { explain } from './explain/explain';
import { compile, type Program } from './evaluate/program';
import { encodeResult } from './values/encode';
import type { Json } from '../json';
import type { EvalError } from './values/values';
import { reasonWords } from './explain/reason-words';

/** A value that doubles so often: 16 characters become 16 × 2^times. */
const doubled = (seed: string, times: number): string => `[${seed}]${'.map(x, x + x)'.repeat(times)}`;
const TEXT = '"0123456789abcdef"';
const DIGITS = '[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]';
/** A body that is evaluated a thousand times. */
const often = (body: string): string => `${DIGITS}.all(i, ${DIGITS}.all(j, ${DIGITS}.all(k, ${body})))`;
const with_ = (seed: string, times: number, body: string): string => `${doubled(seed, times)}.all(s, ${body})`;

const ARGS: Json = {
  long: 'ab'.repeat(50_000),
  text: `${'x'.repeat(1_000_000)} needle`,
  foreign: `${'ä'.repeat(1_000_000)} needle`,
  names: Array.from({ length: 300 }, (_, i) => `${'n'.repeat(1000)}${String(i).padStart(4, '0')}`),
  keys: Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`k${i}`, i])),
};
const GIVEN = activation({ request: { args: ARGS } });

async function program(source: string): Promise<Program> {
  const compiled = await compile(source, { result: 'any' });
  if (!compiled.ok) throw new Error(compiled.diagnostics[0]?.message);
  return compiled.program;
}

const COSTLY: readonly (readonly [name: string, source: string])[] = [
  ['text that is joined', with_(TEXT, 18, often('size(s + string(i)) > 0'))],
  ['text that is compared', with_(TEXT, 17, with_(TEXT, 17, often('s == s')).replace('.all(s', '.all(t'))],
  ['text that is ordered', with_(TEXT, 17, often('s <= s + "a"'))],
  ['text that is counted', with_(TEXT, 17, often('size(s) > 1'))],
  ['text that is searched', with_(TEXT, 17, often('!s.contains(s.startsWith("x") ? "" : "zz")'))],
  ['text that becomes patterns', with_(TEXT, 10, often('!"abc".matches(s + string(j))'))],
  ['text that becomes bytes', with_(TEXT, 17, often('size(bytes(s)) > 0'))],
  ['text that becomes a number', with_('"1111111111111111"', 17, often('double(s) > 0.0'))],
  [
    'text that becomes a duration',
    with_('"0000000000000000"', 14, often('duration("0." + s + "s") == duration("0s")')),
  ],
  ['bytes that are joined', with_('b"0123456789abcdef"', 17, often('size(s + b"x") > 0'))],
  ['bytes that become text', with_('b"0123456789abcdef"', 17, often('size(string(s)) > 0'))],
  ['lists that are compared', with_('[1, 2, 3, 4]', 14, often('s == s + []'))],
  [
    'lists in lists, each twice',
    `[[1]]${'.map(x, [x, x])'.repeat(40)}.all(s, [[1]]${'.map(x, [x, x])'.repeat(40)}.all(t, s == t))`,
  ],
  ['maps that are made', often(`${DIGITS}.map(a, ${DIGITS}.map(b, {})) != []`)],
  ['the keys of a map, of which one is looked at', 'request.args.keys.all(a, request.args.keys.exists(b, true))'],
  [
    'long names that are looked for in a list',
    'request.args.names.all(a, request.args.names.exists(b, !(a in request.args.names)))',
  ],
  ['short patterns of many instructions', often('!"aaaa".matches("(a{100}){9}" + string(i) + string(j) + string(k))')],
  ['patterns of large classes', often('!"aaaa".matches("(?i)[B-\\\\x{1e900}]" + string(i) + string(j) + string(k))')],
  ['a computed pattern on a long text', 'request.args.long.matches("(x?){400}x{400}y" + string(1))'],
  ['a pattern that has no small table', 'request.args.long.matches("[ab]*a[ab]{50}$")'],
  [
    'Unicode classes that patterns name',
    '["Greek", "Latin", "Han", "Thai", "Lao", "Khmer"].all(c, !"0".matches("\\\\p{" + c + "}"))',
  ],
  [
    'Unicode classes in literals',
    `"0".matches("${['L', 'N', 'S', 'P', 'Z', 'M', 'C', 'Lu', 'Ll', 'Lt', 'Lo'].map((name) => `\\\\p{${name}}`).join('')}")`,
  ],
  [
    'maps that are compared',
    `[{1: 1}]${'.map(x, {1: x, 2: x})'.repeat(30)}.all(s, [{1: 1}]${'.map(x, {1: x, 2: x})'.repeat(30)}.all(t, s == t))`,
  ],
  ['numbers that become text', often(often('string(0.1) != ""'))],
  ['short text that becomes bytes', often(often('size(bytes("a")) > 0'))],
  ['errors that are absorbed', often(often('!dyn(1) || true'))],
  [
    'numbers that are looked up in a large map',
    `[{${Array.from({ length: 300 }, (_, i) => `${i}: 1`).join()}}].all(m, ${often(often('m[299] == 1'))})`,
  ],
  ['a literal pattern that is too large', `"x".matches("${'ab'.repeat(40_000)}")`],
];

describe('what grows is charged for by its size', () => {
  it.each(COSTLY)('%s', async (_, source) => {
    const compiled = await program(source);
    const result = compiled.evaluate(GIVEN);
    expect(result).toMatchObject({ code: 'cost', message: expect.any(String) });
    expect(encodeResult(compiled.evaluate(GIVEN))).toEqual(encodeResult(result));
    const { result: explained, reasons } = explain(compiled, GIVEN);
    const { message } = result as EvalError;
    expect(explained).toMatchObject({ kind: 'error', code: 'cost', message });
    expect(reasons.length).toBeGreaterThan(0);
  });

  it('says what was too costly, and where', async () => {
    const source = with_(TEXT, 18, often('size(s + string(i)) > 0'));
    const error = (await program(source)).evaluate(GIVEN) as unknown as { message: string; start: number; end: number };
    expect(error.message).toBe(
      'the condition takes more than 1,000,000 steps; the limit was passed while joining text',
    );
    expect(source.slice(error.start, error.end)).toBe('s + string(i)');
    const { reasons } = explain(await program(source), GIVEN);
    expect(reasons.map((reason) => reasonWords(reason, source)).join()).toContain('joining text');
  });
});

describe('what an operation takes, for it takes longer than a node does', () => {
  const COLLIDING = `{${Array.from({ length: 320 }, (_, i) => `${i}: 1`).join()}}`;

  it.each([
    ['string(0.1)', 20],
    ['string(timestamp(0))', 20],
    ['bytes("")', 20],
    ['string(b"")', 20],
    ['double("x")', 25],
    ['timestamp("2026-01-01T00:00:00Z")', 22],
    ['duration("1h1m")', 28],
    ['int(1.5)', 0],
    ['string("x")', 0],
    ['b"a" + b"b"', 5],
    ['-dyn("x")', 5],
    ['[1].map(x, x)', 11],
    ['[1].filter(x, true)', 11],
    ['google.protobuf.Int64Value{value: 1}', 30],
    // Numbers may be chosen so that all are looked for in one place.
    [`${COLLIDING}[7] == 1`, 30 + Array.from({ length: 320 }, (_, i) => i >> 3).reduce((a, b) => a + b) + 40],
    ['7 in request.args.keys', 1250],
    ['"k7" in request.args.keys', 0],
  ])('%s', async (source, steps) => {
    const compiled = await program(source);
    compiled.evaluate(activation({ request: { args: ARGS } }));
    expect(MAX_STEPS - budget.left).toBe(steps);
  });
});

describe('what is ordinary is decided', () => {
  it.each([
    ['request.args.text.contains("needle")', true],
    [
      'request.args.text.contains("BEGIN RSA PRIVATE KEY") || request.args.text.contains("password = ") || request.args.text.endsWith("needle")',
      true,
    ],
    ['request.args.text.matches("(?i)\\\\b(password|secret|token|api[_-]?key)\\\\b")', false],
    ['request.args.foreign.matches("[A-Za-z0-9+/]{40}")', false],
    ['request.args.foreign.contains("needle") && size(request.args.foreign) > 10', true],
    ['request.args.text == request.args.text && request.args.text != "x"', true],
    ['["a", "b", "c", "d", "e", "f", "g"].all(s, s.matches("^\\\\pL+" + "$"))', true],
    ['request.args.names.all(name, name.matches("^n+[0-9]{4}$") && name.startsWith("nnn"))', true],
    ['request.args.keys == request.args.keys && request.args.keys != {}', true],
    ['request.args.keys.all(key, key.startsWith("k"))', true],
    ['request.args.text in ["a", "b", "c"]', false],
  ])('%s', async (source, expected) => expect((await program(source)).evaluate(GIVEN)).toBe(expected));
});

describe('the steps of one condition', () => {
  it.each([
    'request.args.names[0] == "nnnnnnnnnnnnnnnnnnnn" || request.args.long.contains("abba")',
    'request.args.names.exists(n, n in ["aaaaaaaaaaaaa", "b"] || n.endsWith("0007"))',
    'size(request.args.long) > 10 && request.args.long.matches("^(ab)+$")',
    '[[1, 2], [3]].all(x, x != [4] && {"a": x}.a == x)',
    '"mmmmmmmmmmmm" in ["aaaaaaaaaaaa", "mmmmmmmmmmmm"]',
  ])('are the same for every plan: %s', async (source) => {
    const compiled = await program(source);
    const spent = (run: () => unknown): number => (run(), MAX_STEPS - budget.left);
    const known = spent(() => compiled.evaluate(GIVEN));
    expect(known).toBeGreaterThan(0);
    expect(spent(() => explain(compiled, GIVEN))).toBe(known);
    expect(spent(() => compiled.evaluate(activation({ request: { args: ARGS } }, ['resource.nowhere'])))).toBe(known);
  });

  it('that follow an unknown fact make no error that may not happen', async () => {
    const source = `request.args.flag && ${with_(TEXT, 18, often('size(s + string(i)) > 0'))}`;
    const unknown = activation({ request: { args: ARGS } }, ['request.args.flag']);
    expect((await program(source)).evaluate(unknown)).toMatchObject({ paths: ['request.args.flag'] });
  });
});

describe('a source whose parts nest', () => {
  it.each([
    ['conditionals as indexes', `${'(request.args.a ? agent : user)['.repeat(80)}"x"${']'.repeat(80)} == 1`],
    ['conditionals below `has`', `has(${'(request.args.a ? agent : user)['.repeat(80)}"x"${']'.repeat(80)}.y)`],
    ['sizes', `${'size(['.repeat(60)}user.n${']) > 3'.repeat(60)}`],
  ])('is compiled once, for unknown facts as well: %s', async (_, source) => {
    const compiled = await program(source);
    const unknown = activation({ user: { n: 1 } }, ['request.args.a']);
    expect(() => explain(compiled, unknown)).not.toThrow();
    expect(() => compiled.evaluate(unknown)).not.toThrow();
  });
});

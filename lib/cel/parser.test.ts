import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Expr } from './syntax/ast';
import { parse } from './syntax/parser';
import { childrenOf } from './syntax/tree';
import { treeText } from './syntax/tree-text';
import { recording, RECORDINGS } from '../testdata/recordings';

const read = (name: string) =>
  readFileSync(new URL(`./testdata/${name}`, import.meta.url), 'utf8')
    .trimEnd()
    .split('\n');

interface Refused {
  readonly source: string;
  readonly errors: readonly (readonly string[])[];
}

describe('refused', () => {
  const cases = read('parse-errors.jsonl').map((line) => JSON.parse(line) as Refused);
  test.each(cases)('$source', ({ source, errors }) => {
    const got = parse(source).diagnostics.map(({ code, message, start, end, help, ...rest }) => {
      expect(rest).toMatchObject({ phase: 'parse', severity: 'error' });
      return [code, source.slice(start, end), message, ...(help === undefined ? [] : [help])];
    });
    expect(got).toEqual(errors);
  });
});

describe('accepted', () => {
  test.each([...read('parse-accepted.txt'), ' \t\r\n\fa // c\n\n', "'''\n'''", 'a//\r&& b\n&& c'])('%s', (source) => {
    expect(parse(source).diagnostics).toEqual([]);
  });
});

describe('trees', () => {
  test.each([
    ['a && b && c', '_&&_(a, b, c)'],
    ['(a && b) && c', '_&&_(_&&_(a, b), c)'],
    ['a || b && c || d', '_||_(a, _&&_(b, c), d)'],
    ['1 + 2 * 3 - 4', '_-_(_+_(int 1, _*_(int 2, int 3)), int 4)'],
    ['a < b == c', '_==_(_<_(a, b), c)'],
    ['a in b + c', '@in(a, _+_(b, c))'],
    ['a ? b : c ? d : e', '_?_:_(a, b, _?_:_(c, d, e))'],
    ['!!a', 'a'],
    ['!!!a', '!_(a)'],
    ['--1', 'int 1'],
    ['---1', '-_(int 1)'],
    ['- 1', 'int -1'],
    ['-1.abs()', 'int -1 . abs()'],
    ['-a.b', '-_(a.`b`)'],
    ['-0.0', 'double -0'],
    ['.a.b', '.a.`b`'],
    ['.f(x)', '.f(x)'],
    ['a.b(c)[d]', '_[_](a . b(c), d)'],
    ['a.`x-y`', 'a.`x-y`'],
    ['a.b.C{d: 1, `in`: 2}.e', 'a.b.C{d: int 1, in: int 2}.`e`'],
    ['has(a.b)', '#has(a.`b`)'],
    ['has(has(a.b))', '#has(a.`b`)'],
    ['x.all(y, y)', 'x . #all(y => y)'],
    ['x.map(y, z, w)', 'x . #map(y => z, w)'],
    ['x.all(y)', 'x . all(y)'],
    ['x.existsOne(y, z)', 'x . existsOne(y, z)'],
    // What an editor gets of a source that is being typed.
    ['request.args.', 'request.`args`.``'],
    ['request.args. == 1', '_==_(request.`args`.``, int 1)'],
    ['a && ', '_&&_(a, ?())'],
    ['a == ', '_==_(a, ?())'],
    ['tags.exists(t, t.', 'tags . #exists(t => t.``)'],
    ['tags.exists(', 'tags . exists()'],
    ['size(', 'size()'],
    ['size(a, ', 'size(a, ?())'],
    ['[1, ', '[int 1]'],
    ['{"a": ', '{string "a": ?()}'],
    ['(a && b', '_&&_(a, b)'],
    ['a[', '_[_](a, ?())'],
    ['a ? b', '_?_:_(a, b, ?())'],
    ['has(a)', '?(a)'],
    ['a b c', '?(a, b, c)'],
    ['agent.in == 1', '_==_(agent.`in`, int 1)'],
    ['a = 1 and not b', '_&&_(_==_(a, int 1), !_(b))'],
  ])('%s', (source, tree) => {
    expect(treeText(parse(source).expr)).toBe(tree);
  });
});

describe('literals', () => {
  const text = new TextEncoder();
  test.each([
    ["'\\a\\b\\f\\n\\r\\t\\v\\\\\\?\\'\\\"\\``'", '\x07\b\f\n\r\t\v\\?\'"``'],
    [String.raw`"\x41\X42\103\u0044\U0001F600"`, 'ABCD😀'],
    [String.raw`'\xff\377'`, 'ÿÿ'],
    [String.raw`r'\n\'`, String.raw`\n` + '\\'],
    ["'''a\r\nb\rc\n'''", 'a\nb\nc\n'],
    ["r'''a\r\nb'''", 'a\nb'],
    [`"""a"b""c"""`, 'a"b""c'],
    [`'\ud800'`, '\ufffd'],
    ['"é😀"', 'é😀'],
    ["''", ''],
    ["''''''", ''],
    [String.raw`b'\xff\377\n'`, Uint8Array.of(255, 255, 10)],
    ["b'é'", text.encode('é')],
    [String.raw`bR'\xff'`, text.encode(String.raw`\xff`)],
    ['9223372036854775807', 2n ** 63n - 1n],
    ['-9223372036854775808', -(2n ** 63n)],
    ['-0x8000000000000000', -(2n ** 63n)],
    ['0xffFFffFFffFFffFFu', 2n ** 64n - 1n],
    ['007', 7n],
    ['.5e-1', 0.05],
    ['1e308', 1e308],
    ['1e-400', 0],
  ])('%s', (source, value) => {
    const { expr, diagnostics } = parse(source);
    expect(diagnostics).toEqual([]);
    expect(expr).toMatchObject({ kind: 'literal', value: { value } });
  });
});

/** The stretch of source of each node, from the root down. */
function stretches(source: string): string[] {
  const walk = (expr: Expr): string[] => [source.slice(expr.start, expr.end), ...childrenOf(expr).flatMap(walk)];
  return walk(parse(source).expr);
}

describe('ranges', () => {
  test.each([
    ['(a) + b', ['(a) + b', 'a', 'b']],
    ['((a))', ['a']],
    ['( a + b ) * c', ['( a + b ) * c', 'a + b', 'a', 'b', 'c']],
    ['!!(a) && b', ['!!(a) && b', 'a', 'b']],
    ['! (a)', ['! (a)', 'a']],
    ['(a).b[ (c) ]', ['(a).b[ (c) ]', '(a).b', 'a', 'c']],
    ['- 1 + x', ['- 1 + x', '- 1', 'x']],
    ['"é😀" == a', ['"é😀" == a', '"é😀"', 'a']],
    ['a ? (b) : c // end', ['a ? (b) : c', 'a', 'b', 'c']],
    ['x.all(y, (y)) ', ['x.all(y, (y))', 'x', 'y']],
    ['{"k": [1]}', ['{"k": [1]}', '"k"', '[1]', '1']],
    ['a. && b', ['a. && b', 'a.', 'a', 'b']],
  ])('%s', (source, ranges) => expect(stretches(source)).toEqual(ranges));

  test('of names, operators, fields, variables and entries', () => {
    const source = 'a.b(c).d && x.all(y, !{k: v}[w])';
    const slice = (start: number, end: number) => source.slice(start, end);
    const names: string[] = [];
    const walk = (expr: Expr): void => {
      if (expr.kind === 'call' || expr.kind === 'macro') names.push(slice(expr.nameStart, expr.nameEnd));
      if (expr.kind === 'macro') names.push(slice(expr.variableStart, expr.variableEnd));
      if (expr.kind === 'select') names.push(slice(expr.fieldStart, expr.fieldEnd));
      if (expr.kind === 'map') names.push(...expr.entries.map(({ start, end }) => slice(start, end)));
      childrenOf(expr).forEach(walk);
    };
    walk(parse(source).expr);
    expect(names).toEqual(['&&', 'd', 'b', 'all', 'y', '!', '[w]', 'k: v']);
  });
});

describe('fixes', () => {
  const applyFix = (source: string) =>
    [...parse(source).diagnostics]
      .reverse()
      .reduce((text, { fix }) => (fix ? text.slice(0, fix.start) + fix.text + text.slice(fix.end) : text), source);
  test.each([
    ['a = 1 & b | not c', 'a == 1 && b || ! c'],
    ['a === 1 and b or c', 'a == 1 && b || c'],
    ['agent.in', 'agent["in"]'],
    ['f(a,)', 'f(a)'],
    ['a.?b[?c] == {?d: [?e]}', 'a.b[c] == {d: [e]}'],
  ])('%s', (source, fixed) => {
    expect(applyFix(source)).toBe(fixed);
    expect(parse(fixed).diagnostics).toEqual([]);
  });
});

describe("cel-go's record", () => {
  test.skipIf(!RECORDINGS)('refuses and accepts the same, where the recordings are at hand', () => {
    const wrong: string[] = [];
    let count = 0;
    for (const name of ['curated', 'fuzz', 'partial']) {
      for (const line of readFileSync(recording(`cel-go/${name}.jsonl`), 'utf8')
        .trimEnd()
        .split('\n')) {
        const { id, expression, result } = JSON.parse(line) as { id: string; expression: string; result: Recorded };
        if ((result.error?.phase === 'parse') !== parse(expression).diagnostics.length > 0) wrong.push(id);
        count++;
      }
    }
    expect(wrong).toEqual([]);
    expect(count).toBeGreaterThan(6000);
  });
});

interface Recorded {
  readonly error?: { readonly phase: string };
}

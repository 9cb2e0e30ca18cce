/**
 * The CEL conformance suite: every core test that needs no protobuf message of its own. What cannot apply is left out by a rule that says why; where
 * the suite and cel-go disagree, the row is in `testdata/conformance-expected-failures.json` with the reason, and fails the run once
 * it passes.
 */
import { readFileSync } from 'node:fs';
import { getConformanceSuite } from '@bufbuild/cel-spec/testdata/tests.js';
import { afterAll, describe, expect, it } from 'vitest';
import { activation } from './evaluate/activation';
import { check, type Declarations } from './check/checker';
import { encodeResult } from './values/encode';
import { parse } from './syntax/parser';
import { Program } from './evaluate/program';
import { loadRegex } from './evaluate/regex';
import { flatten, type SuiteTest } from './testdata/parse-suite';
import { comparable } from './testdata/recorded';
import { fromProto, typeFromProto } from './testdata/suite-values';
import { loadTimezones } from './values/timezone';
import { DYN, formatType } from './check/types';
import { isError, type Value } from './values/values';

const FILES =
  'basic comparisons conversions dynamic fields fp_math integer_math lists logic macros namespace parse plumbing string timestamps type_deductions'.split(
    ' ',
  );

const EXPECTED_FAILURES = JSON.parse(
  readFileSync(new URL('./testdata/conformance-expected-failures.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, string>>;

const text = (test: SuiteTest): string =>
  JSON.stringify(test.original, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));

/** Why a test cannot apply; the first that holds. */
const RULES: readonly [why: string, applies: (source: string) => boolean][] = [
  [
    'needs a message of the suite',
    (source) => /TestAllTypes|NestedTestAllTypes|cel\.expr\.conformance\.proto/.test(source),
  ],
  ['abbreviates the names of messages', (source) => /"container":"google\.protobuf"/.test(source)],
  ['needs the message Any', (source) => /google\.protobuf\.Any/.test(source)],
  ['declares a function of its own', (source) => /"case":"function"/.test(source)],
  [
    'needs a type of an extension',
    (source) =>
      /"abstractType"|"messageType","value":"(?!google\.protobuf\.(?:Timestamp|Duration|Empty)")|optional/.test(source),
  ],
];

/** So that a suite which grows or shrinks is noticed. */
const COUNTS = {
  'abbreviates the names of messages': 2,
  applies: 1176,
  'declares a function of its own': 5,
  'needs a message of the suite': 245,
  'needs a type of an extension': 23,
  'needs the message Any': 1,
};

const mark = (test: SuiteTest): string | undefined => {
  const source = text(test).replace(/"\$typeName":"[^"]*"/g, '');
  return RULES.find(([, applies]) => applies(source))?.[0];
};

const tests = flatten(getConformanceSuite()).filter(({ path }) => FILES.includes(path.split('/', 1)[0] ?? ''));
const applicable = tests.filter((test) => mark(test) === undefined);

function declare(test: SuiteTest): { declarations: Declarations; variables: Record<string, Value> } {
  const declarations: Record<string, NonNullable<ReturnType<typeof typeFromProto>>> = {};
  const variables: Record<string, Value> = {};
  const { typeEnv, bindings, container } = test.original;
  // A container is a prefix that may be left out: `y` in the container `x` is `x.y` before it is `y`.
  const names = (name: string): string[] =>
    container && name.startsWith(`${container}.`) ? [name, name.slice(container.length + 1)] : [name];
  for (const { name, declKind } of [...typeEnv].sort((a, b) => a.name.length - b.name.length)) {
    const type = declKind.case === 'ident' && declKind.value.type ? typeFromProto(declKind.value.type) : undefined;
    for (const each of names(name)) declarations[each] = type ?? DYN;
  }
  for (const [name, { kind }] of Object.entries(bindings).sort(([a], [b]) => a.length - b.length)) {
    const value = kind.case === 'value' ? fromProto(kind.value) : undefined;
    if (value === undefined) continue;
    for (const each of names(name)) variables[each] = value;
    for (const each of names(name)) declarations[each] ??= DYN;
  }
  return { declarations, variables };
}

/** What is wrong with our answer; undefined if nothing is. */
function judge(test: SuiteTest): string | undefined {
  const { expr, disableCheck, checkOnly, resultMatcher } = test.original;
  const { declarations, variables } = declare(test);
  const wantsError = resultMatcher.case === 'evalError' || resultMatcher.case === 'anyEvalErrors';
  const parsed = parse(expr);
  const checked = check(parsed, { declarations });
  const problem = parsed.diagnostics[0] ?? (disableCheck ? undefined : checked.diagnostics[0]);
  if (problem) return wantsError ? undefined : `does not compile: ${problem.message}`;
  if (resultMatcher.case === 'typedResult' && resultMatcher.value.deducedType) {
    const type = typeFromProto(resultMatcher.value.deducedType);
    const [wanted, got] = [type && formatType(type), formatType(checked.type)];
    if (wanted !== got) return `wanted the type ${wanted}, got ${got}`;
  }
  if (checkOnly) return undefined;
  const references = disableCheck ? new Map<number, readonly string[]>() : checked.references;
  const program = new Program(expr, parsed.expr, { references }, new Set(Object.keys(declarations)));
  const result = program.evaluate(activation(variables));
  if (wantsError) return isError(result) ? undefined : `wanted an error, got ${comparable(encodeResult(result))}`;
  const message =
    resultMatcher.case === 'value'
      ? resultMatcher.value
      : resultMatcher.case === 'typedResult'
        ? resultMatcher.value.result
        : undefined;
  const wanted = message === undefined ? undefined : fromProto(message);
  if (wanted === undefined) return 'the suite wants what we cannot read';
  const [want, got] = [comparable(encodeResult(wanted)), comparable(encodeResult(result))];
  return want === got ? undefined : `wanted ${want}, got ${got}`;
}

await Promise.all([loadRegex(), loadTimezones()]);
const table = new Map<string, { passed: number; failed: number; expected: number; skipped: number }>(
  FILES.map((file) => [file, { passed: 0, failed: 0, expected: 0, skipped: 0 }]),
);
const rowOf = ({ path }: SuiteTest) => table.get(path.split('/', 1)[0] ?? '') as { [column: string]: number };
for (const test of tests) if (mark(test) !== undefined) (rowOf(test)['skipped'] as number)++;

describe('the CEL conformance suite, core without messages of its own', () => {
  it('has the tests it is known to have', () => {
    const count: Record<string, number> = {};
    for (const test of tests) count[mark(test) ?? 'applies'] = (count[mark(test) ?? 'applies'] ?? 0) + 1;
    expect(count).toEqual(COUNTS);
    const paths = new Set(applicable.map(({ path }) => path));
    expect(Object.keys(EXPECTED_FAILURES).filter((path) => !paths.has(path))).toEqual([]);
  });

  it.each(FILES)('%s', (file) => {
    const wrong: string[] = [];
    for (const test of applicable.filter(({ path }) => path.startsWith(`${file}/`))) {
      const problem = judge(test);
      const expected = EXPECTED_FAILURES[test.path];
      const row = rowOf(test);
      if (problem && expected) (row['expected'] as number)++;
      else if (problem) (row['failed'] as number)++;
      else (row['passed'] as number)++;
      if (problem && !expected) wrong.push(`${test.path}: ${test.original.expr}: ${problem}`);
      if (!problem && expected) wrong.push(`${test.path} passes: take it off the list of expected failures`);
    }
    expect(wrong).toEqual([]);
  });
});

afterAll(() => {
  const columns = ['passed', 'failed', 'expected', 'skipped'] as const;
  const total = { passed: 0, failed: 0, expected: 0, skipped: 0 };
  for (const row of table.values()) for (const column of columns) total[column] += row[column];
  const line = (name: string, row: typeof total): string =>
    name.padEnd(18) + columns.map((column) => String(row[column]).padStart(9)).join('');
  const head = 'conformance suite'.padEnd(18) + columns.map((column) => column.padStart(9)).join('');
  console.log([head, ...[...table].map(([name, row]) => line(name, row)), line('all', total)].join('\n'));
});

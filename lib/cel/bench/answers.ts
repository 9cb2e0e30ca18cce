import { readFileSync } from 'node:fs';
import { getConformanceSuite } from '@bufbuild/cel-spec/testdata/tests.js';
import { encodeValue } from '../values/encode';
import { flatten } from '../testdata/parse-suite';
import type { Contexts, Recorded } from '../testdata/recorded';
import { fromProto } from '../testdata/suite-values';
import { CelMap, Uint, isList, type Value } from '../values/values';
import { OTHERS, OURS, type Library, type PrepareOptions } from './libraries';

/** How a library's answers compare with cel-go's. */
interface Score {
  right: number;
  /** A value, but another one. */
  other: number;
  /** An error where cel-go has a value. */
  error: number;
  /** A value where cel-go has an error, or refuses to compile. */
  value: number;
}

interface RecordedCase {
  readonly source: string;
  readonly variables: unknown;
  readonly options: PrepareOptions;
  /** Undefined for an error. */
  readonly wanted: string | undefined;
}

/** Values are compared where they are a bool, a number, a string or null; of anything else only that it is there. */
function plain(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'bigint' || typeof value === 'number') return `number ${Number(value)}`;
  if (typeof value === 'object' && 'value' in value && ['bigint', 'number'].includes(typeof value.value))
    return `number ${Number(value.value)}`;
  return 'something';
}

/** The same for the recorded encoding. */
function plainEncoded(encoded: unknown): string {
  if (typeof encoded !== 'object' || encoded === null) return JSON.stringify(encoded);
  const held = encoded as { readonly int?: string; readonly uint?: string; readonly double?: number | string };
  const number = held.int ?? held.uint ?? held.double;
  return number === undefined ? 'something' : `number ${Number(number)}`;
}

function recorded(): RecordedCase[] {
  const directory = new URL('../testdata/', import.meta.url);
  const read = (name: string): string => readFileSync(new URL(name, directory), 'utf8');
  const contexts = JSON.parse(read('cel-go-contexts.json')) as Contexts;
  return ['curated', 'fuzz'].flatMap((name) =>
    read(`cel-go-${name}.jsonl`)
      .trim()
      .split('\n')
      .map((line) => {
        const { expression, context, contextId, result, timestampAt } = JSON.parse(line) as Recorded;
        return {
          source: expression,
          variables: context ?? contexts[contextId ?? '']?.context ?? {},
          options: { timestampAt: timestampAt ?? [] },
          wanted: 'value' in result ? plainEncoded(result.value) : undefined,
        };
      }),
  );
}

const FILES =
  'basic comparisons conversions fields fp_math integer_math lists logic macros namespace parse plumbing string timestamps'.split(
    ' ',
  );

/** The suite's tests without messages, declarations and containers: what every library can be asked alike. */
function suite(): RecordedCase[] {
  return flatten(getConformanceSuite()).flatMap(({ path, original }) => {
    const { expr, bindings, container, resultMatcher } = original;
    const given = Object.entries(bindings).map(
      ([name, { kind }]) => [name, kind.case === 'value' ? fromProto(kind.value) : undefined] as const,
    );
    const wanted = resultMatcher.case === 'value' ? fromProto(resultMatcher.value) : undefined;
    const isError = resultMatcher.case === 'evalError' || resultMatcher.case === 'anyEvalErrors';
    const apart = given.some(([name, value]) => value === undefined || name.includes('.') || !isPlain(value));
    if (
      !FILES.includes(path.split('/', 1)[0] ?? '') ||
      container ||
      apart ||
      /google\.protobuf|TestAllTypes/.test(expr)
    )
      return [];
    if (!isError && wanted === undefined) return [];
    const variables = Object.fromEntries(given.map(([name, value]) => [name, native(value as Value)]));
    return [
      {
        source: expr,
        variables,
        options: { unchecked: original.disableCheck },
        wanted: isError ? undefined : plainEncoded(encodeValue(wanted as Value)),
      },
    ];
  });
}

const isPlain = (value: Value | undefined): boolean => !(value instanceof Uint);

const native = (value: Value): unknown =>
  isList(value)
    ? value.map(native)
    : value instanceof CelMap
      ? Object.fromEntries([...value].map(([key, held]) => [String(key), native(held)]))
      : value;

async function score(library: Library, cases: readonly RecordedCase[]): Promise<Score> {
  const found: Score = { right: 0, other: 0, error: 0, value: 0 };
  for (const { source, variables, options, wanted } of cases) {
    let got: unknown;
    try {
      got = (await library.prepare(source, [variables as never], options))(0);
    } catch {
      got = undefined;
    }
    const answer = got === undefined ? undefined : plain(got);
    if (answer === wanted) found.right++;
    else if (answer === undefined) found.error++;
    else if (wanted === undefined) found.value++;
    else found.other++;
  }
  return found;
}

/** Prints how every library answers what cel-go's answers are known to. */
export async function printAnswers(
  print: (text: string) => void,
  line: (cells: readonly string[]) => void,
): Promise<void> {
  for (const [name, cases] of [
    ['Answers recorded from cel-go', recorded()],
    ['The conformance suite, core without messages and declarations', suite()],
  ] as const) {
    print(`\n${name} (${cases.length})\n`);
    line(['', 'right', 'another value', 'an error for a value', 'a value for an error']);
    line(['---', '---', '---', '---', '---']);
    for (const library of [OURS, ...OTHERS]) {
      const { right, other, error, value } = await score(library, cases);
      line([library.name, ...[right, other, error, value].map(String)]);
    }
  }
}

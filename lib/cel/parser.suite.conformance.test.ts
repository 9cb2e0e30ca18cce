import { getConformanceSuite, getParsingSuite } from '@bufbuild/cel-spec/testdata/tests.js';
import { describe, expect, test } from 'vitest';
import { expand } from './syntax/expand';
import { parse } from './syntax/parser';
import { debugString, flatten, type SuiteTest } from './testdata/parse-suite';

/** The suite's trees were recorded from a cel-go whose nesting limit was set to this. */
const RECORDED_NESTING = 32;

/**
 * Where the suite's record and cel-go's default environment of v0.28 part: a case listed here must differ.
 * - Backtick fields are on by default since then (cel-go pull request 1295); the suite was recorded before.
 * - The suite's parser had every macro of the parser package; the default environment lacks the newer name `existsOne`.
 */
const isElsewhere = ({ error = '', original: { expr } }: SuiteTest) => {
  const errors = error.split('\n').filter((line) => line.startsWith('ERROR'));
  const backticks = errors.length > 0 && errors.every((line) => line.includes("unsupported syntax: '`'"));
  return backticks || /existsOne\([^,]*,[^,]*\)$/.test(expr);
};

const agrees = ({ ast, original }: SuiteTest) => {
  const { expr, diagnostics } = parse(original.expr, RECORDED_NESTING);
  return ast === undefined ? diagnostics.length > 0 : diagnostics.length === 0 && debugString(expand(expr)) === ast;
};

const paths = (tests: readonly SuiteTest[]) => tests.map(({ path }) => path);

describe.each([
  { name: 'parsing', tests: flatten(getParsingSuite()), least: 190 },
  { name: 'conformance', tests: flatten(getConformanceSuite()), least: 2300 },
])('the $name suite', ({ tests, least }) => {
  test('is all there', () => expect(tests.length).toBeGreaterThanOrEqual(least));

  test('accepts and refuses the same, with the same trees', () => {
    expect(paths(tests.filter((test) => !isElsewhere(test) && !agrees(test)))).toEqual([]);
  });

  test('differs where its environment does', () => {
    expect(paths(tests.filter((test) => isElsewhere(test) && agrees(test)))).toEqual([]);
  });
});

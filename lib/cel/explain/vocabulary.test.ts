import { describe, expect, test } from 'vitest';
import { advise } from './advise';
import { DECISION_DECLARATIONS, check } from '../check/checker';
import { activation } from '../evaluate/activation';
import { parse } from '../syntax/parser';
import { compile } from '../evaluate/program';
import { formatType, type TypeField } from '../check/types';
import { CALLABLES, VARIABLES, VOCABULARY } from './vocabulary';
import { isError } from '../values/values';
import { CALLABLE_DOCS, VARIABLE_DOCS } from './vocabulary-docs';

/** Every path of the tree, groups and all. */
function paths(fields: Readonly<Record<string, TypeField>>, prefix = ''): string[] {
  return Object.entries(fields).flatMap(([name, { type }]) => [
    prefix + name,
    ...(type.fields ? paths(type.fields, `${prefix}${name}.`) : []),
  ]);
}

describe('variables', () => {
  test('what a decision declares is what the vocabulary lists', () => {
    expect(Object.keys(DECISION_DECLARATIONS)).toEqual(Object.keys(VOCABULARY));
  });
  test('the vendor documents two', () => {
    expect(VARIABLES.filter(({ documented }) => documented).map(({ path }) => path)).toEqual([
      'agent.slug',
      'request.args',
    ]);
  });
  test('each path has its line, and no line is left over', () => {
    expect(Object.keys(VARIABLE_DOCS).sort()).toEqual(paths(VOCABULARY).sort());
  });
  test('types', () => {
    const typed = Object.fromEntries(VARIABLES.map(({ path, type }) => [path, formatType(type)]));
    expect(typed).toMatchObject({
      'agent.tags': 'list(string)',
      'request.args': 'map(string, dyn)',
      'request.time': 'timestamp',
      'tool.annotations.readOnlyHint': 'bool',
    });
  });
  test.each(Object.entries(VARIABLE_DOCS))(
    'the example of %s is a condition that names it, without a warning',
    (path, { example }) => {
      const parsed = parse(example);
      const checked = check(parsed, { result: 'bool' });
      expect([...parsed.diagnostics, ...checked.diagnostics]).toEqual([]);
      expect(advise(parsed, { checked }).filter(({ code }) => code !== 'undocumented-variable')).toEqual([]);
      expect(example).toContain(path);
    },
  );
});

describe('functions, methods, macros and operators', () => {
  test('each has its line, and no line is left over', () => {
    expect(Object.keys(CALLABLE_DOCS).sort()).toEqual([...new Set(CALLABLES.map(({ name }) => name))].sort());
  });
  test('signatures read as calls', () => {
    const find = (name: string, kind: string): readonly string[] | undefined =>
      CALLABLES.find((one) => one.name === name && one.kind === kind)?.signatures;
    expect(find('contains', 'method')).toEqual(['string.contains(string) -> bool']);
    expect(find('matches', 'function')).toEqual(['matches(string, string) -> bool']);
    expect(find('_[_]', 'operator')).toEqual(['list(A)[int] -> A', 'map(A, B)[A] -> B']);
    expect(find('_?_:_', 'operator')).toEqual(['bool ? A : A -> A']);
    expect(find('@in', 'operator')).toEqual(['A in list(A) -> bool', 'A in map(A, B) -> bool']);
    expect(find('-_', 'operator')).toEqual(['-double -> double', '-int -> int']);
    expect(find('filter', 'macro')).toEqual(['list.filter(x, condition) -> list']);
  });
  const examples = Object.entries(CALLABLE_DOCS).flatMap(([name, { examples: list }]) =>
    list.map(([expression, value]): [string, string, string] => [name, expression, value]),
  );
  test.each(examples)('%s: %s is %s', async (_, expression, value) => {
    const compiled = await compile(value === 'error' ? expression : `dyn(${expression}) == ${value}`);
    if (!compiled.ok) expect.fail(compiled.diagnostics.map(({ message }) => message).join());
    const result = compiled.program.evaluate(activation({}));
    if (value === 'error') expect(isError(result)).toBe(true);
    else expect(result).toBe(true);
  });
  test('every line is one sentence without a full stop', () => {
    for (const { doc } of [...Object.values(VARIABLE_DOCS), ...Object.values(CALLABLE_DOCS)])
      expect(doc).toMatch(/^[A-Z][^\n]*[^.\n]$/);
  });
});

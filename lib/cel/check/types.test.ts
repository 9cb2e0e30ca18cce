import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FUNCTIONS } from './stdlib';
import { suggest } from './suggest';
import {
  DYN,
  INT,
  STRING,
  Substitution,
  formatType,
  listOf,
  mapOf,
  parseType,
  sameType,
  typeOf,
  type Type,
} from './types';

const type = (text: string): Type => parseType(text) ?? expect.fail(`${text} is no type`);

describe('how types are written', () => {
  test.each(['int', 'null', 'timestamp', 'list(int)', 'map(string, list(dyn))', 'type(map(int, double))', 'type'])(
    '%s',
    (text) => {
      expect(formatType(type(text))).toBe(text);
    },
  );
  test.each([
    '',
    'integer',
    'list',
    'list()',
    'list(int, int)',
    'map(int)',
    'list(int',
    'int)',
    'toString',
    'int(bool)',
  ])('%j is none', (text) => expect(parseType(text)).toBeUndefined());
  test('messages of the two times are those times', () => {
    expect(formatType(type('google.protobuf.Timestamp'))).toBe('timestamp');
    expect(formatType(type('google.protobuf.Duration'))).toBe('duration');
  });
});

describe('what may stand for what', () => {
  const CASES: readonly (readonly [from: string, to: string, may: boolean])[] = [
    ['int', 'int', true],
    ['int', 'double', false],
    ['int', 'dyn', true],
    ['dyn', 'int', true],
    ['list(int)', 'list(dyn)', true],
    ['list(int)', 'list(string)', false],
    ['map(string, int)', 'map(string, dyn)', true],
    ['map(string, int)', 'list(string)', false],
    ['null', 'timestamp', true],
    ['null', 'duration', true],
    ['timestamp', 'null', true],
    ['null', 'string', false],
    ['type(int)', 'type(string)', true],
    ['type', 'type(int)', true],
  ];
  test.each(CASES)('%s for %s: %s', (from, to, may) => {
    expect(new Substitution().assign(type(from), type(to))).toBe(may);
  });

  test('a parameter takes the more general of what it meets', () => {
    const found = new Substitution();
    const param = found.fresh();
    expect(found.assignAll([INT, DYN], [param, param])).toBe(true);
    expect(found.apply(param)).toBe(DYN);
  });
  test('a failed attempt leaves nothing behind', () => {
    const found = new Substitution();
    const [a, b] = [found.fresh(), found.fresh()];
    expect(found.assignAll([INT, STRING, INT], [a, b, STRING])).toBe(false);
    expect(found.apply(mapOf(a, b))).toEqual(mapOf(a, b));
  });
  test('no parameter is bound to what it occurs in', () => {
    const found = new Substitution();
    const param = found.fresh();
    expect(found.assign(param, listOf(param))).toBe(false);
    expect(found.assign(param, typeOf(param))).toBe(false);
    expect(found.apply(param, true)).toBe(DYN);
  });

  const simple = fc.constantFrom(...['dyn', 'int', 'uint', 'double', 'string', 'bool', 'null', 'timestamp'].map(type));
  const types = fc.letrec<{ type: Type }>((tie) => ({
    type: fc.oneof(
      { maxDepth: 4 },
      simple,
      tie('type').map(listOf),
      fc.tuple(tie('type'), tie('type')).map(([key, value]) => mapOf(key, value)),
    ),
  })).type;
  test('every type may stand for itself, for dyn, and for a fresh parameter, which it then is', () => {
    fc.assert(
      fc.property(types, (one) => {
        const found = new Substitution();
        const param = found.fresh();
        expect(found.assign(one, one) && found.assign(one, DYN) && found.assign(one, param)).toBe(true);
        expect(sameType(found.apply(param), one)).toBe(true);
        expect(sameType(type(formatType(one)), one)).toBe(true);
      }),
    );
  });
});

test('every overload of the standard library could be read, and its id is its own', () => {
  const ids = [...FUNCTIONS.values()].flat();
  expect(ids.filter(({ params, result }) => [result, ...params].some(({ kind }) => kind === 'error'))).toEqual([]);
  expect(new Set(ids.map(({ id }) => id)).size).toBe(ids.length);
  expect(ids).toHaveLength(161);
});

const SUGGESTIONS: readonly (readonly [name: string, candidates: string, found: string | undefined])[] = [
  ['slugg', 'name slug tags', 'slug'],
  ['chanel_id', 'text channel_id channel', 'channel_id'],
  ['userEmail', 'user_email useremail', 'useremail'],
  ['SLUG', 'slug name', 'slug'],
  ['slgu', 'slug', 'slug'],
  ['a', 'b c', undefined],
  ['completely', 'different words', undefined],
  ['slug', 'slug', undefined],
  ['', 'a', undefined],
];
test.each(SUGGESTIONS)('%j among %s: %s', (name, candidates, found) => {
  expect(suggest(name, candidates.split(' '))).toBe(found);
});

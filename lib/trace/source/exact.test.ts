import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { collectTrace } from '../collect';
import { encoder } from '../testkit';
import { parse, takeChanges } from './exact';

const CASES: readonly [text: string, changes: readonly string[]][] = [
  ['{"n":9007199254740993}', ['/n 9007199254740993 9007199254740992']],
  ['{ "a" : [ 1, -0 , -0e5 ] }', ['/a/1 -0 0', '/a/2 -0e5 0']],
  ['[0.1000000000000000055511151231257827]', ['/0 0.1000000000000000055511151231257827 0.1']],
  ['{"n":1e400}', ['/n 1e400 Infinity']],
  ['{"a/b":{"~":12345678901234567890}}', ['/a~1b/~0 12345678901234567890 12345678901234567000']],
  ['{"a":1,"b":{"a":2}}', []],
  ['{"a":1,"\\u0061":2}', ['/a twice']],
  ['{"a":1,"a":2,"a":3}', ['/a twice']],
  ['{"a":{"b":1,"b":2},"a":{"b":3}}', ['/a twice']],
  ['{"a":9007199254740993,"a":1}', ['/a twice']],
  ['{"__proto__":1,"__proto__":2}', ['/__proto__ twice']],
  ['{"k\\\\":1,"k\\\\":2}', ['/k\\ twice']],
  ['{"n":9007199254740992,"x":1.50,"y":1e2,"t":"a, 9007199254740993","u":"\\"n\\":-0"}', []],
  ['{"a":1,"b":":","c":"x\\":y"}', []],
];

const changesOf = (text: string): string[] =>
  takeChanges(parse(text))
    .map(({ path, change }) =>
      change.kind === 'number' ? `${path} ${change.written} ${String(change.read)}` : `${path} twice`,
    )
    .sort();

describe('what reading JSON changes', () => {
  test.each(CASES)('%s', (text, changes) => {
    expect(changesOf(text)).toEqual(changes);
    // What was taken out is gone.
    const value = parse(text);
    takeChanges(value);
    expect(takeChanges(value)).toEqual([]);
  });

  test('is nothing where a value was written by `JSON.stringify`', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.integer({ min: 0, max: 2 }), (value, space) => {
        const text = JSON.stringify(value, null, space);
        expect(parse(text)).toEqual(JSON.parse(text));
        expect(changesOf(text)).toEqual([]);
      }),
    );
  });

  test('is named where a key is written once more', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }), fc.nat(), (object, at) => {
        const keys = Object.keys(object);
        const key = keys[at % keys.length] ?? '';
        const text = `${JSON.stringify(object).slice(0, -1)},${JSON.stringify(key)}:true}`;
        expect(takeChanges(parse(text)).map(({ change }) => change)).toEqual([{ kind: 'duplicate-key', key }]);
      }),
    );
  });
});

test('an import names the call, the argument, and both numbers', async () => {
  const { summary, rejects } = await collectTrace([
    encoder.encode(
      '{"id":"a","tool":{"name":"pay"},"args":{"to":9007199254740993}}\n' +
        '{"id":"b","tool":{"name":"x"},"tool":{"name":"pay"},"args":{}}\n' +
        '{"id":"c","tool":{"name":"pay"},"args":{"to":[1e400]}}\n',
    ),
  ]);
  expect(summary.notes).toEqual([
    {
      code: 'value-changed',
      count: 2,
      message:
        '2 values are not read as written: call `a`: `/args/to`: 9007199254740993 is read as 9007199254740992; line 2: `/tool` is written twice, and the last one is read',
    },
  ]);
  expect(rejects.map(({ line, reason }) => [line, reason])).toEqual([
    [3, 'the argument `/args/to/0` of call `c` is 1e400, which is too large for a number'],
  ]);
});

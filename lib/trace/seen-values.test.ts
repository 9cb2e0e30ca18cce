import { expect, test } from 'vitest';
import type { JsonObject } from '../engine';
import { SeenValues } from './seen-values';

const seen = (path: readonly string[], calls: readonly (JsonObject | null | undefined)[], most = 100) => {
  const values = new SeenValues(path, most);
  for (const args of calls) values.add(args === undefined ? {} : { args });
  return values.commonest(10).map(({ value, count }) => `${value} ${count}`);
};

test.each<[readonly string[], readonly (JsonObject | null | undefined)[], readonly string[]]>([
  [['channel'], [{ channel: 'b' }, { channel: 'a' }, { channel: 'b' }], ['b 2', 'a 1']],
  [['to'], [{ to: ['x', 'y', 'x'] }, { to: ['y'] }], ['y 2', 'x 1']],
  [['repo', 'name'], [{ repo: { name: 'web' } }, { repo: 'web' }, { repo: null }], ['web 1']],
  [['n'], [{ n: 1 }, { n: true }, { n: '' }, { n: 'x'.repeat(201) }, { n: '\ud800' }], []],
  [['a'], [undefined, null, {}], []],
  [['__proto__'], [{}], []],
])('of %j in %j: %j', (path, calls, values) => {
  expect(seen(path, calls)).toEqual(values);
});

test('no more values are kept apart than is asked for', () => {
  const calls = Array.from({ length: 50 }, (_, i) => ({ id: `v${i % 25}` }));
  expect(seen(['id'], calls, 3)).toEqual(['v0 2', 'v1 2', 'v2 2']);
});

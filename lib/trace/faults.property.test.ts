import { describe, expect, test } from 'vitest';
import { collectTrace } from './collect';
import { CHUNK, MAX_LINE } from './source/limits';
import { encoder, eventsOf, nativeLine, nativeLines } from './testkit';

describe('a huge line', () => {
  const huge = encoder.encode(`{"id":"big","args":{"a":"${'x'.repeat(MAX_LINE)}"}}\n`);

  test('between good ones costs itself alone', async () => {
    const { calls, rejects } = await collectTrace([
      encoder.encode(nativeLines(0, 3)),
      huge,
      encoder.encode(nativeLines(3, 2)),
    ]);
    expect(calls.map(({ id }) => id)).toEqual(['c0', 'c1', 'c2', 'c3', 'c4']);
    expect(rejects).toHaveLength(1);
    expect(rejects[0]).toMatchObject({ line: 4, reason: `the line is longer than 16 MiB (${huge.length - 1} bytes)` });
    expect(rejects[0]?.excerpt.length).toBe(200);
  });

  test('of the largest size that is allowed is read', async () => {
    const frame = '{"id":"big","args":{"a":""}}';
    const fits = encoder.encode(
      `${nativeLine(0)}\n{"id":"big","args":{"a":"${'x'.repeat(MAX_LINE - frame.length)}"}}\n${nativeLine(1)}\n`,
    );
    const { calls, rejects } = await collectTrace([fits]);
    expect(rejects).toEqual([]);
    expect(calls.map(({ id }) => id)).toEqual(['c0', 'big', 'c1']);
  });
});

test('a document of many chunks keeps what precedes a fault, and says where it is', async () => {
  const good = Array.from({ length: 40_000 }, (_, i) => nativeLine(i)).join(',');
  const text = `[${good},{"id":"é","args":{"a":oops}},${nativeLine(40_001)}]`;
  const bytes = encoder.encode(text);
  expect(bytes.length).toBeGreaterThan(2 * CHUNK);
  const { calls, rejects } = await collectTrace([bytes]);
  expect(calls).toHaveLength(40_000);
  expect(rejects).toHaveLength(1);
  expect(rejects[0]?.offset).toBe(good.length + 2);
  expect(rejects[0]?.reason).toBe(
    `not JSON from here on: found \`o\` where a value is expected (at offset ${encoder.encode(text.slice(0, text.indexOf('oops'))).length})`,
  );
});

test('progress grows with the bytes, and ends with all of them', async () => {
  const bytes = encoder.encode(nativeLines(0, 60_000));
  const events = await eventsOf([bytes]);
  const progress = events.flatMap((event) => (event.kind === 'progress' ? [event.bytes] : []));
  expect(progress.length).toBeGreaterThan(2);
  expect(progress).toEqual([...progress].sort((a, b) => a - b));
  expect(progress.at(-1)).toBe(bytes.length);
});

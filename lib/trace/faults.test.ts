import { describe, expect, test } from 'vitest';
import { collectTrace } from './collect';
import { importTrace } from './import';
import { CHUNK, MAX_LINE } from './source/limits';
import type { ImportEvent } from './types';

const encoder = new TextEncoder();
const call = (i: number): string => JSON.stringify({ id: `c${i}`, tool: { name: 'send_message' }, args: { n: i } });
const lines = (from: number, count: number): string =>
  Array.from({ length: count }, (_, i) => `${call(from + i)}\n`).join('');

async function eventsOf(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  signal?: { aborted: boolean },
): Promise<ImportEvent[]> {
  const events: ImportEvent[] = [];
  for await (const event of importTrace(chunks, signal ? { signal } : {})) events.push(event);
  return events;
}

describe('a huge line', () => {
  const huge = encoder.encode(`{"id":"big","args":{"a":"${'x'.repeat(MAX_LINE)}"}}\n`);

  test('between good ones costs itself alone', async () => {
    const { calls, rejects } = await collectTrace([encoder.encode(lines(0, 3)), huge, encoder.encode(lines(3, 2))]);
    expect(calls.map(({ id }) => id)).toEqual(['c0', 'c1', 'c2', 'c3', 'c4']);
    expect(rejects).toHaveLength(1);
    expect(rejects[0]).toMatchObject({ line: 4, reason: `the line is longer than 16 MiB (${huge.length - 1} bytes)` });
    expect(rejects[0]?.excerpt.length).toBe(200);
  });

  test('of the largest size that is allowed is read', async () => {
    const frame = '{"id":"big","args":{"a":""}}';
    const fits = encoder.encode(
      `${call(0)}\n{"id":"big","args":{"a":"${'x'.repeat(MAX_LINE - frame.length)}"}}\n${call(1)}\n`,
    );
    const { calls, rejects } = await collectTrace([fits]);
    expect(rejects).toEqual([]);
    expect(calls.map(({ id }) => id)).toEqual(['c0', 'big', 'c1']);
  });
});

test('a document of many chunks keeps what precedes a fault, and says where it is', async () => {
  const good = Array.from({ length: 40_000 }, (_, i) => call(i)).join(',');
  const text = `[${good},{"id":"é","args":{"a":oops}},${call(40_001)}]`;
  const bytes = encoder.encode(text);
  expect(bytes.length).toBeGreaterThan(2 * CHUNK);
  const { calls, rejects } = await collectTrace([bytes]);
  expect(calls).toHaveLength(40_000);
  expect(rejects).toHaveLength(1);
  expect(rejects[0]?.offset).toBe(good.length + 2);
  expect(rejects[0]?.reason).toBe(
    `not JSON from here on: found \`o\` where a value should stand (at offset ${encoder.encode(text.slice(0, text.indexOf('oops'))).length})`,
  );
});

describe('cancelling', () => {
  async function* endless(): AsyncGenerator<Uint8Array> {
    for (let i = 0; ; i++) yield encoder.encode(lines(i * 1000, 1000));
  }

  test('stops a source without end, and says so last', async () => {
    const signal = { aborted: false };
    const events: ImportEvent[] = [];
    for await (const event of importTrace(endless(), { signal })) {
      events.push(event);
      if (event.kind === 'progress' && event.calls > 5000) signal.aborted = true;
    }
    expect(events.at(-1)?.kind).toBe('cancelled');
    expect(events.filter(({ kind }) => kind === 'done' || kind === 'failed')).toEqual([]);
  });

  test('before anything is read gives nothing', async () => {
    const events = await eventsOf([encoder.encode(lines(0, 5))], { aborted: true });
    expect(events.map(({ kind }) => kind)).toEqual(['cancelled']);
  });

  test('closes the source, also where the reader turns away', async () => {
    let closed = 0;
    async function* source(): AsyncGenerator<Uint8Array> {
      try {
        for (let i = 0; ; i++) yield encoder.encode(lines(i * 1000, 1000));
      } finally {
        closed++;
      }
    }
    const signal = { aborted: false };
    for await (const event of importTrace(source(), { signal })) if (event.kind === 'progress') signal.aborted = true;
    for await (const event of importTrace(source())) if (event.kind === 'progress') break;
    expect(closed).toBe(2);
  });
});

test('a source that breaks off is told apart from its end', async () => {
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield encoder.encode(lines(0, 2000));
    await Promise.resolve();
    throw new Error('the disk went away');
  }
  const events = await eventsOf(broken());
  const last = events.at(-1);
  expect(last).toMatchObject({ kind: 'failed', reason: 'reading stopped: the disk went away' });
  expect(last?.kind === 'failed' ? last.summary.calls : 0).toBe(2000);
});

test('progress grows with the bytes, and ends with all of them', async () => {
  const bytes = encoder.encode(lines(0, 60_000));
  const events = await eventsOf([bytes]);
  const progress = events.flatMap((event) => (event.kind === 'progress' ? [event.bytes] : []));
  expect(progress.length).toBeGreaterThan(2);
  expect(progress).toEqual([...progress].sort((a, b) => a - b));
  expect(progress.at(-1)).toBe(bytes.length);
});

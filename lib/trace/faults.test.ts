import { describe, expect, test } from 'vitest';
import { importTrace } from './import';
import { encoder, eventsOf, nativeLines } from './testkit';
import type { ImportEvent } from './types';

describe('cancelling', () => {
  async function* endless(): AsyncGenerator<Uint8Array> {
    for (let i = 0; ; i++) yield encoder.encode(nativeLines(i * 1000, 1000));
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
    const events = await eventsOf([encoder.encode(nativeLines(0, 5))], { aborted: true });
    expect(events.map(({ kind }) => kind)).toEqual(['cancelled']);
  });

  test('closes the source, also where the reader turns away', async () => {
    let closed = 0;
    async function* source(): AsyncGenerator<Uint8Array> {
      try {
        for (let i = 0; ; i++) yield encoder.encode(nativeLines(i * 1000, 1000));
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

test('a source that breaks off is distinguished from its end', async () => {
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield encoder.encode(nativeLines(0, 2000));
    await Promise.resolve();
    throw new Error('the disk went away');
  }
  const events = await eventsOf(broken());
  const last = events.at(-1);
  expect(last).toMatchObject({ kind: 'failed', reason: 'reading stopped: the disk went away' });
  expect(last?.kind === 'failed' ? last.summary.calls : 0).toBe(2000);
});

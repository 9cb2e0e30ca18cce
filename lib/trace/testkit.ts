import type { Call } from '../engine';
import { TraceColumns } from './columns';
import type { ChunkedTrace, TraceWork } from './decide-trace';
import { importTrace } from './import';
import { packCalls } from './packed';
import type { ImportEvent } from './types';

/** For tests: calls as a trace in chunks of a few. `reads` counts how often lines were asked for. */
export function chunked(calls: readonly Call[], size = 4): ChunkedTrace & { reads: number } {
  const columns = new TraceColumns(1);
  const texts: string[] = [];
  for (let from = 0; from < calls.length; from += size) {
    const { head, lines } = packCalls(calls.slice(from, from + size));
    columns.append(head);
    texts.push(lines);
  }
  return {
    columns,
    reads: 0,
    lines(chunk) {
      this.reads += 1;
      return Promise.resolve(texts[chunk]?.split('\n'));
    },
  };
}

/** Work that is never stopped. */
export const unhurried: TraceWork = { pause: () => Promise.resolve(), stopped: () => false };

export const encoder = new TextEncoder();

/** For tests: a call as a line of the native format, without its end. */
export const nativeLine = (i: number): string =>
  JSON.stringify({ id: `c${i}`, tool: { name: 'send_message' }, args: { n: i } });

/** For tests: so many such lines, each with its end. */
export const nativeLines = (from: number, count: number): string =>
  Array.from({ length: count }, (_, i) => `${nativeLine(from + i)}\n`).join('');

/** For tests: all that an import reports. */
export async function eventsOf(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  signal?: { aborted: boolean },
): Promise<ImportEvent[]> {
  const events: ImportEvent[] = [];
  for await (const event of importTrace(chunks, signal ? { signal } : {})) events.push(event);
  return events;
}

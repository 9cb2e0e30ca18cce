import type { Call } from '../engine';
import { TraceColumns } from './columns';
import type { ChunkedTrace, Work } from './decide-trace';
import { packCalls } from './packed';

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

/** Work that nobody stops. */
export const unhurried: Work = { pause: () => Promise.resolve(), stopped: () => false };

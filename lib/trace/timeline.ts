import type { TraceColumns } from './columns';
import type { ReplayResult } from './replay-result';

/** How many calls were allowed, denied, conditional in each of equal spans of time. */
export interface Timeline {
  /** Milliseconds since 1970: from the first to before the second. */
  readonly from: number;
  readonly to: number;
  /** For each span in turn, by the codes of `EFFECT_CODES`: three numbers a span. */
  readonly counts: Uint32Array<ArrayBuffer>;
  /** Calls without a time. */
  readonly untimed: number;
}

/** Undefined where no two calls have times that differ. `spans`: how many spans at most. */
export function timelineOf(
  { times }: TraceColumns,
  { effects }: ReplayResult,
  places: Iterable<number>,
  spans: number,
): Timeline | undefined {
  let from = Infinity;
  let last = -Infinity;
  for (const time of times) {
    if (time < from) from = time;
    if (time > last) last = time;
  }
  if (!(last > from)) return undefined;
  // The last call lies before the end.
  const to = last + 1;
  const width = (to - from) / spans;
  const counts = new Uint32Array(spans * 3);
  let untimed = 0;
  for (const i of places) {
    const time = times[i] ?? NaN;
    if (Number.isNaN(time)) {
      untimed++;
      continue;
    }
    const at = Math.min(spans - 1, Math.floor((time - from) / width)) * 3 + (effects[i] ?? 2);
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return { from, to, counts, untimed };
}

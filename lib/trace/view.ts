import type { ChunkedTrace, TraceWork } from './decide-trace';
import { filterTrace, type CallFilter } from './filter';
import { groupPlaces, sortPlaces, type GroupBy, type TraceGroup, type TraceOrder } from './order';
import type { ReplayResult } from './replay-result';
import { timelineOf, type Timeline } from './timeline';

/** What the user wants to see of a trace, and how. */
export interface ViewWanted {
  readonly filter: CallFilter;
  /** Undefined: as in the trace. */
  readonly order?: TraceOrder;
  readonly group?: GroupBy;
}

export interface TraceView {
  /** The places of the calls to show, in order; undefined: all, in the order of the trace. */
  readonly places: Uint32Array<ArrayBuffer> | undefined;
  readonly count: number;
  /** Undefined where the list is not grouped. */
  readonly groups: readonly TraceGroup[] | undefined;
  /** Of all calls that pass the filter, its span of time aside. */
  readonly timeline: Timeline | undefined;
}

const SPANS = 96;

/** Undefined where it was stopped. */
export async function viewOf(
  trace: ChunkedTrace,
  results: ReplayResult,
  { filter: { time, ...filter }, order, group }: ViewWanted,
  work: TraceWork,
): Promise<TraceView | undefined> {
  const { columns } = trace;
  const kept = await filterTrace(trace, filter, results, work);
  if (kept === undefined) return undefined;
  const timeline = timelineOf(columns, results, kept, SPANS);
  let places = kept;
  if (time !== undefined) {
    const { times } = columns;
    const [from, to] = time;
    places = kept.filter((i) => (times[i] ?? NaN) >= from && (times[i] ?? NaN) < to);
  }
  if (order !== undefined) places = sortPlaces(columns, results, places, order);
  const grouped = group === undefined ? undefined : groupPlaces(columns, results, places, group);
  const all = order === undefined && grouped === undefined && places.length === columns.length;
  return {
    places: all ? undefined : (grouped?.places ?? places),
    count: places.length,
    groups: grouped?.groups,
    timeline,
  };
}

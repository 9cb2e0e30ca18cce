import type { TraceColumns } from './columns';
import type { ChunkedTrace, TraceWork } from './decide-trace';
import { filterTrace, type CallFilter } from './filter';
import { groupPlaces, sortPlaces, type GroupBy, type TraceGroup, type TraceOrder } from './order';
import type { ReplayResult } from './replay-result';
import { keptByCondition, type ConditionTally, type TriedCondition } from './tried-condition';
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
  /** What the filter's condition gives for the calls that pass the rest of the filter; undefined where it has none. */
  readonly condition: ConditionTally | undefined;
}

const SPANS = 96;

/**
 * `conditions` gives the filter's condition as far as it was tried before. Undefined where it was stopped.
 */
export async function viewOf(
  trace: ChunkedTrace,
  results: ReplayResult,
  { filter: { time, condition, ...filter }, order, group }: ViewWanted,
  work: TraceWork,
  conditions: (source: string) => Promise<TriedCondition>,
): Promise<TraceView | undefined> {
  const { columns } = trace;
  const passing = await filterTrace(trace, filter, results, work);
  if (passing === undefined) return undefined;
  const within = timeTest(columns, time);
  const tried = condition && (await conditions(condition.source));
  const judged =
    tried && (await keptByCondition(trace, tried, { places: passing, gives: condition.gives, counts: within }, work));
  if (tried !== undefined && judged === undefined) return undefined;
  const kept = judged?.places ?? passing;
  const timeline = timelineOf(columns, results, kept, SPANS);
  let places = time === undefined ? kept : kept.filter(within);
  if (order !== undefined) places = sortPlaces(columns, results, places, order);
  const grouped = group === undefined ? undefined : groupPlaces(columns, results, places, group);
  const all = order === undefined && grouped === undefined && places.length === columns.length;
  return {
    places: all ? undefined : (grouped?.places ?? places),
    count: places.length,
    groups: grouped?.groups,
    timeline,
    condition: judged?.tally,
  };
}

function timeTest({ times }: TraceColumns, time: CallFilter['time']): (index: number) => boolean {
  if (time === undefined) return () => true;
  const [from, to] = time;
  return (i) => (times[i] ?? NaN) >= from && (times[i] ?? NaN) < to;
}

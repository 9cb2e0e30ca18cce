import { asksArguments, type Call, type CompiledPolicy } from '../engine';
import type { TraceColumns } from './columns';
import { redeciding } from './redecide';
import { ReplayTape } from './replay';
import { emptyColumns, type ReplayResult } from './replay-result';
import { ReplayTallies } from './tally';

/** A trace whose arguments lie elsewhere. */
export interface ChunkedTrace {
  readonly columns: TraceColumns;
  /** The lines of a chunk (see `PackedCalls.lines`); undefined where they are lost: what they held is unknown. */
  lines(chunk: number): Promise<readonly string[] | undefined>;
}

/** Long work as seen by who asked for it. */
export interface TraceWork {
  /** Called every few calls; resolves when work may go on. */
  pause(done: number, total: number): Promise<void>;
  /** True once the answer is not wanted any more. */
  stopped(): boolean;
}

/** `replay` over a trace of any length; undefined where it was stopped. Arguments are read only where a condition asks for them. */
export async function replayTrace(
  compiled: CompiledPolicy,
  trace: ChunkedTrace,
  work: TraceWork,
): Promise<ReplayResult | undefined> {
  const tape = new ReplayTape(compiled, emptyColumns(trace.columns.length), new ReplayTallies(compiled.policy));
  const asks = asksArguments(compiled);
  const whole = await overCalls(trace, work, {
    asks: (_, call) => asks(call),
    each: (index, call) => tape.decide(index, call),
  });
  return whole ? tape.result() : undefined;
}

/**
 * `redecide` over a trace of any length; undefined where it was stopped. INVARIANT: `previous` is the result of `before` over this very
 * trace.
 */
export async function redecideTrace(
  previous: ReplayResult,
  before: CompiledPolicy,
  after: CompiledPolicy,
  trace: ChunkedTrace,
  work: TraceWork,
): Promise<ReplayResult | undefined> {
  const again = redeciding(previous, before, after);
  if (again === null || previous.effects.length !== trace.columns.length) return replayTrace(after, trace, work);
  const whole = await overCalls(trace, work, {
    wanted: (call) => again.touches(call),
    asks: (index, call) => again.asks(index, call),
    each: (index, call) => again.decide(index, call),
  });
  return whole ? again.result() : undefined;
}

/** Visits every call, whole; false where it was stopped before the end. */
export const overTrace = (
  trace: ChunkedTrace,
  work: TraceWork,
  each: (index: number, call: Call) => void,
): Promise<boolean> => overCalls(trace, work, { asks: () => true, each });

interface ChunkVisit {
  /** Which calls are visited; all, where it is missing. */
  readonly wanted?: (call: Call) => boolean;
  /** Whether visiting the call needs its line. */
  readonly asks: (index: number, call: Call) => boolean;
  readonly each: (index: number, call: Call) => void;
}

/** One call may take as long as its conditions may cost, so a chunk is too much at a time. */
export const CALLS_BETWEEN_PAUSES = 32;

/** Visits calls chunk by chunk; false where it was stopped before the end. */
async function overCalls(trace: ChunkedTrace, work: TraceWork, { wanted, asks, each }: ChunkVisit): Promise<boolean> {
  const { columns } = trace;
  for (let chunk = 0; chunk < columns.chunks; chunk++) {
    const [from, to] = columns.span(chunk);
    const visited: number[] = [];
    let needed = false;
    for (let i = from; i < to; i++) {
      const call = columns.withLine(i, undefined);
      if (wanted !== undefined && !wanted(call)) continue;
      visited.push(i);
      needed ||= asks(i, call);
    }
    const own = needed ? await trace.lines(chunk) : undefined;
    for (const [n, i] of visited.entries()) {
      each(i, columns.withLine(i, own?.[i - from]));
      if (n % CALLS_BETWEEN_PAUSES !== CALLS_BETWEEN_PAUSES - 1) continue;
      await work.pause(i + 1, columns.length);
      if (work.stopped()) return false;
    }
    await work.pause(to, columns.length);
    if (work.stopped()) return false;
  }
  return true;
}

import {
  compileLoneCondition,
  CONDITION_ANSWERS,
  type CompiledLoneCondition,
  type ConditionError,
  type ConditionAnswer,
} from '../engine';
import { CALLS_BETWEEN_PAUSES, type ChunkedTrace, type TraceWork } from './decide-trace';

/** A condition, and what it gave for the calls of one trace that it was tried on. */
export interface TriedCondition {
  readonly compiled: CompiledLoneCondition;
  /** For each call the place of its outcome in `CONDITION_ANSWERS`, or `NOT_TRIED`. */
  readonly codes: Uint8Array<ArrayBuffer>;
}

const NOT_TRIED = 255;

/** `calls`: how many the trace has. */
export const triedCondition = async (source: string, calls: number): Promise<TriedCondition> => ({
  compiled: await compileLoneCondition(source),
  codes: new Uint8Array(calls).fill(NOT_TRIED),
});

/** How many calls a condition gave what for; or why it does not compile. */
export type ConditionTally =
  | ({ readonly kind: 'tried' } & Readonly<Record<ConditionAnswer, number>>)
  | { readonly kind: 'failed'; readonly error: ConditionError };

export interface ConditionWanted {
  /** The calls to try, in order. */
  readonly places: Uint32Array<ArrayBuffer>;
  readonly gives: ConditionAnswer;
  /** Which of them are counted. */
  readonly counts: (index: number) => boolean;
}

export interface JudgedCalls {
  readonly places: Uint32Array<ArrayBuffer>;
  readonly tally: ConditionTally;
}

/**
 * Keeps the calls for which the condition gives what is wanted; none where it does not compile. Each call is tried once, whatever is asked
 * later. Undefined where it was stopped.
 */
export async function keptByCondition(
  trace: ChunkedTrace,
  tried: TriedCondition,
  { places, gives, counts }: ConditionWanted,
  work: TraceWork,
): Promise<JudgedCalls | undefined> {
  if (!tried.compiled.ok) return { places: new Uint32Array(), tally: { kind: 'failed', error: tried.compiled.error } };
  if (!(await tryOn(trace, tried, places, work))) return undefined;
  const { codes } = tried;
  const tally = { true: 0, false: 0, error: 0, unknown: 0 };
  for (const i of places) {
    const outcome = CONDITION_ANSWERS[codes[i] ?? NOT_TRIED];
    if (outcome !== undefined && counts(i)) tally[outcome] += 1;
  }
  const wanted = CONDITION_ANSWERS.indexOf(gives);
  return { places: places.filter((i) => codes[i] === wanted), tally: { kind: 'tried', ...tally } };
}

/** False where it was stopped before the end. */
async function tryOn(
  trace: ChunkedTrace,
  { compiled, codes }: TriedCondition,
  places: Uint32Array<ArrayBuffer>,
  work: TraceWork,
): Promise<boolean> {
  if (!compiled.ok) return true;
  const { asksArguments, answerFor } = compiled.condition;
  const { columns } = trace;
  const due = places.filter((i) => codes[i] === NOT_TRIED);
  for (let at = 0; at < due.length;) {
    const chunk = columns.chunkOf(due[at] ?? 0);
    const [from, to] = columns.span(chunk);
    const lines = asksArguments ? await trace.lines(chunk) : undefined;
    for (; at < due.length && (due[at] ?? to) < to; at++) {
      const i = due[at] ?? 0;
      codes[i] = CONDITION_ANSWERS.indexOf(answerFor(columns.withLine(i, lines?.[i - from])));
      if (at % CALLS_BETWEEN_PAUSES !== CALLS_BETWEEN_PAUSES - 1) continue;
      await work.pause(at + 1, due.length);
      if (work.stopped()) return false;
    }
    await work.pause(at, due.length);
    if (work.stopped()) return false;
  }
  return true;
}

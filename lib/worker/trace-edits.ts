/** Edits of all calls of a trace, chunk by chunk: what comes out is stored as the trace that takes its place. */
import { withSettings, type FactSettings } from '../analysis';
import type { Call } from '../engine';
import { unpackCall, type TraceColumns } from '../trace';
import type { LoadedTrace } from './loaded-trace';
import type { CallSplice } from './protocol';

/** All calls of a trace, and one more. */
export async function* callsOf(trace: LoadedTrace | undefined, more?: Call): AsyncGenerator<readonly Call[]> {
  for (let chunk = 0; chunk < (trace?.columns.chunks ?? 0); chunk++) yield (await trace?.calls(chunk)) ?? [];
  if (more !== undefined) yield [more];
}

export async function* spliced(
  parts: AsyncIterable<readonly Call[]>,
  { index, remove, insert }: CallSplice,
): AsyncGenerator<readonly Call[]> {
  let from = 0;
  let pending = insert;
  for await (const part of parts) {
    const at = index - from;
    yield part.filter((_, i) => i < at);
    if (at < part.length) {
      yield pending;
      pending = [];
    }
    yield part.filter((_, i) => i >= at + remove);
    from += part.length;
  }
  yield pending;
}

/** Sets facts on the calls at these places, or on all; each call that changes is counted. */
export async function* settingFacts(
  parts: AsyncIterable<readonly Call[]>,
  settings: FactSettings,
  places: Uint32Array | undefined,
  onChange: () => void,
): AsyncGenerator<readonly Call[]> {
  const chosen = places === undefined ? undefined : new Set(places);
  let at = 0;
  for await (const part of parts) {
    yield part.map((call) => {
      const index = at++;
      if (chosen?.has(index) === false) return call;
      const changed = withSettings(call, settings);
      if (changed !== call) onChange();
      return changed;
    });
  }
}

/** The calls with the parts that they had before: all but id, time and arguments, which setting facts leaves as they are. */
export async function* takingPartsBack(
  parts: AsyncIterable<readonly Call[]>,
  before: TraceColumns,
): AsyncGenerator<readonly Call[]> {
  let at = 0;
  for await (const part of parts) {
    yield part.map(({ id, time, args }) => ({
      ...unpackCall(before, at++, undefined),
      id,
      ...(time === undefined ? {} : { time }),
      ...(args === undefined ? {} : { args }),
    }));
  }
}

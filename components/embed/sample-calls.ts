import type { Bundle } from '@/lib/bundle';
import { callId, type Call, type CallId } from '@/lib/engine';

/** An embed shows a few calls; a trace is for the playground. */
export const MOST_SAMPLES = 50;

/** The calls that a bundle brings: those of its trace, else those of its tests, each with an id of its own. */
export function callsOf({ trace = [], tests = [], focus }: Bundle): readonly Call[] {
  const calls = trace.length > 0 ? trace : withOwnIds(tests.map(({ call }) => call));
  if (calls.length <= MOST_SAMPLES) return calls;
  const focused = calls.find(({ id }) => id === focus);
  const first = calls.slice(0, MOST_SAMPLES);
  return focused === undefined || first.includes(focused) ? first : [focused, ...first.slice(0, -1)];
}

/** The calls of tests may share an id; those of a trace may not, and here they are distinguished by it. */
function withOwnIds(calls: readonly Call[]): readonly Call[] {
  const taken = new Set(calls.map(({ id }) => id));
  /** How many have been met with an id, or the number that the last one got. */
  const copies = new Map<CallId, number>();
  return calls.map((call) => {
    let copy = copies.get(call.id);
    if (copy === undefined) {
      copies.set(call.id, 1);
      return call;
    }
    let id: CallId;
    do id = callId(`${call.id}-${String(++copy)}`);
    while (taken.has(id));
    copies.set(call.id, copy);
    taken.add(id);
    return { ...call, id };
  });
}

/** The call to show first. */
export function sampleOf(bundle: Bundle, focus: CallId | undefined): Call | undefined {
  const calls = callsOf(bundle);
  return calls.find(({ id }) => id === focus) ?? calls[0];
}

/** The bundle with a call of the same id replaced. A test keeps its call: what is tried on it becomes a call of the trace. */
export function withCall(bundle: Bundle, call: Call): Bundle {
  const { trace = [] } = bundle;
  const calls = trace.length > 0 ? trace : callsOf(bundle);
  return { ...bundle, trace: calls.map((one) => (one.id === call.id ? call : one)) };
}

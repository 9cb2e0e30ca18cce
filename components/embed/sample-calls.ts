import type { Bundle } from '@/lib/bundle';
import type { Call, CallId } from '@/lib/engine';

/** An embed shows a few calls; a trace is for the playground. */
export const MOST_SAMPLES = 50;

/** The calls that a bundle brings: those of its trace, else those of its tests. */
export function callsOf({ trace = [], tests = [], focus }: Bundle): readonly Call[] {
  const calls = trace.length > 0 ? trace : tests.map(({ call }) => call);
  if (calls.length <= MOST_SAMPLES) return calls;
  const focused = calls.find(({ id }) => id === focus);
  const first = calls.slice(0, MOST_SAMPLES);
  return focused === undefined || first.includes(focused) ? first : [focused, ...first.slice(0, -1)];
}

/** The call to show first. */
export function sampleOf(bundle: Bundle, focus: CallId | undefined): Call | undefined {
  const calls = callsOf(bundle);
  return calls.find(({ id }) => id === focus) ?? calls[0];
}

/** The bundle with a call of the same id replaced. A test keeps its call: what is tried on it becomes a call of the trace. */
export function withCall(bundle: Bundle, call: Call): Bundle {
  const calls = callsOf(bundle);
  const trace = (bundle.trace ?? []).length > 0 ? (bundle.trace ?? []) : calls;
  return { ...bundle, trace: trace.map((one) => (one.id === call.id ? call : one)) };
}

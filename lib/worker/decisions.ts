import { compilePolicy, type CompiledPolicy, type Policy } from '../engine';
import { redecideTrace, replayTrace, type ReplayResult, type TraceWork } from '../trace';
import type { LoadedTrace } from './loaded-trace';
import { textOf } from './policy-text';
import { SupersededError } from './superseded';

/** A policy with its decisions over a trace. */
export interface Decisions {
  /** What of the policy decides, as text: equal where the decisions are. */
  readonly text: string;
  readonly policy: CompiledPolicy;
  readonly trace: LoadedTrace;
  readonly results: ReplayResult;
}

/**
 * The decisions of a policy over a trace, from those that are known of policies near it, so that only what differs is decided again.
 * Throws `SupersededError` where the work was stopped.
 */
export async function decisionsOf(
  policy: Policy,
  trace: LoadedTrace,
  near: readonly (Decisions | undefined)[],
  work: TraceWork,
): Promise<Decisions> {
  const text = textOf(policy);
  const compiled = near.find((one) => one?.text === text)?.policy ?? (await compilePolicy(policy));
  const known = near.filter((one) => one?.trace === trace);
  const same = known.find((one) => one?.text === text);
  // Field by field: what is known may hold more, such as the stamp that it was shown under.
  if (same !== undefined) return { text, policy: compiled, trace, results: same.results };
  const [nearest] = known;
  const results =
    nearest === undefined
      ? await replayTrace(compiled, trace, work)
      : await redecideTrace(nearest.results, nearest.policy, compiled, trace, work);
  if (results === undefined) throw new SupersededError();
  return { text, policy: compiled, trace, results };
}

import { missingFacts, type MissingFact } from '../analysis';
import { compilePolicy, decide, decideRow, type CompiledPolicy, type Decision, type Policy } from '../engine';
import { recordedVerdict, type ImportedCall, type PolicyEvent, type RecordedVerdict } from '../trace';
import { causesOf } from './causes/causes';
import type { DivergenceCause } from './cause';
import { NO_EVIDENCE, type LogEvidence } from './divergence';

/** A recorded decision beside the one that the policy gives. */
export interface ReproducedCall {
  readonly call: ImportedCall;
  readonly decision: Decision;
  readonly verdict: RecordedVerdict;
  /** Of a divergence: what explains it, the likeliest first. */
  readonly causes: readonly DivergenceCause[];
  /** Of a decision that is not reproducible: the facts that are missing, and what their values would decide. */
  readonly missing: readonly MissingFact[];
}

/** One call by itself, or with what the whole log says. */
export async function reproduceCall(
  compiled: CompiledPolicy,
  call: ImportedCall,
  log: LogEvidence = NO_EVIDENCE,
): Promise<ReproducedCall> {
  const decision = decide(compiled, call);
  const verdict = recordedVerdict(call.recorded, decision, compiled.policy.rules);
  const causes =
    verdict === 'diverged' && call.recorded
      ? await causesOf({ compiled, call, recorded: call.recorded, decision, log })
      : [];
  const missing = decision.effect === 'conditional' ? await missingFacts(compiled, call) : [];
  return { call, decision, verdict, causes, missing };
}

/** How the entries of a log compare, and those among them that ask for a reason. */
export interface ReproducedLog {
  readonly counts: Readonly<Record<RecordedVerdict, number>>;
  readonly evidence: LogEvidence;
  /** Diverged, not reproducible, or reproduced by another rule; in the order of the log. */
  readonly notable: readonly ReproducedCall[];
  /** Notable calls beyond `MOST_NOTABLE`: counted, without their reasons. */
  readonly further: number;
}

/** Causes are looked for in so many entries. */
export const MOST_NOTABLE = 1000;

/**
 * A whole log: each entry decided, then causes for those that differ, with the rest of the log as evidence.
 * @param signal looked at between entries; an aborted one ends it with what is known so far
 */
export async function reproduceLog(
  policy: Policy,
  calls: readonly ImportedCall[],
  events: readonly PolicyEvent[],
  signal?: { readonly aborted: boolean },
): Promise<ReproducedLog> {
  const compiled = await compilePolicy(policy);
  const gathered = new LogReview(compiled);
  for (const call of calls) gathered.add(call);
  return gathered.finish(events, signal);
}

/** Reviews a log entry by entry, so that it need not be in memory whole. */
export class LogReview {
  readonly #counts: Record<RecordedVerdict, number> = {
    none: 0,
    reproduced: 0,
    'other-rule': 0,
    diverged: 0,
    'not-reproducible': 0,
  };
  readonly #contradictions = new Map<string, number>();
  readonly #notable: ImportedCall[] = [];
  #further = 0;

  constructor(private readonly compiled: CompiledPolicy) {}

  add(call: ImportedCall): void {
    const row = decideRow(this.compiled, call);
    const verdict = recordedVerdict(call.recorded, row, this.compiled.policy.rules);
    this.#counts[verdict]++;
    if (verdict === 'reproduced') {
      // INVARIANT: the hazard is there exactly where the other reading gives another effect, which the record then contradicts.
      for (const hazard of row.hazards) if (hazard.kind === 'our-reading') this.#contradict(hazard.reading);
      if (this.#hangsOnGate(call, row.effect)) this.#contradict('gated-when-false');
    }
    if (verdict === 'none' || verdict === 'reproduced') return;
    if (this.#notable.length < MOST_NOTABLE) this.#notable.push(call);
    else this.#further++;
  }

  async finish(events: readonly PolicyEvent[], signal?: { readonly aborted: boolean }): Promise<ReproducedLog> {
    const evidence: LogEvidence = { events, contradictions: this.#contradictions };
    const notable: ReproducedCall[] = [];
    for (const call of this.#notable) {
      if (signal?.aborted === true) break;
      notable.push(await reproduceCall(this.compiled, call, evidence));
    }
    return { counts: this.#counts, evidence, notable, further: this.#further + this.#notable.length - notable.length };
  }

  #contradict(reading: string): void {
    this.#contradictions.set(reading, (this.#contradictions.get(reading) ?? 0) + 1);
  }

  /** Whether the setting `gatedWhenFalse` makes a difference to a call. */
  #hangsOnGate(call: ImportedCall, effect: string): boolean {
    const { underContinue } = decide(this.compiled, call);
    return underContinue !== undefined && underContinue.effect !== effect;
  }
}

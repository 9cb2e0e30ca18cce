import { missingFacts, type MissingFact } from '../analysis';
import { compilePolicy, decide, decideRow, type CompiledPolicy, type Decision, type Policy } from '../engine';
import { recordedVerdict, type ImportedCall, type PolicyEvent, type RecordedVerdict, type TraceWork } from '../trace';
import { causesOf } from './causes/causes';
import type { DivergenceCause } from './cause';
import { NO_EVIDENCE, refutationKey, type LogEvidence } from './divergence';
import { otherReadings, type OtherReading } from './other-readings';

/** A recorded decision beside the one that the policy gives. */
export interface ReproducedCall {
  readonly call: ImportedCall;
  readonly decision: Pick<Decision, 'effect' | 'decidedBy'>;
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
  const { effect, decidedBy } = decision;
  const verdict = recordedVerdict(call.recorded, decision, compiled.policy.rules);
  const causes =
    verdict === 'diverged' && call.recorded
      ? await causesOf({ compiled, call, recorded: call.recorded, decision, log })
      : [];
  const missing = decision.effect === 'conditional' ? await missingFacts(compiled, call) : [];
  return { call, decision: { effect, decidedBy }, verdict, causes, missing };
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
const MOST_NOTABLE = 1000;

/** So many reproduced entries are decided under the readings that no hazard names; one is enough to refute a reading. */
const MOST_COMPARED = 20_000;

/** A whole log: each entry decided, then causes for those that differ, with the rest of the log as evidence. */
export async function reproduceLog(
  policy: Policy,
  calls: readonly ImportedCall[],
  events: readonly PolicyEvent[],
): Promise<ReproducedLog> {
  const review = await LogReview.of(await compilePolicy(policy));
  for (const call of calls) review.add(call);
  return review.finish(events);
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
  readonly #contradictions: Map<string, number>;
  readonly #notable: ImportedCall[] = [];
  readonly #isGated: boolean;
  #further = 0;
  #compared = 0;

  private constructor(
    private readonly compiled: CompiledPolicy,
    known: LogEvidence['contradictions'],
    private readonly others: readonly OtherReading[],
  ) {
    this.#contradictions = new Map(known);
    this.#isGated = compiled.policy.rules.some(({ effect }) => effect === 'gated');
  }

  /** @param known what other entries of the same log, which are not added here, say against readings */
  static async of(compiled: CompiledPolicy, known = NO_EVIDENCE.contradictions): Promise<LogReview> {
    const others = await otherReadings(compiled);
    return new LogReview(
      compiled,
      known,
      others.filter(({ isHazard, reading }) => !isHazard && reading !== 'gatedWhenFalse'),
    );
  }

  /** Counts one entry; later ones may still change its causes. */
  add(call: ImportedCall): RecordedVerdict {
    const row = decideRow(this.compiled, call);
    const verdict = recordedVerdict(call.recorded, row, this.compiled.policy.rules);
    this.#counts[verdict]++;
    if (verdict === 'reproduced') {
      // INVARIANT: the hazard is there exactly where the other reading gives another effect, which the record then contradicts.
      for (const hazard of row.hazards) if (hazard.kind === 'our-reading') this.#contradict(hazard.reading);
      if (this.#hangsOnGate(call, row.effect)) this.#contradict('gatedWhenFalse');
      this.#compareReadings(call, row.effect);
    }
    if (verdict === 'none' || verdict === 'reproduced') return verdict;
    if (this.#notable.length < MOST_NOTABLE) this.#notable.push(call);
    else this.#further++;
    return verdict;
  }

  /** Looks for the causes. @param work paused between entries; work that was stopped ends it with what is known so far */
  async finish(events: readonly PolicyEvent[], work?: TraceWork): Promise<ReproducedLog> {
    const evidence: LogEvidence = { events, contradictions: this.#contradictions };
    const notable: ReproducedCall[] = [];
    for (const call of this.#notable) {
      await work?.pause(notable.length, this.#notable.length);
      if (work?.stopped() === true) break;
      notable.push(await reproduceCall(this.compiled, call, evidence));
    }
    return { counts: this.#counts, evidence, notable, further: this.#further + this.#notable.length - notable.length };
  }

  #contradict(key: string): void {
    this.#contradictions.set(key, (this.#contradictions.get(key) ?? 0) + 1);
  }

  /** The readings that no hazard names: each is decided under, which costs a decision each. */
  #compareReadings(call: ImportedCall, effect: string): void {
    if (this.others.length === 0 || this.#compared === MOST_COMPARED) return;
    this.#compared++;
    for (const { reading, value, decide: decideUnder } of this.others)
      if (decideUnder(call).effect !== effect) this.#contradict(refutationKey(reading, value));
  }

  /** Whether the setting `gatedWhenFalse` makes a difference to a call. */
  #hangsOnGate(call: ImportedCall, effect: string): boolean {
    if (!this.#isGated) return false;
    const { underContinue } = decide(this.compiled, call);
    return underContinue !== undefined && underContinue.effect !== effect;
  }
}

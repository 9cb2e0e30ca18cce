import type { ConditionAnswer, DecisionEffect, Hazard, Json, RuleId } from '../engine';
import type { TraceColumns } from './columns';
import type { ChunkedTrace, TraceWork } from './decide-trace';
import { namesIn, nameIn, NAMED_PARTS, type NamedPart } from './names';
import { RECORDED_CODES, type RecordedVerdict } from './recorded';
import { DECIDED_BY_DEFAULT, EFFECT_CODES, HAZARD_BITS, type ReplayResult, UNDECIDED } from './replay-result';
import { textMatcher } from './search';

/** A name, or that there is none: known to be absent, or not known. */
export type FactWanted = string | { readonly fact: 'absent' | 'unknown' };

/** What to keep of a trace. What is left out does not restrict; all that is given must hold. */
export interface CallFilter {
  readonly effect?: DecisionEffect;
  readonly rule?: RuleId | 'default' | 'undecided';
  /** Any hazard, or one of this kind. */
  readonly hazard?: true | Hazard['kind'];
  /** How the recorded decision compares with the computed one; `judged`: there is one, and it could be judged. */
  readonly recorded?: RecordedVerdict | 'judged';
  /** What the source says the gateway decided. */
  readonly recordedEffect?: 'allow' | 'deny' | 'none';
  readonly agent?: FactWanted;
  /** An id or a name of the instance. */
  readonly instance?: FactWanted;
  /** An id or an e-mail address of the user. */
  readonly user?: FactWanted;
  readonly resource?: FactWanted;
  readonly tool?: FactWanted;
  /** Milliseconds since 1970: from the first to before the second. Calls without a time are outside of any. */
  readonly time?: readonly [from: number, to: number];
  /** Found in names, addresses or arguments, in any case. */
  readonly text?: string;
  /** A condition in CEL, and what it gives for the calls to keep. It is tried by `viewOf`, after all else. */
  readonly condition?: { readonly source: string; readonly gives: ConditionAnswer };
}

type KeepsCall = (index: number) => boolean;

/**
 * The places of the calls that a filter keeps, in order; undefined where it was stopped. Without results, what asks for a decision keeps
 * nothing. Only a text needs the arguments.
 */
export async function filterTrace(
  trace: ChunkedTrace,
  filter: Omit<CallFilter, 'condition'>,
  results: ReplayResult | undefined,
  work: TraceWork,
): Promise<Uint32Array<ArrayBuffer> | undefined> {
  const { columns } = trace;
  const tests = [...decisionTests(filter, results), ...columnTests(filter, columns)];
  const kept = new Uint32Array(columns.length);
  let length = 0;
  for (let i = 0; i < columns.length; i++) if (tests.every((keeps) => keeps(i))) kept[length++] = i;
  const { text } = filter;
  if (text === undefined || text.trim() === '') return kept.slice(0, length);
  return searched(trace, kept.subarray(0, length), text, work);
}

/** Which of these places hold a text: first in what the columns hold, then in the lines. */
async function searched(
  trace: ChunkedTrace,
  places: Uint32Array<ArrayBuffer>,
  text: string,
  work: TraceWork,
): Promise<Uint32Array<ArrayBuffer> | undefined> {
  const { columns } = trace;
  const matcher = textMatcher(text);
  const named = NAMED_PARTS.map((part) => {
    const { values, codes } = columns.column(part);
    return { codes, found: Uint8Array.from(values, (value) => (matcher.inPart(part, value) ? 1 : 0)) };
  });
  const found = new Uint32Array(places.length);
  let length = 0;
  for (let at = 0; at < places.length;) {
    const chunk = columns.chunkOf(places[at] ?? 0);
    const [from, to] = columns.span(chunk);
    const lines = await trace.lines(chunk);
    for (; at < places.length && (places[at] ?? to) < to; at++) {
      const i = places[at] ?? 0;
      const hit = named.some(({ codes, found: has }) => has[codes[i] ?? 0] === 1);
      if (hit || matcher.inLine(lines?.[i - from])) found[length++] = i;
    }
    await work.pause(at, places.length);
    if (work.stopped()) return undefined;
  }
  return found.slice(0, length);
}

function decisionTests(filter: CallFilter, results: ReplayResult | undefined): KeepsCall[] {
  const { effect, rule, hazard, recorded } = filter;
  const asked = effect !== undefined || rule !== undefined || hazard !== undefined || recorded !== undefined;
  if (!asked) return [];
  if (results === undefined) return [() => false];
  const tests: KeepsCall[] = [];
  if (effect !== undefined) {
    const code = EFFECT_CODES.indexOf(effect);
    tests.push((i) => results.effects[i] === code);
  }
  if (rule !== undefined) {
    const index =
      rule === 'default' ? DECIDED_BY_DEFAULT : rule === 'undecided' ? UNDECIDED : results.rules.indexOf(rule);
    // A rule that is not in the policy decided nothing: it must not be taken for the default.
    const known = rule === 'default' || rule === 'undecided' || index >= 0;
    tests.push((i) => known && results.deciders[i] === index);
  }
  if (hazard !== undefined) {
    const bits = hazard === true ? 0xff : HAZARD_BITS[hazard];
    tests.push((i) => ((results.hazards[i] ?? 0) & bits) !== 0);
  }
  if (recorded === 'judged') {
    const judged = RECORDED_CODES.map((code) => code !== 'none' && code !== 'not-reproducible');
    tests.push((i) => judged[results.recorded[i] ?? 0] === true);
  } else if (recorded !== undefined) {
    const code = RECORDED_CODES.indexOf(recorded);
    tests.push((i) => results.recorded[i] === code);
  }
  return tests;
}

function columnTests(filter: CallFilter, columns: TraceColumns): KeepsCall[] {
  const tests: KeepsCall[] = [];
  for (const part of NAMED_PARTS) {
    const wanted = filter[part];
    if (wanted !== undefined) tests.push(whereValue(columns, part, (value) => isWanted(part, value, wanted)));
  }
  const { recordedEffect, time } = filter;
  if (recordedEffect !== undefined)
    tests.push(whereValue(columns, 'recorded', (value) => recordedEffectOf(value) === recordedEffect));
  if (time !== undefined) {
    const { times } = columns;
    const [from, to] = time;
    tests.push((i) => (times[i] ?? NaN) >= from && (times[i] ?? NaN) < to);
  }
  return tests;
}

/** Judges each distinct value once. */
function whereValue(
  columns: TraceColumns,
  part: NamedPart | 'recorded',
  test: (value: Json | undefined) => boolean,
): KeepsCall {
  const { values, codes } = columns.column(part);
  const keeps = Uint8Array.from(values, (value) => (test(value) ? 1 : 0));
  return (i) => keeps[codes[i] ?? 0] === 1;
}

function isWanted(part: NamedPart, value: Json | undefined, wanted: FactWanted): boolean {
  if (typeof wanted === 'string') return namesIn(part, value).includes(wanted);
  const name = nameIn(part, value);
  return wanted.fact === 'absent' ? name === null : name === undefined;
}

/** What a `recorded` says, or that there is none. */
export function recordedEffectOf(value: Json | undefined): 'allow' | 'deny' | 'none' {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'none';
  const { effect } = value as Readonly<Record<string, Json>>;
  return effect === 'allow' || effect === 'deny' ? effect : 'none';
}

import type { Bundle } from '../bundle';
import { PROFILE_READINGS, type Json, type JsonObject } from '../engine';
import { isObject } from '../json';
import { POLICY_CHANGES, RECORDED_CODES, type PolicyEvent, type RecordedVerdict } from '../trace';
import type { CauseKind } from './cause';
import type { LogEvidence } from './divergence';
import type { ReproducedCall } from './reproduce';

/** What a bundle's `case` says beside the entries in its `trace` (docs/bundle-and-link.md, "Bundle"). */
export interface ReproductionCase {
  readonly name: string;
  readonly evidence: LogEvidence;
  /** What was found when the case was saved. */
  readonly findings: readonly CaseFinding[];
}

export interface CaseFinding {
  /** Id of the entry. */
  readonly id: string;
  readonly verdict: RecordedVerdict;
  /** The kinds of the causes, the likeliest first. */
  readonly causes: readonly CauseKind[];
}

export type ReadCase =
  { readonly ok: true; readonly case: ReproductionCase } | { readonly ok: false; readonly message: string };

/** A case as a bundle: the policy, its entries in `trace`, the evidence and the findings in `case`. */
export const caseBundle = (
  bundle: Bundle,
  name: string,
  evidence: LogEvidence,
  found: readonly ReproducedCall[],
): Bundle => ({
  ...bundle,
  case: {
    name,
    events: evidence.events as unknown as readonly Json[],
    contradictions: Object.fromEntries(evidence.contradictions),
    findings: found.map(findingOf) as unknown as readonly Json[],
  },
});

const findingOf = ({ call, verdict, causes }: ReproducedCall): CaseFinding => ({
  id: call.id,
  verdict,
  causes: causes.map(({ kind }) => kind),
});

/** How many findings of a case come out otherwise now: by a newer version of this app, or by a policy that was changed in the file. */
export function changedFindings(saved: readonly CaseFinding[], found: readonly ReproducedCall[]): number {
  const now = new Map(found.map((one) => [String(one.call.id), JSON.stringify(findingOf(one))]));
  return saved.filter(({ id, verdict, causes }) => now.get(id) !== JSON.stringify({ id, verdict, causes })).length;
}

const MOST_EVENTS = 20_000;

/** Reads what a bundle's `case` holds, which is not trusted. Never throws. */
export function readCase(written: JsonObject): ReadCase {
  const { name = '', events = [], contradictions = {}, findings = [] } = written;
  if (!isText(name)) return refused('`case.name` must be a text');
  if (!isList(events) || events.length > MOST_EVENTS) return refused('`case.events` must be a list of at most 20,000');
  const changes = events.map(eventOf);
  const broken = changes.findIndex((event) => event === undefined);
  if (broken >= 0) return refused(`\`case.events[${String(broken)}]\` is no change of a policy`);
  const counts = isObject(contradictions) ? Object.entries(contradictions) : undefined;
  if (counts?.every(([reading, count]) => isRefutation(reading) && isCount(count)) !== true)
    return refused('`case.contradictions` must count entries by reading');
  const read = isList(findings) ? findings.map(savedFinding) : [undefined];
  const unread = read.indexOf(undefined);
  if (unread >= 0) return refused(`\`case.findings[${String(unread)}]\` is no finding`);
  return {
    ok: true,
    case: {
      name,
      evidence: {
        events: changes.filter((event) => event !== undefined),
        contradictions: new Map(
          counts.map(([reading, count]) => [reading === OLD_GATE ? 'gatedWhenFalse' : reading, Number(count)]),
        ),
      },
      findings: read.filter((finding) => finding !== undefined),
    },
  };
}

/** Older cases have another name for `gatedWhenFalse`. */
const OLD_GATE = 'gated-when-false';
const KNOWN_READINGS: ReadonlySet<string> = new Set([...PROFILE_READINGS, OLD_GATE]);
/** A key of `refutationKey`, or of an older case. */
const isRefutation = (key: string): boolean => KNOWN_READINGS.has(key) || /^time-zone (?:UTC|[+-]\d\d:\d\d)$/.test(key);
const CAUSE_KINDS = {
  'policy-changed': true,
  fact: true,
  'condition-error': true,
  'inactive-rule': true,
  reading: true,
  'rule-order': true,
} as const satisfies Record<CauseKind, true>;

const refused = (message: string): ReadCase => ({ ok: false, message });
const isList = (value: Json): value is readonly Json[] => Array.isArray(value);
const isText = (value: Json | undefined): value is string => typeof value === 'string';
const isCount = (value: Json | undefined): boolean => Number.isSafeInteger(value) && Number(value) >= 0;
const isTexts = (value: Json | undefined): boolean => value !== undefined && isList(value) && value.every(isText);

/** The members of an event, and what each may be. */
const EVENT_MEMBERS: Readonly<Record<keyof PolicyEvent, (value: Json | undefined) => boolean>> = {
  id: isText,
  time: isText,
  change: (value) => POLICY_CHANGES.some((one) => one === value),
  by: isText,
  ruleId: isText,
  ruleName: isText,
  before: isObject,
  after: isObject,
  position: isCount,
  policy: isText,
  orderBefore: isTexts,
  orderAfter: isTexts,
};

function eventOf(value: Json): PolicyEvent | undefined {
  if (!isObject(value) || value['time'] === undefined || value['change'] === undefined) return undefined;
  const known = Object.entries(EVENT_MEMBERS).filter(([name]) => Object.hasOwn(value, name));
  if (!known.every(([name, is]) => is(value[name]))) return undefined;
  // INVARIANT: every member was checked just now.
  return Object.fromEntries(known.map(([name]) => [name, value[name]])) as unknown as PolicyEvent;
}

function savedFinding(value: Json): CaseFinding | undefined {
  if (!isObject(value)) return undefined;
  const { id, verdict, causes } = value;
  const known = RECORDED_CODES.find((one) => one === verdict);
  if (!isText(id) || known === undefined || causes === undefined || !isList(causes)) return undefined;
  const kinds = causes.filter((kind): kind is CauseKind => isText(kind) && Object.hasOwn(CAUSE_KINDS, kind));
  return kinds.length === causes.length ? { id, verdict: known, causes: kinds } : undefined;
}

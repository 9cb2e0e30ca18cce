import { digestOf, readBundle, readJson, shortDigest, type BundleProblem } from '../bundle';
import type { Policy } from '../engine';
import type { PolicyEvent } from '../trace';
import type { PolicyVersion } from './bisect';
import { ownEvents, policyAt, timeOf } from './policy-at';

/** Versions that are decided: the last ones of a longer history. */
const MOST_VERSIONS = 1000;

export type ReadHistory =
  | { readonly ok: true; readonly history: readonly PolicyVersion[] }
  /** `version` counts from 1. */
  | { readonly ok: false; readonly version: number; readonly problems: readonly BundleProblem[] };

/** A file of bundles, the oldest first: one a line, a JSON list, or a single bundle. An empty file has no version. Never throws. */
export function readHistory(text: string): ReadHistory {
  const history: PolicyVersion[] = [];
  for (const [i, one] of textsOf(text).entries()) {
    const read = readBundle(one);
    if (!read.ok) return { ok: false, version: i + 1, problems: read.problems };
    const { name, rules, settings } = read.bundle;
    const label = `version ${String(i + 1)} (${shortDigest(digestOf(read.bundle))}, ${name})`;
    history.push({ policy: { rules, settings }, label });
  }
  return { ok: true, history: history.slice(-MOST_VERSIONS) };
}

function textsOf(text: string): readonly string[] {
  const whole = readJson(text);
  if (whole.problems.length === 0)
    return Array.isArray(whole.value) ? whole.value.map((one: unknown) => JSON.stringify(one)) : [text];
  return text.split('\n').filter((line) => line.trim() !== '');
}

/** A history that was rebuilt from the changes that a log records. */
export interface RebuiltHistory {
  readonly history: readonly PolicyVersion[];
  /** Changes that could not be taken back, so that versions before them are not known. */
  readonly gaps: number;
}

/** The policy before the first recorded change, and after each moment of change; the last version is the policy itself. */
export function rebuiltHistory(policy: Policy, logged: readonly PolicyEvent[]): RebuiltHistory {
  const events = ownEvents(policy, logged);
  const times = [...new Set(events.flatMap(({ time }) => timeOf(time) ?? []))].sort((a, b) => a - b);
  const history: PolicyVersion[] = [];
  let gaps = 0;
  // From the last one back, as a change that cannot be taken back hides all versions before it.
  for (const at of times.slice(-MOST_VERSIONS).reverse()) {
    const since = policyAt(policy, events, new Date(at).toISOString());
    gaps = Math.max(gaps, since.gaps.length);
    if (since.gaps.length > 0) break;
    history.unshift({ policy: since.policy, label: `since ${new Date(at).toISOString()}` });
  }
  const [first] = times.slice(-MOST_VERSIONS);
  if (first !== undefined && gaps === 0) {
    const before = policyAt(policy, events, new Date(first - 1).toISOString());
    gaps = before.gaps.length;
    if (gaps === 0) history.unshift({ policy: before.policy, label: `before ${new Date(first).toISOString()}` });
  }
  return { history: history.length === 0 ? [{ policy, label: 'the policy' }] : history, gaps };
}

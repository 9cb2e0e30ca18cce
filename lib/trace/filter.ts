import type { Call, DecisionEffect, Json, RuleId } from '../engine';
import { RECORDED_CODES, type RecordedStanding } from './recorded';
import { DECIDED_BY_DEFAULT, EFFECT_CODES, type ReplayResult, UNDECIDED } from './replay';

/** What to keep of a trace. What is left out does not restrict; all that is given must hold. */
export interface CallFilter {
  readonly effect?: DecisionEffect;
  readonly rule?: RuleId | 'default' | 'undecided';
  readonly hazard?: true;
  readonly recorded?: RecordedStanding;
  readonly agent?: string;
  /** An id or a name of the instance. */
  readonly instance?: string;
  /** An id or an e-mail address of the user. */
  readonly user?: string;
  readonly resource?: string;
  readonly tool?: string;
  /** Found in names, addresses or arguments, in any case. */
  readonly text?: string;
}

/**
 * The places of the calls that a filter keeps, in order. Without results, what asks for a decision keeps nothing.
 * `rules` are those of the policy that was replayed, in order.
 */
export function filterCalls(
  calls: readonly Call[],
  filter: CallFilter,
  results: ReplayResult | undefined,
  rules: readonly { readonly id: RuleId }[],
): Uint32Array<ArrayBuffer> {
  const tests = [...decisionTests(filter, results, rules), ...callTests(filter)];
  const kept = new Uint32Array(calls.length);
  let length = 0;
  for (let i = 0; i < calls.length; i++) {
    const call = calls[i];
    if (call && tests.every((test) => test(call, i))) kept[length++] = i;
  }
  return kept.slice(0, length);
}

type Test = (call: Call, index: number) => boolean;

function decisionTests(
  filter: CallFilter,
  results: ReplayResult | undefined,
  rules: readonly { readonly id: RuleId }[],
): Test[] {
  const { effect, rule, hazard, recorded } = filter;
  const tests: Test[] = [];
  const asked = effect !== undefined || rule !== undefined || hazard === true || recorded !== undefined;
  if (!asked) return tests;
  if (results === undefined) return [() => false];
  if (effect !== undefined) {
    const code = EFFECT_CODES.indexOf(effect);
    tests.push((_, i) => results.effects[i] === code);
  }
  if (rule !== undefined) {
    const index =
      rule === 'default'
        ? DECIDED_BY_DEFAULT
        : rule === 'undecided'
          ? UNDECIDED
          : rules.findIndex(({ id }) => id === rule);
    // A rule that is not in the policy decided nothing: it must not be taken for the default.
    const known = rule === 'default' || rule === 'undecided' || index >= 0;
    tests.push((_, i) => known && results.deciders[i] === index);
  }
  if (hazard === true) tests.push((_, i) => (results.hazards[i] ?? 0) > 0);
  if (recorded !== undefined) {
    const code = RECORDED_CODES.indexOf(recorded);
    tests.push((_, i) => results.recorded[i] === code);
  }
  return tests;
}

function callTests({ agent, instance, user, resource, tool, text }: CallFilter): Test[] {
  const tests: Test[] = [];
  if (agent !== undefined) tests.push((call) => call.agent?.slug === agent);
  if (instance !== undefined) tests.push((call) => call.instance?.id === instance || call.instance?.name === instance);
  if (user !== undefined) tests.push((call) => call.user?.email === user || call.user?.id === user);
  if (resource !== undefined) tests.push((call) => call.resource?.slug === resource);
  if (tool !== undefined) tests.push((call) => call.tool?.name === tool);
  if (text !== undefined && text.trim() !== '') {
    const found = textMatcher(text);
    tests.push((call) => found(call));
  }
  return tests;
}

/** Looks for a text in a call's names and arguments (keys and values), in any case. */
export function textMatcher(text: string): (call: Call) => boolean {
  const pattern = new RegExp(text.trim().replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&'), 'i');
  const has = (value: string | null | undefined): boolean => typeof value === 'string' && pattern.test(value);
  return ({ id, agent, instance, user, resource, tool, args }) =>
    has(tool?.name) ||
    has(resource?.slug) ||
    has(resource?.name) ||
    has(agent?.slug) ||
    has(agent?.name) ||
    has(instance?.name) ||
    has(user?.email) ||
    has(user?.name) ||
    has(id) ||
    searchJson(args ?? null, pattern);
}

/** True where a key or a value matches. Walks with a list of its own: arguments may nest to any depth. */
export function searchJson(value: Json, pattern: RegExp): boolean {
  const waiting: Json[] = [value];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (typeof at === 'object' && at !== null) {
      for (const [key, inner] of Object.entries(at)) {
        if (!Array.isArray(at) && pattern.test(key)) return true;
        waiting.push(inner as Json);
      }
    } else if (at !== null && pattern.test(String(at))) return true;
  }
  return false;
}

import { fillRule, ruleId, validateRule, type JsonObject, type Policy, type Rule } from '../engine';
import type { PolicyEvent } from '../trace';

/** A policy as it was at a time, rebuilt from the changes that a log records after it. */
export interface RebuiltPolicy {
  readonly policy: Policy;
  /** Changes that were taken back, the first of them first. */
  readonly undone: readonly PolicyEvent[];
  /** Changes after that time that could not be taken back: what the log says of them is not enough. */
  readonly gaps: readonly PolicyEventGap[];
}

export interface PolicyEventGap {
  readonly event: PolicyEvent;
  readonly reason: string;
}

/** Milliseconds since 1970, or undefined where the text is no time. */
export function timeOf(text: string | null | undefined): number | undefined {
  const at = text ? Date.parse(text) : Number.NaN;
  return Number.isFinite(at) ? at : undefined;
}

/** The policy before all changes that are later than `time` (RFC 3339), the last of them taken back first. */
export function policyAt(policy: Policy, events: readonly PolicyEvent[], time: string): RebuiltPolicy {
  const at = timeOf(time);
  if (at === undefined) return { policy, undone: [], gaps: [] };
  const dated = ownEvents(policy, events)
    .flatMap((event) => {
      const changedAt = timeOf(event.time);
      return changedAt === undefined ? [] : [{ event, changedAt }];
    })
    // Equal times keep the order of the log.
    .sort((a, b) => a.changedAt - b.changedAt);
  const later = dated.filter(({ changedAt }) => changedAt > at).map(({ event }) => event);
  const earlier = dated.filter(({ changedAt }) => changedAt <= at).map(({ event }) => event);
  let rules: readonly Rule[] = policy.rules;
  const gaps: PolicyEventGap[] = [];
  const undone: PolicyEvent[] = [];
  for (const [i, event] of [...later.entries()].reverse()) {
    const before = undo(rules, event, [...earlier, ...later.slice(0, i)]);
    if (typeof before === 'string') gaps.push({ event, reason: before });
    else {
      rules = before;
      undone.unshift(event);
    }
  }
  return { policy: { ...policy, rules }, undone, gaps };
}

/**
 * The changes that may be of this policy. Of a log that records those of several policies, these are the changes of the policies in which a
 * rule of this one was changed, and those of no policy by name.
 */
export function ownEvents(policy: Policy, events: readonly PolicyEvent[]): readonly PolicyEvent[] {
  const named = new Set(events.flatMap((event) => event.policy ?? []));
  if (named.size < 2) return events;
  const own = new Set(events.filter((event) => policy.rules.some(sameRule(event))).map((event) => event.policy));
  return events.filter((event) => event.policy === undefined || own.has(event.policy));
}

const sameRule =
  (event: Pick<PolicyEvent, 'ruleId' | 'ruleName'>) =>
  (rule: Pick<Rule, 'id' | 'name'>): boolean =>
    event.ruleId === undefined ? rule.name === event.ruleName : rule.id === event.ruleId;

/** The rules before a change; a text says why they cannot be known. */
function undo(rules: readonly Rule[], event: PolicyEvent, previous: readonly PolicyEvent[]): readonly Rule[] | string {
  if (event.change === 'reordered') return reordered(rules, event.orderBefore);
  if (event.ruleId === undefined && event.ruleName === undefined) return 'the log does not say which rule was changed';
  const index = rules.findIndex(sameRule(event));
  switch (event.change) {
    case 'created':
      return index < 0 ? 'the policy has no such rule' : rules.toSpliced(index, 1);
    case 'deleted': {
      if (index >= 0) return 'the policy still has this rule';
      const rule = readRule(event.before ?? lastKnown(event, previous), undefined, event);
      if (typeof rule === 'string') return rule;
      // Gateways put new rules first; a log that says no place leaves no better guess.
      return rules.toSpliced(Math.min(event.position ?? 0, rules.length), 0, rule);
    }
    case 'updated': {
      const now = rules[index];
      if (now === undefined) return 'the policy has no such rule';
      const rule = readRule(event.before ?? lastKnown(event, previous), now, event);
      if (typeof rule === 'string') return rule;
      const without = rules.toSpliced(index, 1);
      const place = placeIn(event.before);
      return without.toSpliced(Math.min(place ?? index, without.length), 0, rule);
    }
  }
}

function reordered(rules: readonly Rule[], order: readonly string[] | undefined): readonly Rule[] | string {
  if (order === undefined) return 'the log does not say the order before';
  const known = new Set(rules.map(({ id }) => String(id)));
  const listed = order.filter((id) => known.has(id));
  if (new Set(listed).size !== rules.length || listed.length !== rules.length)
    return 'the order before names other rules than the policy has';
  return listed.flatMap((id) => rules.filter((rule) => rule.id === id));
}

const placeIn = (rule: JsonObject | undefined): number | undefined => {
  const place = rule?.['position'];
  return typeof place === 'number' && Number.isInteger(place) && place >= 0 ? place : undefined;
};

/** What an earlier change made of the rule, whole. */
function lastKnown(event: PolicyEvent, previous: readonly PolicyEvent[]): JsonObject | undefined {
  const versions = previous.filter(
    (one) =>
      one.after !== undefined &&
      (one.ruleId === undefined ? one.ruleName === event.ruleName : one.ruleId === event.ruleId),
  );
  return versions.at(-1)?.after;
}

const MEMBERS = ['name', 'description', 'effect', 'status', 'scope', 'tools', 'condition'] as const;

/** A rule from what a log wrote of it; members that are missing are those of the rule `now`. */
function readRule(written: JsonObject | undefined, now: Rule | undefined, event: PolicyEvent): Rule | string {
  if (written === undefined) return 'the log does not say what the rule was before';
  const stated = MEMBERS.flatMap((key) => (Object.hasOwn(written, key) ? [[key, written[key]] as const] : []));
  if (stated.length === 0) return 'the log does not say what the rule was before';
  const id = event.ruleId ?? now?.id ?? (typeof written['id'] === 'string' ? written['id'] : (event.ruleName ?? ''));
  const candidate = { ...(now ?? { name: event.ruleName ?? id, status: 'active' }), ...Object.fromEntries(stated), id };
  const [problem] = validateRule(candidate, '');
  if (problem) return `the rule as the log writes it is not valid: ${problem.pointer} ${problem.message}`;
  // INVARIANT: `validateRule` found nothing wrong.
  return fillRule({ ...candidate, id: ruleId(id) } as unknown as Parameters<typeof fillRule>[0]);
}

import type { Call, DecidedBy, Rule } from '../engine';
import type { DifferingCall, DifferingCalls, PolicyDifference } from '../regions';
import { decidedWords } from './decider-words';
import { marked, say, type Sentence } from './sentence';
import { ruleWords } from './step-words';
import { unknownWords } from './question-words';

/** Whether one policy permits more than another, over all calls: a clause without a full stop. */
export const PERMISSION_WORDS = {
  equivalent: 'equivalent: both decide every call with the same effect',
  'more-permissive': 'more permissive: some calls become allowed, and none is allowed no longer',
  'less-permissive': 'less permissive: some calls are allowed no longer, and none becomes allowed',
  incomparable: 'incomparable: some calls become allowed, and others are allowed no longer',
  unknown: 'it is not known whether the second policy is more or less permissive',
} satisfies Record<PolicyDifference['answer'], string>;

/** The two ways in which a second policy may differ from a first one, in the order in which they are reported. */
export const PERMISSION_WAYS = ['looser', 'stricter'] as const;
type PermissionWay = (typeof PERMISSION_WAYS)[number];

type SideEffect = 'allowed' | 'denied';

const WAYS = {
  looser: { becomes: 'becomes allowed', was: 'denied', is: 'allowed', whether: 'whether a call becomes allowed' },
  stricter: {
    ...{ becomes: 'is allowed no longer', was: 'allowed', is: 'denied' },
    whether: 'whether a call is allowed no longer',
  },
} satisfies Record<PermissionWay, { becomes: string; was: SideEffect; is: SideEffect; whether: string }>;

/**
 * Calls that differ and are decided by the same two rules: "becomes allowed: before denied by rule 1, `No deletes`, after allowed by rule 2".
 * `rules`: those of the first and of the second policy.
 */
export function regionWords(
  way: PermissionWay,
  { before, after }: DifferingCall,
  [rulesBefore, rulesAfter]: readonly [before: readonly Rule[], after: readonly Rule[]],
): Sentence {
  const { becomes, was, is } = WAYS[way];
  return [
    say(`${becomes}: before ${was} `),
    ...byWords(before, was, rulesBefore),
    say(`, after ${is} `),
    ...byWords(after, is, rulesAfter),
  ];
}

/** Calls that are decided otherwise, in words, with one of them. */
export interface WordedRegion {
  readonly words: Sentence;
  readonly call: Call;
}

/** All that is decided otherwise, in the order in which it is reported, as far as it was found. */
export function differingRegions(
  difference: PolicyDifference,
  rules: readonly [before: readonly Rule[], after: readonly Rule[]],
): readonly WordedRegion[] {
  return PERMISSION_WAYS.flatMap((way) => {
    const calls = difference[way];
    if (calls.kind !== 'some') return [];
    return calls.examples.map((example) => ({ call: example.call, words: regionWords(way, example, rules) }));
  });
}

/** What is not known of a difference. */
export const openParts = (difference: PolicyDifference): readonly Sentence[] =>
  PERMISSION_WAYS.map((way) => openWords(way, difference[way])).filter((words) => words !== undefined);

/** What is not known of one way; undefined where all is. */
export function openWords(way: PermissionWay, calls: DifferingCalls): Sentence | undefined {
  if (calls.kind === 'unknown') return marked(`${WAYS[way].whether} is not known: ${unknownWords(calls.why)}`);
  if (calls.kind === 'none' || calls.complete) return undefined;
  return [say(`${WAYS[way].whether} in other ways than these is not known`)];
}

function byWords(rule: Rule | undefined, effect: SideEffect, rules: readonly Rule[]): Sentence {
  return decidedWords(deciderOf(rule, effect), (id) => ruleWords(rules, id), 'phrase');
}

function deciderOf(rule: Rule | undefined, effect: SideEffect): DecidedBy {
  if (rule === undefined) return { kind: 'default' };
  return { kind: rule.effect === 'gated' && effect === 'denied' ? 'gate' : 'rule', ruleId: rule.id };
}

/** Whether one policy permits more than another, over all calls, with calls that show it. */
import type { Call, Catalog, Policy, Rule } from '../engine';
import { all, not, is, TRUE, type Requirement } from './formula';
import { policyRegion, verdictOf, wholePolicy, type PolicyRegion } from './policy-region';
import { findDifference } from './questions';

export interface PolicyDifference {
  readonly answer: 'equivalent' | 'more-permissive' | 'less-permissive' | 'incomparable' | 'unknown';
  /** Calls that only the second policy allows. */
  readonly looser: DifferingCalls;
  /** Calls that only the first policy allows. */
  readonly stricter: DifferingCalls;
}

export type DifferingCalls =
  /** A proof that there are none. */
  | { readonly kind: 'none' }
  | { readonly kind: 'some'; readonly examples: readonly DifferingCall[] }
  | { readonly kind: 'unknown' };

/** A call with the rules that decide it; undefined where it is the default. */
export interface DifferingCall {
  readonly call: Call;
  readonly before: Rule | undefined;
  readonly after: Rule | undefined;
}

/** Examples of one kind: each is decided by another pair of rules. */
const MOST_EXAMPLES = 10;

export async function comparePolicies(
  before: Policy,
  after: Policy,
  catalog: Partial<Catalog> = {},
): Promise<PolicyDifference> {
  const a = await policyRegion(before, catalog);
  const b = await policyRegion(after, catalog);
  const looser = differingCalls(a, b, 'deny');
  const stricter = differingCalls(a, b, 'allow');
  return { answer: answerOf(looser, stricter), looser, stricter };
}

function answerOf({ kind: looser }: DifferingCalls, { kind: stricter }: DifferingCalls): PolicyDifference['answer'] {
  if (looser === 'some' && stricter === 'some') return 'incomparable';
  if (looser === 'unknown' || stricter === 'unknown') return 'unknown';
  if (looser === stricter) return 'equivalent';
  return looser === 'some' ? 'more-permissive' : 'less-permissive';
}

/** `was`: what the first policy decides for them, and the second one does not. */
function differingCalls(a: PolicyRegion, b: PolicyRegion, was: 'allow' | 'deny'): DifferingCalls {
  const examples: DifferingCall[] = [];
  const where: Requirement[] = [];
  while (examples.length < MOST_EXAMPLES) {
    const answer = findDifference(a, b, was, { where });
    if (answer.kind !== 'call') return examples.length > 0 ? { kind: 'some', examples } : { kind: answer.kind };
    const { call } = answer;
    const [before, after] = [verdictOf(wholePolicy(a), call)?.rule, verdictOf(wholePolicy(b), call)?.rule];
    examples.push({ call, before: before?.rule, after: after?.rule });
    const pair = [before, after].flatMap((rule) => (rule ? [is(rule.decides, TRUE)] : []));
    // The default decides on both sides of no call that differs.
    if (pair.length === 0) break;
    where.push({ formula: not(all(pair)), outcomes: TRUE });
  }
  return { kind: 'some', examples };
}

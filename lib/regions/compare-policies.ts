/** Whether one policy permits more than another, over all calls, with calls that show it. */
import type { Call, Catalog, Policy, Rule } from '../engine';
import { any, is, not, TRUE, type Formula } from './formula';
import { changedRules, type ChangedRule } from './changed-rules';
import { policyRegion, verdictOf, wholePolicy, type PolicyRegion } from './policy-region';
import type { RuleRegion } from './rule-formula';
import { findCall, OTHER_READINGS, WORK_LIMIT, type CallAnswer, type DecisionGoal, type UnknownAnswer } from './search';
import type { WorkLimit } from './solve';

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
  /** `complete`: it is proven that no other pair of rules decides such a call. */
  | { readonly kind: 'some'; readonly examples: readonly DifferingCall[]; readonly complete: boolean }
  | UnknownAnswer;

/** A call with the rules that decide it; undefined where it is the default. */
export interface DifferingCall {
  readonly call: Call;
  readonly before: Rule | undefined;
  readonly after: Rule | undefined;
}

/** Examples of one kind: each is decided by another pair of rules. */
const MOST_EXAMPLES = 10;
/** The work for one way of differing, over all rules that were changed. */
const DIFFERENCE_WORK = 10 * WORK_LIMIT;

/** `pause` comes before each search, so that other work may be done in between; where it throws, the comparison ends. */
export async function comparePolicies(
  before: Policy,
  after: Policy,
  catalog: Partial<Catalog> = {},
  pause: () => Promise<void> = () => Promise.resolve(),
): Promise<PolicyDifference> {
  const a = await policyRegion(before, catalog);
  const b = await policyRegion(after, catalog);
  const changed = changedRules(a, b);
  const looser = await new DifferenceSearch(a, b, 'deny').find(changed, pause);
  const stricter = await new DifferenceSearch(a, b, 'allow').find(changed, pause);
  return { answer: answerOf(looser, stricter), looser, stricter };
}

function answerOf({ kind: looser }: DifferingCalls, { kind: stricter }: DifferingCalls): PolicyDifference['answer'] {
  if (looser === 'some' && stricter === 'some') return 'incomparable';
  if (looser === 'unknown' || stricter === 'unknown') return 'unknown';
  if (looser === stricter) return 'equivalent';
  return looser === 'some' ? 'more-permissive' : 'less-permissive';
}

/** The rules that decide a call in two policies; undefined for the default. */
interface DecidingPair {
  readonly before: RuleRegion | undefined;
  readonly after: RuleRegion | undefined;
}

/** Searches for calls that two policies decide with different effects, one for each pair of rules that decide so. */
class DifferenceSearch {
  readonly #a: PolicyRegion;
  readonly #b: PolicyRegion;
  readonly #goals: readonly DecisionGoal[];
  readonly #pairs: DecidingPair[] = [];
  readonly #examples: DifferingCall[] = [];
  readonly #work: WorkLimit = { left: DIFFERENCE_WORK };

  /** `was`: what the first policy decides for them, and the second one does not. */
  constructor(a: PolicyRegion, b: PolicyRegion, was: 'allow' | 'deny') {
    this.#a = a;
    this.#b = b;
    this.#goals = [
      { span: wholePolicy(a), effect: was },
      { span: wholePolicy(b), effect: was === 'allow' ? 'deny' : 'allow' },
    ];
  }

  /** Every call that differs is one that a changed rule would decide. */
  async find(changed: readonly ChangedRule[], pause: () => Promise<void>): Promise<DifferingCalls> {
    let unknown: UnknownAnswer | undefined;
    for (const one of changed) {
      let answer: CallAnswer;
      do {
        if (this.#examples.length >= MOST_EXAMPLES) return { kind: 'some', examples: this.#examples, complete: false };
        await pause();
        answer = this.#search(one);
        if (answer.kind === 'call') this.#keep(answer.call);
      } while (answer.kind === 'call');
      if (answer.kind === 'unknown') unknown ??= answer;
    }
    // Rules that are the same are so under any readings.
    if (changed.length > 0 && !(this.#a.isExact && this.#b.isExact)) unknown ??= OTHER_READINGS;
    if (this.#examples.length > 0) return { kind: 'some', examples: this.#examples, complete: unknown === undefined };
    return unknown ?? { kind: 'none' };
  }

  /** A call that the rule would decide, and that no pair of rules decides which is known already. */
  #search({ rule, among }: ChangedRule): CallAnswer {
    const given = Math.max(0, Math.min(WORK_LIMIT, this.#work.left));
    const limit = { left: given };
    const known = this.#pairs.flatMap((pair) => this.#unlessByPair(pair, among) ?? []);
    const answer = findCall(
      {
        where: [rule.decides, ...known].map((formula) => ({ formula, outcomes: TRUE })),
        goals: this.#goals,
        among,
        catalog: this.#a.catalog,
        isWhere: (call) => {
          const { before, after } = this.#pairOf(call);
          return !this.#pairs.some((pair) => pair.before === before && pair.after === after);
        },
      },
      limit,
    );
    this.#work.left -= 1 + given - Math.max(limit.left, 0);
    return answer;
  }

  #keep(call: Call): void {
    const pair = this.#pairOf(call);
    this.#pairs.push(pair);
    this.#examples.push({ call, before: pair.before?.rule, after: pair.after?.rule });
  }

  #pairOf(call: Call): DecidingPair {
    const [before, after] = [this.#a, this.#b].map((region) => verdictOf(wholePolicy(region), call)?.rule);
    return { before, after };
  }

  /** True of exactly the calls that another pair of rules decides; undefined where all calls that are asked for are such. */
  #unlessByPair({ before, after }: DecidingPair, among: ChangedRule['among']): Formula | undefined {
    const ways = [unlessBy(before, among(this.#a)), unlessBy(after, among(this.#b))];
    return ways.every((one) => one !== undefined) ? any(ways.flat()) : undefined;
  }
}

/** Ways in which a rule, or the default, does not decide: it does not apply, or one above it decides. Undefined where it never decides. */
function unlessBy(rule: RuleRegion | undefined, among: readonly RuleRegion[]): readonly Formula[] | undefined {
  if (rule === undefined) return among.map((one) => is(one.decides, TRUE));
  const place = among.indexOf(rule);
  if (place < 0) return undefined;
  return [not(is(rule.decides, TRUE)), ...among.slice(0, place).map((one) => is(one.decides, TRUE))];
}

/** A policy made ready to be asked about all calls at once. */
import {
  CallAmongRules,
  compilePolicy,
  gateOnFalse,
  hasOtherReadings,
  type Call,
  type Catalog,
  type CompiledPolicy,
  type Policy,
} from '../engine';
import { ruleRegion, type RuleRegion } from './rule-formula';
import { RuleOverlaps } from './rule-overlaps';

export class PolicyRegion {
  readonly #overlapping: (readonly RuleRegion[] | undefined)[] = [];
  readonly #calls = new WeakMap<Call, CallAmongRules>();
  /**
   * Whether that there is no call is a proof. Calls are decided as the profile of the policy's gateway says, but sets of calls are those of
   * our readings.
   */
  readonly isExact: boolean;

  /** `rules`: by index; undefined where the rule is not active. `overlaps`: which rules, whatever their status, may share calls. */
  constructor(
    readonly policy: Policy,
    readonly compiled: CompiledPolicy,
    readonly rules: readonly (RuleRegion | undefined)[],
    readonly overlaps: RuleOverlaps,
    readonly catalog: Partial<Catalog>,
  ) {
    this.isExact = !hasOtherReadings(policy.settings);
  }

  /** The active rules that may share calls with a rule, in their order; among them itself, where it is active. */
  overlapping(index: number): readonly RuleRegion[] {
    return (this.#overlapping[index] ??= this.overlaps.of(index).flatMap((other) => this.rules[other] ?? []));
  }

  /** A call before the rules: the same call is asked about again and again. */
  among(call: Call): CallAmongRules {
    let found = this.#calls.get(call);
    if (!found) this.#calls.set(call, (found = new CallAmongRules(this.compiled, call)));
    return found;
  }
}

/** Never fails: a condition that does not compile is an error on every call. */
export async function policyRegion(of: Policy, catalog: Partial<Catalog> = {}): Promise<PolicyRegion> {
  const policy = { rules: of.rules, settings: { ...of.settings, gatedWhenFalse: gateOnFalse(of.settings) } };
  const all: RuleRegion[] = [];
  for (const [index, rule] of policy.rules.entries()) all.push(await ruleRegion(rule, index, policy.settings));
  const rules = all.map((one) => (one.rule.status === 'active' ? one : undefined));
  return new PolicyRegion(policy, await compilePolicy(policy), rules, new RuleOverlaps(all), catalog);
}

/** The rules of a policy from one index up to, but without, another: a whole policy, what is above a rule, or what is below it. */
export interface RuleSpan {
  readonly region: PolicyRegion;
  readonly from: number;
  readonly to: number;
  /** Whether a call that none of the rules decides is denied. */
  readonly default: boolean;
}

export const wholePolicy = (region: PolicyRegion): RuleSpan => ({
  region,
  from: 0,
  to: region.rules.length,
  default: true,
});
export const rulesAbove = (region: PolicyRegion, index: number): RuleSpan => ({
  region,
  from: 0,
  to: index,
  default: false,
});
export const rulesBelow = (region: PolicyRegion, index: number): RuleSpan => ({
  region,
  from: index + 1,
  to: region.rules.length,
  default: true,
});

/** What the rules of a span decide: by which rule, or by none of them. */
export interface SpanVerdict {
  readonly effect: 'allow' | 'deny' | 'none';
  readonly rule: RuleRegion | undefined;
}

export function verdictOf({ region, from, to, default: denies }: RuleSpan, call: Call): SpanVerdict | undefined {
  const verdict = region.among(call).verdict(from, to);
  if (verdict === 'undecided') return undefined;
  if (verdict === 'none') return { effect: denies ? 'deny' : 'none', rule: undefined };
  return { effect: verdict.effect, rule: region.rules[verdict.index] };
}

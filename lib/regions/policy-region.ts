/** A policy made ready to be asked about all calls at once. */
import {
  compilePolicy,
  decideAmong,
  decideByRules,
  gateOnFalse,
  type Call,
  type Catalog,
  type CompiledPolicy,
  type Policy,
  type RulesVerdict,
} from '../engine';
import { ruleRegion, type RuleRegion } from './rule-formula';
import { RuleOverlaps } from './rule-overlaps';

export interface PolicyRegion {
  readonly policy: Policy;
  readonly compiled: CompiledPolicy;
  /** By index; undefined where the rule is not active. */
  readonly rules: readonly (RuleRegion | undefined)[];
  /** Which rules, whatever their status, may share calls. */
  readonly overlaps: RuleOverlaps;
  readonly catalog: Partial<Catalog>;
}

/**
 * Never fails: a condition that does not compile is an error on every call. Proofs are made under our readings: of the profile of the
 * policy's gateway, only what it does with gates counts.
 */
export async function policyRegion(of: Policy, catalog: Partial<Catalog> = {}): Promise<PolicyRegion> {
  const { readings: _readings, ...settings } = of.settings;
  const policy = { rules: of.rules, settings: { ...settings, gatedWhenFalse: gateOnFalse(of.settings) } };
  const all: RuleRegion[] = [];
  for (const [index, rule] of policy.rules.entries()) all.push(await ruleRegion(rule, index, policy.settings));
  const rules = all.map((one) => (one.rule.status === 'active' ? one : undefined));
  return { policy, compiled: await compilePolicy(policy), rules, overlaps: new RuleOverlaps(all), catalog };
}

/** The active rules that may share calls with a rule, in their order; among them itself, where it is active. */
export const overlapping = ({ rules, overlaps }: PolicyRegion, index: number): readonly RuleRegion[] =>
  overlaps.of(index).flatMap((other) => rules[other] ?? []);

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

export const verdictOf = (span: RuleSpan, call: Call): SpanVerdict | undefined =>
  asVerdict(span, decideAmong(span.region.compiled, call, span.from, span.to));

/** The same for a call to which, of the span, only these rules can apply, in their order. */
export const verdictBy = (span: RuleSpan, rules: readonly RuleRegion[], call: Call): SpanVerdict | undefined =>
  asVerdict(
    span,
    decideByRules(
      span.region.compiled,
      call,
      rules.map(({ index }) => index),
    ),
  );

function asVerdict(span: RuleSpan, verdict: RulesVerdict): SpanVerdict | undefined {
  if (verdict === 'undecided') return undefined;
  if (verdict === 'none') return { effect: span.default ? 'deny' : 'none', rule: undefined };
  return { effect: verdict.effect, rule: span.region.rules[verdict.index] };
}

import type { Policy, Rule, RuleId } from '../engine';

/** What a set of calls has shown of one rule. */
export interface RuleCoverage {
  readonly ruleId: RuleId;
  /** Calls that it decided. */
  readonly decided: number;
  /** Calls for which it was evaluated: its scope and patterns match, or may, and no rule above certainly decided. */
  readonly reached: number;
  /** Of those, by the outcome of the condition: true, false, an error; `open` are those for which it cannot be known whether the rule applies. */
  readonly held: number;
  readonly failed: number;
  readonly erred: number;
  readonly open: number;
}

/** What a set of calls has shown of a policy. */
export interface PolicyCoverage {
  readonly calls: number;
  /** One entry per rule, in the policy's order. */
  readonly rules: readonly RuleCoverage[];
  /** Calls that no rule decided. */
  readonly byDefault: number;
  /** Calls of which it cannot be known what decides. */
  readonly undecided: number;
}

/** What two sets of calls have shown together. INVARIANT: both are of the same policy. */
export function addCoverage(one: PolicyCoverage, other: PolicyCoverage): PolicyCoverage {
  return {
    calls: one.calls + other.calls,
    byDefault: one.byDefault + other.byDefault,
    undecided: one.undecided + other.undecided,
    rules: one.rules.map((rule, i) => {
      const more = other.rules[i];
      if (more === undefined) return rule;
      return {
        ruleId: rule.ruleId,
        decided: rule.decided + more.decided,
        reached: rule.reached + more.reached,
        held: rule.held + more.held,
        failed: rule.failed + more.failed,
        erred: rule.erred + more.erred,
        open: rule.open + more.open,
      };
    }),
  };
}

/** What has not been tried yet, or what went wrong when it was tried. */
export type CoverageGap = 'never-reached' | 'never-decided' | 'never-true' | 'never-false' | 'erred';

/** What coverage leaves open of one rule, the most severe first. A rule that is not active has no gaps: it is never enforced. */
export function gapsOf(rule: Rule, coverage: RuleCoverage | undefined): readonly CoverageGap[] {
  if (rule.status !== 'active' || coverage === undefined) return [];
  if (coverage.reached === 0) return ['never-reached'];
  const gaps: CoverageGap[] = coverage.erred > 0 ? ['erred'] : [];
  if (coverage.decided === 0) gaps.push('never-decided');
  if (rule.condition === null) return gaps;
  if (coverage.held === 0) gaps.push('never-true');
  if (coverage.failed === 0) gaps.push('never-false');
  return gaps;
}

/** Active rules, and how many of them decided something; conditions, and how many were seen both true and false. */
export interface CoverageSummary {
  readonly rules: number;
  readonly decided: number;
  readonly conditions: number;
  readonly bothWays: number;
}

export function summaryOf({ rules }: Policy, coverage: PolicyCoverage): CoverageSummary {
  const known = new Map(coverage.rules.map((rule) => [rule.ruleId, rule]));
  const summary = { rules: 0, decided: 0, conditions: 0, bothWays: 0 };
  for (const rule of rules) {
    if (rule.status !== 'active') continue;
    const of = known.get(rule.id);
    summary.rules++;
    if ((of?.decided ?? 0) > 0) summary.decided++;
    if (rule.condition === null) continue;
    summary.conditions++;
    if ((of?.held ?? 0) > 0 && (of?.failed ?? 0) > 0) summary.bothWays++;
  }
  return summary;
}

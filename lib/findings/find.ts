/** All findings of a policy, check by check. */
import type { Call, Catalog, Policy } from '../engine';
import { policyRegion } from '../regions';
import type { CheckedPolicy, PolicyFinding, CallsReaching } from './model';
import { reachOf } from './reach';
import { FINDING_CHECKS } from './registry';

/** Calls that answered questions about a policy: handed to the next run, after an edit, which tries them first. */
export type FindingMemory = Map<string, Call>;

/** The findings of each check as soon as it is done. A caller may stop between two of them. */
export async function* findingsByCheck(
  policy: Policy,
  catalog: Partial<Catalog> = {},
  memory: FindingMemory = new Map(),
): AsyncGenerator<readonly PolicyFinding[]> {
  const region = await policyRegion(policy, catalog);
  const active = region.rules.filter((rule) => rule !== undefined);
  const reach = new Map<number, CallsReaching>(active.map((rule) => [rule.index, reachOf(region, rule, memory)]));
  const checked: CheckedPolicy = { region, policy, catalog, active, reach, memory };
  for (const check of FINDING_CHECKS) yield await check.find(checked);
}

/** All findings, in the order of the rules, and for one rule in the order of the registry. */
export async function findFindings(
  policy: Policy,
  catalog: Partial<Catalog> = {},
  memory: FindingMemory = new Map(),
): Promise<readonly PolicyFinding[]> {
  const findings: PolicyFinding[] = [];
  for await (const some of findingsByCheck(policy, catalog, memory)) findings.push(...some);
  const position = new Map(policy.rules.map(({ id }, i) => [id, i]));
  return findings.sort((a, b) => (position.get(a.ruleId) ?? 0) - (position.get(b.ruleId) ?? 0));
}

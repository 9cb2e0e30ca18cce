/** All findings of a policy, check by check. */
import type { Catalog, Json, Policy } from '../engine';
import { policyRegion, type PolicyRegion, type RuleRegion } from '../regions';
import { FindingMemory, type RunMemory } from './memory';
import type { CallsReaching, CheckedPolicy, FindingCheck, FoundOfRule, PolicyFinding } from './model';
import { reachOf } from './reach';
import { FINDING_CHECKS } from './registry';

/** Branches of the search for all questions about a policy: a fixed part, and so many for each rule. */
const POLICY_WORK = 30_000;
const RULE_WORK = 150;

/** What one check has found. */
export interface FoundByCheck {
  readonly code: string;
  readonly findings: readonly PolicyFinding[];
}

export interface FindingOptions {
  readonly memory?: FindingMemory;
  /** What the policy's author says of all calls; a finding reports what does not hold. */
  readonly invariants?: readonly Json[] | undefined;
  /** Called after each rule that a check has looked at anew: a place to let others work, or to throw where nothing is wanted any more. */
  readonly pause?: () => Promise<void> | undefined;
}

/** The findings of each check as soon as it is done. */
export async function* findingsByCheck(
  policy: Policy,
  catalog: Partial<Catalog> = {},
  { memory = new FindingMemory(), invariants = [], pause = () => undefined }: FindingOptions = {},
): AsyncGenerator<FoundByCheck> {
  const region = await policyRegion(policy, catalog);
  const checked = checkedPolicy(region, invariants);
  const run = memory.begin(region);
  for (const check of FINDING_CHECKS) {
    const findings: PolicyFinding[] = [];
    for (const index of (check.of === 'invariants' ? invariants : policy.rules).keys()) {
      const known = isRemembered(check, region) ? run.findingsOf(check.code, index) : undefined;
      const anew = known ?? findAnew(check, checked, index, run);
      // Most checks answer at once, and there are as many as rules times checks: what is no promise is not waited for.
      findings.push(...(anew instanceof Promise ? await anew : anew));
      const paused = known === undefined ? pause() : undefined;
      if (paused) await paused;
    }
    if (check.findInInvariant)
      for (const index of invariants.keys()) findings.push(...(await check.findInInvariant(checked, index)));
    const isProven = region.isExact || check.holdsUnderProfiles === true;
    yield { code: check.code, findings: isProven ? findings : findings.map(asPossible) };
  }
}

/** What may share calls with a rule, on which its findings depend, is known under our readings alone. */
const isRemembered = (check: FindingCheck, region: PolicyRegion): boolean => check.of === undefined && region.isExact;

const asPossible = (finding: PolicyFinding): PolicyFinding => ({ ...finding, certainty: 'possible' });

function checkedPolicy(region: PolicyRegion, invariants: readonly Json[]): CheckedPolicy {
  const { policy, catalog } = region;
  const reached = new Map<RuleRegion, CallsReaching>();
  const checked: CheckedPolicy = {
    ...{ region, policy, catalog, invariants },
    work: { left: POLICY_WORK + RULE_WORK * policy.rules.length },
    reach: (rule) => {
      let found = reached.get(rule);
      if (!found) reached.set(rule, (found = reachOf(checked, rule)));
      return found;
    },
  };
  return checked;
}

function findAnew(check: FindingCheck, checked: CheckedPolicy, index: number, run: RunMemory): FoundOfRule {
  const keep = (found: readonly PolicyFinding[]): readonly PolicyFinding[] => {
    // What is missing because the work ran out is looked for again next time.
    if (isRemembered(check, checked.region) && checked.work.left > 0) run.keep(check.code, index, found);
    return found;
  };
  const found = check.find(checked, index);
  return found instanceof Promise ? found.then(keep) : keep(found);
}

/** All findings: of the whole policy, then in the order of the rules, and for one rule in the order of the registry. */
export async function findFindings(
  policy: Policy,
  catalog: Partial<Catalog> = {},
  options: FindingOptions = {},
): Promise<readonly PolicyFinding[]> {
  const found: FoundByCheck[] = [];
  for await (const one of findingsByCheck(policy, catalog, options)) found.push(one);
  return inOrder(policy, found);
}

/** What the checks have found, in the order of the rules; what is about the whole policy comes first. */
export function inOrder({ rules }: Policy, found: readonly FoundByCheck[]): readonly PolicyFinding[] {
  const position = new Map(rules.map(({ id }, i) => [id, i]));
  const place = ({ ruleId }: PolicyFinding): number => (ruleId === undefined ? -1 : (position.get(ruleId) ?? 0));
  return found.flatMap(({ findings }) => findings).sort((a, b) => place(a) - place(b));
}

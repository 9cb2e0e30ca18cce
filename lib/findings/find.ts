/** All findings of a policy, check by check. */
import type { Call, Catalog, Json, Policy } from '../engine';
import { policyRegion } from '../regions';
import type { CheckedPolicy, PolicyFinding, CallsReaching } from './model';
import { reachOf } from './reach';
import { FINDING_CHECKS } from './registry';

/** Calls that answered questions about a policy: handed to the next run, after an edit, which tries them first. */
export type FindingMemory = Map<string, Call>;

/** Branches of the search for all pairs of rules of a policy. */
const PAIR_WORK = 15_000;

/** What one check has found. */
export interface FoundByCheck {
  readonly code: string;
  readonly findings: readonly PolicyFinding[];
}

export interface FindingOptions {
  readonly memory?: FindingMemory;
  /** What the policy's author says of all calls; a finding reports what does not hold. */
  readonly invariants?: readonly Json[] | undefined;
  /** Called after each rule that a check has looked at: a place to let others work, or to throw where nothing is wanted any more. */
  readonly pause?: () => Promise<void> | undefined;
}

/** The findings of each check as soon as it is done. */
export async function* findingsByCheck(
  policy: Policy,
  catalog: Partial<Catalog> = {},
  { memory = new Map(), invariants = [], pause = () => undefined }: FindingOptions = {},
): AsyncGenerator<FoundByCheck> {
  const region = await policyRegion(policy, catalog);
  const reach = new Map<number, CallsReaching>();
  const checked: CheckedPolicy = {
    region,
    policy: region.policy,
    catalog,
    invariants,
    reach,
    memory,
    pairs: { left: PAIR_WORK },
  };
  for (const rule of region.rules) {
    if (rule === undefined) continue;
    reach.set(rule.index, reachOf(region, rule, memory));
    await pause();
  }
  for (const { code, find, of } of FINDING_CHECKS) {
    const findings: PolicyFinding[] = [];
    for (const index of (of === 'invariants' ? invariants : policy.rules).keys()) {
      findings.push(...(await find(checked, index)));
      await pause();
    }
    yield { code, findings };
  }
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

import type { Call } from '../../engine';
import {
  findBox,
  findShared,
  is,
  not,
  TRUE,
  wouldDecide,
  type PolicyRegion,
  type RuleRegion,
  type WorkLimit,
} from '../../regions';
import { withWork } from '../work';
import { listed, named, ofActive, ruleFinding } from '../build';
import type { CheckedPolicy, FindingCheck } from '../model';

/** Rules below that are compared with one rule, and the work for one pair. */
const MOST_RULES = 60;
const WORK = 150;
/** So many of them are named. */
const MOST_NAMED = 3;

export const overlap: FindingCheck = {
  code: 'overlap',
  what: 'Two rules of different effect share calls, and each has calls of its own: their order decides the shared ones.',
  why: 'Who moves one of them past the other changes decisions. A rule that is an exception to a wider one below is not meant by this.',
  example:
    '`Deny` for the agent `cursor` above `Allow` for `get_*`: `cursor` may not call `get_file`, because of the order alone.',
  remedy: 'Nothing, if the order is meant. Otherwise move a rule, or narrow one of them.',
  find: ofActive((checked, rule) => {
    const reach = checked.reach(rule);
    if (reach.kind !== 'decides') return [];
    const shared = overlapsOf(checked, rule, reach.call);
    const [first] = shared;
    if (first === undefined) return [];
    const others = shared.map(({ below }) => below);
    return [
      ruleFinding('overlap', rule.rule, rule.index, {
        severity: 'info',
        certainty: 'proven',
        message: `calls that this rule decides would be decided otherwise by ${listed(others.map((one) => named(one.rule)))}, if ${others.length === 1 ? 'it' : 'they'} came first`,
        related: others,
        witness: first.call,
      }),
    ];
  }),
};

/** `decided`: a call that the rule decides. */
function overlapsOf(checked: CheckedPolicy, rule: RuleRegion, decided: Call) {
  const { region } = checked;
  const found: { readonly below: RuleRegion; readonly call: Call }[] = [];
  const others = region
    .overlapping(rule.index)
    .filter((other) => other.index > rule.index && (other.rule.effect === 'deny') !== (rule.rule.effect === 'deny'));
  for (const below of others.slice(0, MOST_RULES)) {
    if (found.length === MOST_NAMED) break;
    const reach = checked.reach(below);
    const call = withWork(
      checked,
      (limit) =>
        isWithin(region, rule, below, decided, limit) ||
        isWithin(region, below, rule, reach.kind === 'decides' ? reach.call : undefined, limit)
          ? undefined
          : callOf(findShared(region, rule, below, { tryFirst: [decided, ...found.map((one) => one.call)], limit })),
      WORK,
    );
    if (call) found.push({ below, call });
  }
  return found;
}

const callOf = (answer: ReturnType<typeof findShared>) => (answer.kind === 'call' ? answer.call : undefined);

/** Whether a rule decides no call that the other one would not decide. `decided`: a call that it decides; mostly that shows the contrary. */
function isWithin(
  region: PolicyRegion,
  rule: RuleRegion,
  other: RuleRegion,
  decided: Call | undefined,
  limit: WorkLimit,
): boolean {
  if (decided && !wouldDecide(region, other, decided)) return false;
  const without = { formula: not(is(other.decides, TRUE)), outcomes: TRUE };
  return findBox([{ formula: rule.decides, outcomes: TRUE }, without], limit).kind === 'none';
}

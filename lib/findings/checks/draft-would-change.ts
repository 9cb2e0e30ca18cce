import { findDifferenceWithout, policyRegion, type PolicyRegion } from '../../regions';
import { withWork } from '../work';
import { changeOf, ofEvery, removal, ruleFinding } from '../build';
import type { Rule } from '../../engine';
import type { CheckedPolicy, FindingCheck } from '../model';

export const draftWouldChange: FindingCheck = {
  code: 'draft-would-change',
  what: 'What a draft would do if it were active: whether any call would be decided otherwise.',
  why: 'A draft is not enforced; before it is activated its effect should be known.',
  example: 'A draft `Deny deletes` above `Allow all`.',
  remedy: 'Look at the call, then activate the draft; remove one that would change nothing.',
  find: ofEvery(async (checked, rule, index) => {
    if (rule.status !== 'draft') return [];
    const region = await regionWithActive(checked, rule, index);
    const active = region.rules.find((one) => one?.rule.id === rule.id);
    if (active === undefined) return [];
    const answer = withWork(checked, (limit) => findDifferenceWithout(region, active, { limit }));
    if (answer.kind === 'unknown') return [];
    const message =
      answer.kind === 'call'
        ? 'this draft would change decisions if it were active'
        : 'this draft would change no decision if it were active';
    return [
      ruleFinding('draft-would-change', rule, index, {
        ...{
          at: '/status',
          severity: 'info',
          certainty: 'proven',
          message,
          fix: answer.kind === 'call' ? changeOf('Activate the rule', rule, { status: 'active' }) : removal(rule),
        },
        ...(answer.kind === 'call' ? { witness: answer.call } : {}),
      }),
    ];
  }),
};

/** The draft as an active rule, among the active rules that may share calls with it: under our readings no other rule matters. */
function regionWithActive(
  { region, policy, catalog }: CheckedPolicy,
  rule: Rule,
  index: number,
): Promise<PolicyRegion> {
  const around = region.isExact ? region.overlapping(index) : region.rules.flatMap((other) => other ?? []);
  const rules = [
    ...around.filter((other) => other.index < index).map((other) => other.rule),
    { ...rule, status: 'active' as const },
    ...around.filter((other) => other.index > index).map((other) => other.rule),
  ];
  return policyRegion({ ...policy, rules }, catalog);
}

import { findDifferenceWithout, policyRegion } from '../../regions';
import { changeOf, ofEvery, ruleFinding } from '../build';
import type { FindingCheck } from '../model';

export const draftWouldChange: FindingCheck = {
  code: 'draft-would-change',
  what: 'What a draft would do if it were active: whether any call would be decided otherwise.',
  why: 'A draft is not enforced; before it is activated its effect should be known.',
  example: 'A draft `Deny deletes` above `Allow all`.',
  remedy: 'Look at the call, then activate the draft or remove it.',
  find: ofEvery(async ({ policy, catalog, memory }, rule, index) => {
    if (rule.status !== 'draft') return [];
    const rules = policy.rules.map((one) => (one === rule ? { ...rule, status: 'active' as const } : one));
    const region = await policyRegion({ ...policy, rules }, catalog);
    const active = region.rules[index];
    const key = `draft-would-change ${rule.id}`;
    const before = memory.get(key);
    const answer = active
      ? findDifferenceWithout(region, active, before ? { tryFirst: [before] } : {})
      : { kind: 'unknown' as const };
    if (answer.kind === 'unknown') return [];
    if (answer.kind === 'call') memory.set(key, answer.call);
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
          fix: changeOf('Activate the rule', rule, { status: 'active' }),
        },
        ...(answer.kind === 'call' ? { witness: answer.call } : {}),
      }),
    ];
  }),
};

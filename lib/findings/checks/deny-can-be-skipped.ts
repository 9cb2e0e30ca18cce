import { ERROR } from '../../regions';
import { callAllowedBelow } from '../allowed-below';
import { named, ofActive, ruleFinding } from '../build';
import type { FindingCheck } from '../model';

export const denyCanBeSkipped: FindingCheck = {
  code: 'deny-can-be-skipped',
  holdsUnderProfiles: true,
  what: 'The condition of a deny rule can fail at run time, and a rule below then allows the call.',
  why: 'A rule whose condition fails is skipped. For a deny rule that means: a missing argument, or one of another type, is a way around it.',
  example: '`Deny` with `request.args.amount > 500` above `Allow all`: a call without `amount` is allowed.',
  remedy:
    'Ask with `has()` and deny what lacks the argument: `!has(request.args.amount) || request.args.amount > 500`.',
  find: ofActive((checked, rule) => {
    if (rule.rule.effect !== 'deny' || rule.rule.condition === null) return [];
    if (checked.reach(rule).kind !== 'decides') return [];
    const found = callAllowedBelow(checked, rule, ERROR);
    if (!found) return [];
    const { call, by } = found;
    return [
      ruleFinding('deny-can-be-skipped', rule.rule, rule.index, {
        at: '/condition',
        severity: 'warning',
        certainty: 'proven',
        message: `this condition can fail, and the call is then allowed by ${by ? named(by.rule) : 'a rule below'}`,
        related: by ? [by] : [],
        witness: call,
      }),
    ];
  }),
};

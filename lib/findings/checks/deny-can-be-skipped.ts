import { ERROR, findBelow, verdictOf } from '../../regions';
import { named, ofActive, ruleFinding } from '../build';
import type { FindingCheck } from '../model';

export const denyCanBeSkipped: FindingCheck = {
  code: 'deny-can-be-skipped',
  what: 'The condition of a deny rule can fail at run time, and a rule below then allows the call.',
  why: 'A rule whose condition fails is skipped. For a deny rule that means: a missing argument, or one of another type, is a way around it.',
  example: '`Deny` with `request.args.amount > 500` above `Allow all`: a call without `amount` is allowed.',
  remedy:
    'Ask with `has()` and deny what lacks the argument: `!has(request.args.amount) || request.args.amount > 500`.',
  find: ofActive(({ region, reach, memory }, rule) => {
    if (rule.rule.effect !== 'deny' || rule.rule.condition === null || reach.get(rule.index)?.kind !== 'decides')
      return [];
    const key = `deny-can-be-skipped ${rule.rule.id}`;
    const before = memory.get(key);
    const answer = findBelow(region, rule, { outcomes: ERROR, effect: 'allow' }, before ? { tryFirst: [before] } : {});
    if (answer.kind !== 'call') return [];
    memory.set(key, answer.call);
    const below = verdictOf(
      { region, from: rule.index + 1, to: region.rules.length, default: true },
      answer.call,
    )?.rule;
    return [
      ruleFinding('deny-can-be-skipped', rule.rule, rule.index, {
        at: '/condition',
        severity: 'warning',
        certainty: 'proven',
        message: `this condition can fail, and the call is then allowed by ${below ? named(below.rule) : 'a rule below'}`,
        related: below ? [below] : [],
        witness: answer.call,
      }),
    ];
  }),
};

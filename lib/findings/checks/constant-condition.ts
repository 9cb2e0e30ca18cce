import { decidingOutcomes, ERROR, FALSE, findBox, TRUE, WORK_LIMIT } from '../../regions';
import { changeOf, ofActive, removal, ruleFinding } from '../build';
import type { FindingCheck } from '../model';
import { isBroken } from '../reach';

export const constantCondition: FindingCheck = {
  code: 'constant-condition',
  what: 'The condition has the same outcome on every call: always true, never true, or always an error.',
  why: 'A condition that is always true restricts nothing; one that is never true switches the rule off, or makes a gate deny all of its calls where `gatedWhenFalse` is `deny`.',
  example: '`request.args.n > 5 && request.args.n < 3`, or `agent.slugg == "cursor"`.',
  remedy: 'Correct the condition, or remove it.',
  find: ofActive(({ region }, rule) => {
    const { condition } = rule;
    if (rule.rule.condition === null || isBroken(rule)) return [];
    const can = (outcomes: number): boolean =>
      findBox([{ formula: condition, outcomes }], { left: WORK_LIMIT }).kind !== 'none';
    const [yes, no, error] = [can(TRUE), can(FALSE), can(ERROR)];
    if (yes && (no || error)) return [];
    const how = yes
      ? 'true on every call'
      : !no
        ? 'an error on every call'
        : error
          ? 'never true'
          : 'false on every call';
    const denies = !yes && no && (decidingOutcomes(region, rule) & FALSE) !== 0;
    const fix = yes ? changeOf('Remove the condition', rule.rule, { condition: null }) : removal(rule.rule);
    return [
      ruleFinding('constant-condition', rule.rule, rule.index, {
        at: '/condition',
        severity: 'warning',
        certainty: 'proven',
        message: `this condition is ${how}${denies ? ', and the gate then denies' : ''}`,
        ...((yes && rule.rule.effect === 'gated') || denies ? {} : { fix }),
      }),
    ];
  }),
};

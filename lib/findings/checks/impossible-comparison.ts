import { canBe, conditionParts, FALSE, TRUE, type ConditionPart } from '../../regions';
import { ofActive, ruleFinding } from '../build';
import type { FindingCheck } from '../model';

export const impossibleComparison: FindingCheck = {
  code: 'impossible-comparison',
  what: 'A part of the condition is never true, or never false, whatever the call.',
  why: 'The part looks as if it distinguished calls, and does not.',
  example:
    '`request.args.n > 5 && request.args.n < 3 || agent.slug == "cursor"`, or `agent.slug != "a" || agent.slug != "b"`.',
  remedy: 'Correct the part, or remove it.',
  find: ofActive(async (_, { rule, index, condition: whole }) => {
    // Where the whole condition has one outcome, `constant-condition` says so.
    if (rule.condition === null || !canBe(whole, TRUE)) return [];
    const condition = await conditionParts(rule.condition);
    return (condition?.parts ?? []).flatMap(fixedParts).map(({ part, never }) =>
      ruleFinding('impossible-comparison', rule, index, {
        at: '/condition',
        severity: 'warning',
        certainty: 'proven',
        message: `this part of the condition is never ${never}, whatever the call: \`${rule.condition?.slice(part.start, part.end) ?? ''}\``,
        range: { start: part.start, end: part.end },
      }),
    );
  }),
};

interface FixedPart {
  readonly part: ConditionPart;
  readonly never: 'true' | 'false';
}

/** The smallest parts that are never true, or never false. A part that only ever fails is reported by other checks. */
export function fixedParts(part: ConditionPart): readonly FixedPart[] {
  const inner = part.parts.flatMap(fixedParts);
  if (inner.length > 0) return inner;
  if (part.kind === 'literal') return [];
  const [yes, no] = [canBe(part.formula, TRUE), canBe(part.formula, FALSE)];
  return yes === no ? [] : [{ part, never: yes ? 'false' : 'true' }];
}

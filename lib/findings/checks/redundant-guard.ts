import {
  areEquivalent,
  canBe,
  conditionFormula,
  conditionParts,
  constant,
  ERROR,
  FALSE,
  formulaWith,
  TRUE,
  type ConditionPart,
  type Formula,
} from '../../regions';
import { changeOf, ofActive, ruleFinding } from '../build';
import type { FindingCheck, FindingFix } from '../model';
import type { Rule } from '../../engine';

export const redundantGuard: FindingCheck = {
  code: 'redundant-guard',
  what: 'A `has()` that changes the outcome of the condition on no call: the other parts settle the same.',
  why: 'A guard that guards nothing hides which part of the condition matters.',
  example: '`has(request.args.n) && request.args.n > 5 && has(request.args.n)`.',
  remedy: 'Remove it.',
  find: ofActive(async (_, { rule, index }) => {
    const condition = rule.condition === null ? undefined : await conditionParts(rule.condition);
    if (rule.condition === null || condition === undefined || isConstant(condition.formula)) return [];
    // Of two guards that make one another redundant, the later one is named.
    const guard = guardsIn(condition).findLast((one) =>
      areEquivalent(condition.formula, formulaWith(condition, one, constant(TRUE))),
    );
    if (guard === undefined || guard === condition) return [];
    const text = rule.condition.slice(guard.start, guard.end);
    const fix = await removalOf(rule, rule.condition, condition, guard);
    return [
      ruleFinding('redundant-guard', rule, index, {
        at: '/condition',
        severity: 'info',
        certainty: 'proven',
        message: `without \`${text}\` at this place, the condition has the same outcome on every call`,
        range: { start: guard.start, end: guard.end },
        ...(fix === undefined ? {} : { fix }),
      }),
    ];
  }),
};

/** Then `constant-condition` says so. */
const isConstant = (formula: Formula): boolean => !canBe(formula, TRUE) || !canBe(formula, FALSE | ERROR);

const guardsIn = (part: ConditionPart): readonly ConditionPart[] =>
  part.kind === 'has' ? [part] : part.parts.flatMap(guardsIn);

/** The condition without the guard, where that is a part of an `&&`; undefined where the text cannot be shown to be equivalent. */
async function removalOf(
  rule: Rule,
  source: string,
  condition: ConditionPart,
  guard: ConditionPart,
): Promise<FindingFix | undefined> {
  const around = partAround(condition, guard);
  const left = around?.kind === 'and' ? around.parts.filter((part) => part !== guard) : [];
  if (around === undefined || left.length === 0) return undefined;
  const kept = left.map(({ start, end, kind }) =>
    kind === 'or' || kind === 'if' ? `(${source.slice(start, end)})` : source.slice(start, end),
  );
  const text = source.slice(0, around.start) + kept.join(' && ') + source.slice(around.end);
  const formula = await conditionFormula(text);
  if (!areEquivalent(condition.formula, formula)) return undefined;
  return changeOf(`Remove the redundant \`${source.slice(guard.start, guard.end)}\``, rule, { condition: text });
}

function partAround(part: ConditionPart, inner: ConditionPart): ConditionPart | undefined {
  if (part.parts.includes(inner)) return part;
  return part.parts.map((one) => partAround(one, inner)).find((one) => one !== undefined);
}

import type { SourceRange } from '../syntax/diagnostic';
import type { CallExpr } from '../syntax/ast';
import { noOverload } from './operators';
import { locate, type Evaluate } from './plan-context';
import { mergeUnknown } from '../values/unknown';
import { type EvalError, NoValue, Unknown, type Result } from '../values/values';

/**
 * `&&` and `||`: one operand that decides (`false`, `true`) absorbs everything else; failing that an unknown wins over an error,
 * in whatever order, and the first error over the later.
 */
export function planLogic(expr: CallExpr, terms: readonly Evaluate[]): Evaluate {
  const decides = expr.function === '_||_';
  const operator = decides ? '||' : '&&';
  const worse = (bad: NoValueResult | undefined, result: Result, term: number): NoValueResult =>
    merged(bad, result, operator, expr.args[term] ?? expr);
  const [first, second] = terms;
  if (first && second && terms.length === 2) {
    return (activation) => {
      const left = first(activation);
      if (left === decides) return decides;
      const right = second(activation);
      if (right === decides) return decides;
      if (left === !decides) return right === !decides ? right : worse(undefined, right, 1);
      const bad = worse(undefined, left, 0);
      return right === !decides ? bad : worse(bad, right, 1);
    };
  }
  return (activation) => {
    let bad: NoValueResult | undefined;
    for (let i = 0; i < terms.length; i++) {
      const result = (terms[i] as Evaluate)(activation);
      if (result === decides) return decides;
      if (result !== !decides) bad = worse(bad, result, i);
    }
    return bad === undefined ? !decides : bad;
  };
}

/** Why there is no value. */
export type NoValueResult = EvalError | Unknown;

/** What a result that is not the bool it should be fails with. */
export function failureOf(result: Result, operator: string, range: SourceRange): NoValueResult {
  if (result instanceof NoValue) return result as NoValueResult;
  return locate(noOverload(operator, result), range) as EvalError;
}

/** What is after one more operand that is not a bool: unknowns together, else the first error. */
export function merged(
  bad: NoValueResult | undefined,
  result: Result,
  operator: string,
  range: SourceRange,
): NoValueResult {
  if (result instanceof Unknown) return joined(bad, result);
  return bad ?? failureOf(result, operator, range);
}

/** An unknown in place of an error; with the facts of an unknown before it. */
export const joined = (bad: NoValueResult | undefined, next: Unknown): Unknown =>
  mergeUnknown(bad instanceof Unknown ? bad : undefined, next) ?? next;

/**
 * Common shapes of a call with a literal operand, each as one closure with what can be known of the literal worked out beforehand.
 *
 * INVARIANT: a shape answers as the general closure does; whatever it does not foresee it hands to that (`otherwise`). The tests hold
 * the two against each other.
 */
import type { CallExpr, Expr } from '../syntax/ast';
import { budget, textSteps } from '../values/budget';
import { BINARY, TEXT_TESTS, sizeOf, spendSize } from './functions';
import { noOverload } from './operators';
import { constantOf, locate, type PlanContext, type Evaluate, type Plan } from './plan-context';
import { NoValue, isList, type EvalError, type Result, type Value } from '../values/values';

/** The closure for a call whose shape is known; undefined for any other. */
export function planShape(expr: CallExpr, context: PlanContext, plan: Plan): Evaluate | undefined {
  const { function: name, target, args } = expr;
  const [left, right] = target ? [target, ...args] : args;
  const binary = BINARY.get(name);
  if (!left || !right || !binary || args.length + (target ? 1 : 0) !== 2) return undefined;
  const literal = constantOf(right);
  if (literal !== undefined) {
    const otherwise = (value: Result): Result =>
      value instanceof NoValue ? value : locate(binary(value, literal), expr);
    const sized = sizeShape(left, name, literal, otherwise, context, plan);
    if (sized) return sized;
    const shape = rightLiteral(name, literal, otherwise, expr);
    return shape?.(plan(left, context));
  }
  const mirrored = MIRROR[name];
  const first = mirrored && constantOf(left);
  if (!mirrored || first === undefined) return undefined;
  const otherwise = (value: Result): Result => (value instanceof NoValue ? value : locate(binary(first, value), expr));
  return rightLiteral(mirrored, first, otherwise, expr)?.(plan(right, context));
}

/** What a comparison is with its operands exchanged. */
const MIRROR: Readonly<Record<string, string>> = {
  '_==_': '_==_',
  '_!=_': '_!=_',
  '_<_': '_>_',
  '_<=_': '_>=_',
  '_>_': '_<_',
  '_>=_': '_<=_',
};

type Otherwise = (value: Result) => Result;
type ShapePlan = (operand: Evaluate) => Evaluate;

function rightLiteral(name: string, literal: Value, otherwise: Otherwise, expr: CallExpr): ShapePlan | undefined {
  if (name === '_==_' || name === '_!=_') return equality(name === '_==_', literal, otherwise);
  if (name === '@in') return membership(literal, otherwise);
  const compared = COMPARED[name];
  if (compared && (typeof literal === 'number' || typeof literal === 'bigint')) {
    return ordering(compared, literal, otherwise);
  }
  if (typeof literal !== 'string') return undefined;
  const test = TEXT_TESTS[name];
  return test && onText(test, literal, expr, otherwise);
}

const onText =
  (
    test: (text: string, literal: string) => boolean | EvalError,
    literal: string,
    expr: CallExpr,
    otherwise: Otherwise,
  ): ShapePlan =>
  (operand) =>
  (activation) => {
    const value = operand(activation);
    if (typeof value !== 'string') return otherwise(value);
    const passed = test(value, literal);
    return typeof passed === 'boolean' ? passed : locate(passed, expr);
  };

function equality(equal: boolean, literal: Value, otherwise: Otherwise): ShapePlan | undefined {
  if (typeof literal === 'string') {
    return (operand) => (activation) => {
      const value = operand(activation);
      // A long text of the same length is left to the closure that charges for it.
      if (typeof value !== 'string' || (value.length === literal.length && literal.length >= 10))
        return otherwise(value);
      return (value === literal) === equal;
    };
  }
  if (typeof literal === 'boolean' || literal === null) {
    return (operand) => (activation) => {
      const value = operand(activation);
      return value === literal ? equal : otherwise(value);
    };
  }
  if (typeof literal !== 'number' && typeof literal !== 'bigint') return undefined;
  // A double is compared with an int as a double.
  const double = Number(literal);
  return (operand) => (activation) => {
    const value = operand(activation);
    return typeof value === 'number' ? (value === double) === equal : otherwise(value);
  };
}

/** NaN has no order and is left to the general closure. */
function ordering(compared: NumberComparison, literal: number | bigint, otherwise: Otherwise): ShapePlan {
  const bound = Number(literal);
  return (operand) => (activation) => {
    const value = operand(activation);
    return typeof value === 'number' && value === value ? compared(value, bound) : otherwise(value);
  };
}

/** `x in ["a", "b", …]`: nothing but a string equals one of them. */
function membership(list: Value, otherwise: Otherwise): ShapePlan | undefined {
  if (!isList(list) || !list.every((item) => typeof item === 'string')) return undefined;
  const set = new Set<Result>(list);
  const { length } = list;
  const lengths = new Map<number, number>();
  for (const { length } of list as readonly string[]) lengths.set(length, (lengths.get(length) ?? 0) + 1);
  return (operand) => (activation) => {
    const value = operand(activation);
    if (value instanceof NoValue) return otherwise(value);
    let steps = length;
    if (typeof value === 'string' && value.length >= 10)
      steps += (lengths.get(value.length) ?? 0) * textSteps(value.length);
    // What goes past the limit is left to the closure that says so.
    if (budget.left < steps) return otherwise(value);
    budget.left -= steps;
    return set.has(value);
  };
}

/** `size(x) > 3`, without an int for the size. */
function sizeShape(
  left: Expr,
  name: string,
  literal: Value,
  otherwise: Otherwise,
  context: PlanContext,
  plan: Plan,
): Evaluate | undefined {
  const compared = COMPARED[name];
  if (left.kind !== 'call' || left.function !== 'size' || typeof literal !== 'bigint' || !compared) return undefined;
  const subject = left.target ?? left.args[0];
  if (!subject || left.args.length + (left.target ? 1 : 0) !== 1) return undefined;
  const operand = plan(subject, context);
  const bound = Number(literal);
  return (activation) => {
    const value = operand(activation);
    if (value instanceof NoValue) return otherwise(value);
    const error = spendSize(value);
    if (error) return otherwise(locate(error, left));
    const length = sizeOf(value);
    return length === undefined ? otherwise(locate(noOverload('size', value), left)) : compared(length, bound);
  };
}

type NumberComparison = (a: number, b: number) => boolean;

const COMPARED: Readonly<Record<string, NumberComparison>> = {
  '_==_': (a, b) => a === b,
  '_!=_': (a, b) => a !== b,
  '_<_': (a, b) => a < b,
  '_<=_': (a, b) => a <= b,
  '_>_': (a, b) => a > b,
  '_>=_': (a, b) => a >= b,
};

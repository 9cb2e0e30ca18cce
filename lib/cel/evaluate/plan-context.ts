import type { Activation } from './activation';
import type { Constant, Expr, Macro } from '../syntax/ast';
import type { SourceRange } from '../syntax/diagnostic';
import { budget } from '../values/budget';
import type { RegexPattern } from './regex';
import { mergeUnknown } from '../values/unknown';
import { EvalError, NoValue, Uint, type Unknown, type Result, type Value } from '../values/values';

/** A compiled expression: a closure over its compiled parts. Never throws. */
export type Evaluate = (activation: Activation) => Result;

/** Where an iteration variable's value is while its macro runs. Evaluation is synchronous, so one place serves. */
export interface VariableCell {
  value: Value;
}

export interface VariableScope {
  readonly name: string;
  readonly cell: VariableCell;
  readonly outer: VariableScope | undefined;
}

/** Is called with what happens while an expression is evaluated. */
export interface Observer {
  /** A node has this result (`macro` nodes: all rounds are over). */
  node(expr: Expr, result: Result): void;
  /** A macro's body is about to be evaluated with this element. */
  round(macro: Macro, element: Value): void;
}

/** What compiling an expression needs to know. */
export interface PlanContext {
  /** cel-go's overload ids by call, as the checker leaves them; empty where it did not run. */
  readonly references: ReadonlyMap<number, readonly string[]>;
  /** Whether a variable of this name, which may be qualified, is declared. */
  readonly declared: (name: string) => boolean;
  /** Compile for activations with unknown facts. */
  readonly partial: boolean;
  /** For an explanation. INVARIANT: no shape is specialised then. */
  readonly observe: Observer | undefined;
  readonly scope: VariableScope | undefined;
  /** The compiled pattern of a literal, once for all plans of a program. */
  readonly pattern: (text: string) => RegexPattern | EvalError;
}

/** Compiles a node; handed around so that the files of the planner need not import one another in a circle. */
export type Plan = (expr: Expr, context: PlanContext) => Evaluate;

/** What a strict operation gives where an operand has no value: the leftmost's failing, with the facts that all wait for. */
export function strict(...operands: readonly Result[]): Result {
  const first = operands.find((operand) => operand instanceof NoValue) as EvalError | Unknown;
  if (first instanceof EvalError) return first;
  return operands.reduce<Unknown>((all, operand) => mergeUnknown(all, operand) ?? all, first);
}

/** What an error takes, with its message. */
const ERROR_STEPS = 5;

/** An error with the range of the node that raised it, if it has none yet. */
export function locate(result: Result, { start, end }: SourceRange): Result {
  if (!(result instanceof EvalError) || result.start >= 0) return result;
  budget.left -= ERROR_STEPS;
  const located = new EvalError(result.code, result.message, start, end);
  // The error of the steps is the evaluation's result, whatever comes after it.
  if (result === budget.error) budget.error = located;
  return located;
}

/** An equal string that the engine has interned: a map then finds it by identity instead of by its characters. */
export const interned = (text: string): string => Object.keys({ [text]: 0 })[0] ?? text;

export function literalValue(constant: Constant): Value {
  switch (constant.type) {
    case 'null':
      return null;
    case 'uint':
      return new Uint(constant.value);
    case 'string':
      return interned(constant.value);
    default:
      return constant.value;
  }
}

/** The value of a literal, of a negated number, and of a list of such; undefined for what must be evaluated. */
export function constantOf(expr: Expr): Value | undefined {
  if (expr.kind === 'literal') return literalValue(expr.value);
  if (expr.kind !== 'list') return undefined;
  const values: Value[] = [];
  for (const element of expr.elements) {
    const value = constantOf(element);
    if (value === undefined) return undefined;
    values.push(value);
  }
  return values;
}

/**
 * From the tree to closures. Each node becomes one closure over the closures of its parts; common shapes become one closure with their
 * parts folded in (`plan-shapes.ts`).
 */
import type { CallExpr, Expr, MapExpr, StructExpr } from '../syntax/ast';
import { LIST_STEPS, MAP_STEPS, spend } from '../values/budget';
import { BINARY, BOUND_BY_OVERLOAD, UNARY, test } from './functions';
import { MESSAGES } from '../check/messages';
import { keySteps, noOverload } from './operators';
import { literalValue, locate, constantOf, strict, type PlanContext, type Evaluate } from './plan-context';
import { planLogic } from './plan-logic';
import { planMacro } from './plan-macro';
import { planConditional, planHas, planPath } from './plan-path';
import { planShape } from './plan-shapes';
import { FUNCTIONS } from '../check/stdlib';
import {
  CelDuration,
  CelMap,
  CelTimestamp,
  EvalError,
  NoValue,
  typeOfValue,
  type Result,
  type Value,
} from '../values/values';

export function plan(expr: Expr, context: PlanContext): Evaluate {
  const { observe } = context;
  if (!observe) return planNode(expr, context);
  const node = planNode(expr, context);
  return (activation) => {
    const result = node(activation);
    observe.node(expr, result);
    return result;
  };
}

function planNode(expr: Expr, context: PlanContext): Evaluate {
  switch (expr.kind) {
    case 'literal': {
      const value = literalValue(expr.value);
      return () => value;
    }
    case 'ident':
    case 'select':
      return planPath(expr, context, plan);
    case 'call':
      return planCall(expr, context);
    case 'macro': {
      const [select] = expr.args;
      if (expr.name !== 'has') return planMacro(expr, context, plan);
      if (select?.kind === 'select') return planHas(expr, select, context, plan);
      return failing('invalid-expression', 'this is not an expression', expr);
    }
    case 'list': {
      const value = context.observe ? undefined : constantOf(expr);
      if (value !== undefined) return () => value;
      const list = planList(expr.elements.map((element) => plan(element, context)));
      // A list of literals is made with the condition, but for an explanation, which must take the same steps.
      if (constantOf(expr) !== undefined) return list;
      return (activation) => {
        const error = spend(LIST_STEPS, 'making lists');
        return error ? locate(error, expr) : list(activation);
      };
    }
    case 'map':
      return planMap(expr, context);
    case 'struct':
      return planStruct(expr, context);
    case 'error':
      return failing('invalid-expression', 'this is not an expression', expr);
  }
}

function failing(code: string, message: string, { start, end }: Expr): Evaluate {
  const error = new EvalError(code, message, start, end);
  return () => error;
}

function planList(elements: readonly Evaluate[]): Evaluate {
  return (activation) => {
    const values: Value[] = [];
    for (let i = 0; i < elements.length; i++) {
      const value = (elements[i] as Evaluate)(activation);
      if (value instanceof NoValue) return strict(value, ...elements.slice(i + 1).map((later) => later(activation)));
      values.push(value);
    }
    return values;
  };
}

function planMap(expr: MapExpr, context: PlanContext): Evaluate {
  const { entries } = expr;
  const parts = planList(entries.flatMap(({ key, value }) => [plan(key, context), plan(value, context)]));
  return (activation) => {
    const error = spend(MAP_STEPS, 'making maps');
    if (error) return locate(error, expr);
    const values = parts(activation) as readonly Value[] | NoValue;
    if (values instanceof NoValue) return values as Result;
    const map = new CelMap();
    for (let i = 0; i < entries.length; i++) {
      const key = values[2 * i] as Value;
      if (key instanceof Uint8Array) {
        const { start, end } = (entries[i] as MapExpr['entries'][0]).key;
        return new EvalError('invalid-key', 'bytes cannot be the key of a map', start, end);
      }
      const costs = spend(keySteps(map, key), 'making maps');
      if (costs) return locate(costs, expr);
      map.put(key, values[2 * i + 1] as Value);
    }
    return map;
  };
}

/** A message; the checker refuses those that there are not, and fields of other names. */
function planStruct(expr: StructExpr, context: PlanContext): Evaluate {
  const { fields, name } = expr;
  const message = MESSAGES.get(name.replace(/^\./, ''));
  if (!message) return failing('unknown-message', `there is no message type \`${name}\``, expr);
  const parts = planList(fields.map((field) => plan(field.value, context)));
  return (activation) => {
    const error = spend(MAP_STEPS, 'making messages');
    if (error) return locate(error, expr);
    const values = parts(activation) as readonly Value[] | NoValue;
    if (values instanceof NoValue) return values as Result;
    // A field that is given twice holds the last value.
    const last = new Map(fields.map((field, i) => [field.field, { field, value: values[i] as Value }]));
    const given = new Map<string, Value>();
    for (const [key, { field, value }] of last) {
      const made = Object.hasOwn(message.fields, key) ? message.fields[key]?.convert(value) : undefined;
      if (made === undefined) return locate(noConversion(value, `${name}.${key}`), field.value);
      if (made instanceof NoValue) return locate(made, field.value);
      given.set(key, made);
    }
    return locate(message.make(given), expr);
  };
}

const noConversion = (value: Value, field: string): EvalError =>
  new EvalError('invalid-conversion', `the field \`${field}\` cannot hold this \`${typeOfValue(value).name}\``);

function planCall(expr: CallExpr, context: PlanContext): Evaluate {
  const { function: name, target, args } = expr;
  if (name === '_[_]') return planPath(expr, context, plan);
  const matching = planMatches(expr, context);
  if (matching) return matching;
  const shape = context.observe ? undefined : planShape(expr, context, plan);
  if (shape) return shape;
  const operands = target ? [target, ...args] : args;
  if (name === '_?_:_' && context.partial) return planPath(expr, context, plan);
  const evals = operands.map((operand) => plan(operand, context));
  const [first, second, third] = evals;
  if (name === '_&&_' || name === '_||_') return planLogic(expr, evals);
  if (name === '_?_:_' && first && second && third) return planConditional(first, second, third, args[0] ?? expr);
  if (name === '!_' && first) return planNot(expr, first);
  const unary = UNARY.get(name);
  if (unary && first && evals.length === 1) return planUnary(expr, first, boundTo(expr, context) ?? unary);
  const binary = BINARY.get(name);
  if (binary && first && second && evals.length === 2) return planBinary(expr, first, second, binary);
  return failing('no-such-overload', `no such overload: \`${name}\``, expr);
}

/**
 * Where the checker left one overload of a function that cel-go binds overload by overload, that one alone runs: `int(x["k"])` becomes
 * int-to-int, since an untyped index takes the type of the first overload it fits, and then refuses a double.
 */
function boundTo(
  { id, function: name }: CallExpr,
  { references }: PlanContext,
): ((value: Value) => Result) | undefined {
  const ids = references.get(id);
  const unary = UNARY.get(name);
  if (ids?.length !== 1 || !unary || !BOUND_BY_OVERLOAD.has(name)) return undefined;
  const kind = FUNCTIONS.get(name)?.find((overload) => overload.id === ids[0])?.params[0]?.kind;
  return (value) => (kindOf(value) === kind ? unary(value) : noOverload(name, value));
}

/** The checker's name of a value's type. */
const kindOf = (value: Value): string =>
  value instanceof CelTimestamp ? 'timestamp' : value instanceof CelDuration ? 'duration' : typeOfValue(value).name;

/** `text.matches("literal")`: the pattern is compiled with the condition, and not charged for again. */
function planMatches(expr: CallExpr, context: PlanContext): Evaluate | undefined {
  const [text, literal] = expr.target ? [expr.target, ...expr.args] : expr.args;
  const source = expr.function === 'matches' && literal ? constantOf(literal) : undefined;
  if (!text || !literal || typeof source !== 'string') return undefined;
  const pattern = context.pattern(source);
  const failed = pattern instanceof EvalError ? locate(pattern, expr) : undefined;
  const [operand, observed] = [plan(text, context), context.observe && plan(literal, context)];
  return (activation) => {
    const value = operand(activation);
    observed?.(activation);
    if (value instanceof NoValue) return value;
    if (typeof value !== 'string') return locate(noOverload('matches', value, source), expr);
    if (pattern instanceof EvalError) return failed as Result;
    const found = test(pattern, value);
    return typeof found === 'boolean' ? found : locate(found, expr);
  };
}

/** `!x` on what it almost always meets. */
function planNot(expr: CallExpr, operand: Evaluate): Evaluate {
  return (activation) => {
    const value = operand(activation);
    if (typeof value === 'boolean') return !value;
    return value instanceof NoValue ? value : locate(noOverload('!', value), expr);
  };
}

function planUnary(expr: CallExpr, operand: Evaluate, apply: (value: Value) => Result): Evaluate {
  return (activation) => {
    const value = operand(activation);
    return value instanceof NoValue ? value : locate(apply(value), expr);
  };
}

function planBinary(expr: CallExpr, left: Evaluate, right: Evaluate, apply: (a: Value, b: Value) => Result): Evaluate {
  return (activation) => {
    const a = left(activation);
    const b = right(activation);
    if (a instanceof NoValue || b instanceof NoValue) return strict(a, b);
    return locate(apply(a, b), expr);
  };
}

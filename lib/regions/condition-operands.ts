/** What the operands of a condition's tests are: constants, and paths to facts of the call. */
import type { Expr } from '../cel';
import type { Json } from '../engine';
import type { FactSteps } from './facts';

const ROOTS = new Set(['agent', 'instance', 'user', 'resource', 'tool', 'request']);

/** A constant of JSON: undefined where the expression is none. An int that no double equals is none either. */
export function constantOf(expr: Expr): { readonly value: Json } | undefined {
  if (expr.kind === 'call' && expr.function === '-_' && expr.args[0]) {
    const negated = constantOf(expr.args[0])?.value;
    return typeof negated === 'number' ? { value: -negated } : undefined;
  }
  if (expr.kind !== 'literal') return undefined;
  switch (expr.value.type) {
    case 'null':
      return { value: null };
    case 'bytes':
      return undefined;
    case 'int':
    case 'uint':
      return Number.isSafeInteger(Number(expr.value.value)) ? { value: Number(expr.value.value) } : undefined;
    case 'double':
      return Number.isFinite(expr.value.value) ? { value: expr.value.value } : undefined;
    default:
      return { value: expr.value.value };
  }
}

/** The path that an expression reads from a variable of a decision, by constant steps. */
export function pathOf(expr: Expr): FactSteps | undefined {
  if (expr.kind === 'select') {
    const path = operandPath(expr.operand);
    return path && [...path, expr.field];
  }
  if (expr.kind !== 'call' || expr.function !== '_[_]') return undefined;
  const [operand, key] = expr.args;
  const path = operand && operandPath(operand);
  return path && key?.kind === 'literal' && key.value.type === 'string' ? [...path, key.value.value] : undefined;
}

function operandPath(expr: Expr): FactSteps | undefined {
  return expr.kind === 'ident' && ROOTS.has(expr.name) ? [expr.name] : pathOf(expr);
}

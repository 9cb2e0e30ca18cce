/** Constant paths in an expression: `request.args.to`, `request.args["content-type"]`. */
import type { Expr } from '../syntax/ast';

/**
 * The names that a chain of selects and string indexes spells from a variable, or undefined where it is no such chain. `isVariable` says
 * whether the root is one (an iteration variable is not).
 */
export function pathOf(expr: Expr, isVariable: (name: string) => boolean = () => true): readonly string[] | undefined {
  const path: string[] = [];
  let node = expr;
  for (;;) {
    if (node.kind === 'select') {
      path.unshift(node.field);
      node = node.operand;
    } else if (node.kind === 'call' && node.function === '_[_]') {
      const [target, index] = node.args;
      if (!target || index?.kind !== 'literal' || index.value.type !== 'string') return undefined;
      path.unshift(index.value.value);
      node = target;
    } else {
      if (node.kind !== 'ident' || !isVariable(node.name)) return undefined;
      return [node.name.replace(/^\./, ''), ...path];
    }
  }
}

/** The paths that are there if `expr` is `when`: those that its `has(…)` and `"key" in map` ask for. */
export function guardsOf(expr: Expr, when: boolean): readonly (readonly string[])[] {
  if (expr.kind === 'macro' && expr.name === 'has') {
    const path = when && expr.args[0] && pathOf(expr.args[0]);
    return path ? [path] : [];
  }
  if (expr.kind !== 'call') return [];
  const [first, second] = expr.args;
  if (expr.function === '!_' && first) return guardsOf(first, !when);
  if (expr.function === (when ? '_&&_' : '_||_')) return expr.args.flatMap((term) => guardsOf(term, when));
  if (expr.function === '@in' && when && first?.kind === 'literal' && first.value.type === 'string' && second) {
    const path = pathOf(second);
    return path ? [[...path, first.value.value]] : [];
  }
  return [];
}

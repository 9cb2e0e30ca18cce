import type { Expr } from '../syntax/ast';
import { constantOf } from './plan-context';
import { childrenOf, dottedName } from '../syntax/tree';
import { formatPath, isPathKey } from '../values/unknown';
import { NAMED_VALUES } from '../values/values';

/** The constant paths an expression may read (each ends at the first index that is no literal), sorted, each once. */
export function readsOf(expr: Expr, declared: (name: string) => boolean): readonly string[] {
  const paths = new Set<string>();
  collect(expr, [], [], declared, paths);
  return [...paths].sort();
}

/** `steps` are the keys that are taken of the node, outermost last; `hidden` the iteration variables around it. */
function collect(
  expr: Expr,
  steps: readonly unknown[],
  hidden: readonly string[],
  declared: (name: string) => boolean,
  paths: Set<string>,
): void {
  const on = (child: Expr, taken: readonly unknown[] = [], names = hidden): void =>
    collect(child, taken, names, declared, paths);
  if (expr.kind === 'ident' || expr.kind === 'select') {
    const name = dottedName(expr);
    if (name !== undefined && hidden.includes(name)) return;
    const plain = name?.replace(/^\./, '');
    if (plain !== undefined && (expr.kind === 'ident' || declared(plain) || NAMED_VALUES.has(plain))) {
      if (declared(plain) || !NAMED_VALUES.has(plain)) paths.add(formatPath(plain, steps));
      return;
    }
    if (expr.kind === 'select') on(expr.operand, [expr.field, ...steps]);
    return;
  }
  if (expr.kind === 'call' && expr.function === '_[_]') {
    const [operand, key] = expr.args as [Expr, Expr];
    const value = constantOf(key);
    on(operand, isPathKey(value) ? [value, ...steps] : []);
    on(key);
    return;
  }
  if (expr.kind === 'call' && expr.function === '_?_:_') {
    expr.args.forEach((arg, i) => on(arg, i ? steps : []));
    return;
  }
  if (expr.kind === 'macro' && expr.target && expr.variable !== undefined) {
    on(expr.target);
    for (const arg of expr.args) on(arg, [], [...hidden, expr.variable]);
    return;
  }
  for (const child of childrenOf(expr)) on(child);
}

/** Finding places in a syntax tree. */
import { childrenOf, type Expr } from '../cel';

/** The path from the root to a node: the root first. */
export type ExprPath = readonly Expr[];

/** The paths to all nodes that pass a test, in source order, outer ones first. */
export function pathsTo(root: Expr, test: (expr: Expr) => boolean): readonly ExprPath[] {
  const found: ExprPath[] = [];
  const visit = (expr: Expr, above: ExprPath): void => {
    const path = [...above, expr];
    if (test(expr)) found.push(path);
    for (const child of childrenOf(expr)) visit(child, path);
  };
  visit(root, []);
  return found;
}

/** The path to the innermost node that covers an offset (its end included) and passes a test. */
export function pathAt(root: Expr, offset: number, test: (expr: Expr) => boolean = () => true): ExprPath | undefined {
  return pathsTo(root, (expr) => expr.start <= offset && offset <= expr.end && test(expr)).at(-1);
}

/** Whether an expression is a path of names, as facts are read: `request.args.to[0]`. */
export function isPlace(expr: Expr): boolean {
  if (expr.kind === 'ident') return true;
  if (expr.kind === 'select') return isPlace(expr.operand);
  return expr.kind === 'call' && expr.function === '_[_]' && expr.args[0] !== undefined && isPlace(expr.args[0]);
}

const RELATIONS = new Set(['_==_', '_!=_', '_<_', '_<=_', '_>_', '_>=_', '@in']);
export const isRelation = (expr: Expr): boolean => expr.kind === 'call' && RELATIONS.has(expr.function);
const LOGICAL = new Set(['_&&_', '_||_', '!_', '_?_:_']);
export const isLogical = (expr: Expr): boolean => expr.kind === 'call' && LOGICAL.has(expr.function);

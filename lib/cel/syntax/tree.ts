import type { Expr } from './ast';

/** The sub-expressions of a node, in source order. */
export function childrenOf(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'select':
      return [expr.operand];
    case 'call':
    case 'macro':
      return expr.target ? [expr.target, ...expr.args] : expr.args;
    case 'list':
      return expr.elements;
    case 'map':
      return expr.entries.flatMap(({ key, value }) => [key, value]);
    case 'struct':
      return expr.fields.map((field) => field.value);
    case 'error':
      return expr.parts;
    default:
      return [];
  }
}

/** An operator as it is written: `_==_` is `==`, `@in` is `in`. */
export const symbolOf = (operator: string): string => operator.replace(/[_@]/g, '');

/** How many nodes a tree has. */
export const countNodes = (expr: Expr): number => childrenOf(expr).reduce((sum, child) => sum + countNodes(child), 1);

/** Whether some node of a tree passes a test. */
export const someNode = (expr: Expr, test: (node: Expr) => boolean): boolean =>
  test(expr) || childrenOf(expr).some((child) => someNode(child, test));

/** The dotted name that a name, or a chain of selections from one, spells. */
export function dottedName(expr: Expr): string | undefined {
  let name = '';
  let node = expr;
  for (; node.kind === 'select'; node = node.operand) name = `.${node.field}${name}`;
  return node.kind === 'ident' ? node.name + name : undefined;
}

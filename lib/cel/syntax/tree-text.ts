import type { Expr } from './ast';

/** A tree as one line of text, without ids and ranges: equal lines, equal trees. */
export function treeText(expr: Expr): string {
  const list = (exprs: readonly Expr[]) => exprs.map(treeText).join(', ');
  switch (expr.kind) {
    case 'literal': {
      const { value } = expr;
      if (value.type === 'null') return 'null';
      if (value.type === 'double') return `double ${Object.is(value.value, -0) ? '-0' : value.value}`;
      return `${value.type} ${typeof value.value === 'string' ? JSON.stringify(value.value) : String(value.value)}`;
    }
    case 'ident':
      return expr.name;
    case 'select':
      return `${treeText(expr.operand)}.\`${expr.field}\``;
    case 'call':
      return `${expr.target ? `${treeText(expr.target)} . ` : ''}${expr.function}(${list(expr.args)})`;
    case 'list':
      return `[${list(expr.elements)}]`;
    case 'map':
      return `{${expr.entries.map(({ key, value }) => `${treeText(key)}: ${treeText(value)}`).join(', ')}}`;
    case 'struct':
      return `${expr.name}{${expr.fields.map(({ field, value }) => `${field}: ${treeText(value)}`).join(', ')}}`;
    case 'macro': {
      const target = expr.target ? `${treeText(expr.target)} . ` : '';
      return `${target}#${expr.name}(${expr.variable === undefined ? '' : `${expr.variable} => `}${list(expr.args)})`;
    }
    case 'error':
      return `?(${list(expr.parts)})`;
  }
}

import type { Constant, Expr, Macro } from './ast';

/**
 * cel-go's own form of an expression: macros expanded to comprehensions and presence tests, and runs of `&&` and `||` as balanced trees of
 * two operands. `id` is that of the node it was made from, 0 for what an expansion adds.
 */
export type CoreExpr = CoreNode & { readonly id: number };

export type CoreNode =
  | { readonly kind: 'literal'; readonly value: Constant }
  | { readonly kind: 'ident'; readonly name: string }
  | { readonly kind: 'select'; readonly operand: CoreExpr; readonly field: string; readonly testOnly: boolean }
  | {
      readonly kind: 'call';
      readonly function: string;
      readonly target: CoreExpr | undefined;
      readonly args: readonly CoreExpr[];
    }
  | { readonly kind: 'list'; readonly elements: readonly CoreExpr[] }
  | { readonly kind: 'map'; readonly entries: readonly { readonly key: CoreExpr; readonly value: CoreExpr }[] }
  | {
      readonly kind: 'struct';
      readonly name: string;
      readonly fields: readonly { readonly field: string; readonly value: CoreExpr }[];
    }
  | {
      readonly kind: 'comprehension';
      readonly variable: string;
      readonly range: CoreExpr;
      readonly accumulator: string;
      readonly init: CoreExpr;
      readonly condition: CoreExpr;
      readonly step: CoreExpr;
      readonly result: CoreExpr;
    }
  | { readonly kind: 'error' };

const ACCUMULATOR = '@result';

/** Expands a tree to cel-go's form. Total: an `error` node stays one. */
export function expand(expr: Expr): CoreExpr {
  const { id } = expr;
  switch (expr.kind) {
    case 'literal':
      return { kind: 'literal', id, value: expr.value };
    case 'ident':
      return { kind: 'ident', id, name: expr.name };
    case 'select':
      return { kind: 'select', id, operand: expand(expr.operand), field: expr.field, testOnly: false };
    case 'call': {
      const args = expr.args.map(expand);
      if (expr.function === '_&&_' || expr.function === '_||_')
        return balance(expr.function, args, 0, args.length - 1, id);
      return { kind: 'call', id, function: expr.function, target: expr.target && expand(expr.target), args };
    }
    case 'list':
      return { kind: 'list', id, elements: expr.elements.map(expand) };
    case 'map':
      return {
        kind: 'map',
        id,
        entries: expr.entries.map(({ key, value }) => ({ key: expand(key), value: expand(value) })),
      };
    case 'struct':
      return {
        kind: 'struct',
        id,
        name: expr.name,
        fields: expr.fields.map(({ field, value }) => ({ field, value: expand(value) })),
      };
    case 'macro':
      return expandMacro(expr);
    case 'error':
      return { kind: 'error', id };
  }
}

/** The operators between terms `low` and `high`, halved at the middle one (cel-go `balancer.balancedTree`). */
function balance(operator: string, terms: readonly CoreExpr[], low: number, high: number, id: number): CoreExpr {
  if (low === high) return terms[low] as CoreExpr;
  const middle = Math.floor((low + high) / 2);
  const args = [balance(operator, terms, low, middle, 0), balance(operator, terms, middle + 1, high, 0)];
  return { kind: 'call', id, function: operator, target: undefined, args };
}

function expandMacro({ id, name, target, variable, args }: Macro): CoreExpr {
  const [first, second] = args.map(expand);
  if (name === 'has' || !target || !first) {
    return first?.kind === 'select' ? { ...first, id, testOnly: true } : { kind: 'error', id };
  }
  const accumulator = make({ kind: 'ident', name: ACCUMULATOR });
  const loop = (init: CoreNode, condition: CoreExpr, step: CoreExpr, result = accumulator): CoreExpr => {
    const parts = { init: make(init), condition, step, result };
    return {
      kind: 'comprehension',
      id,
      variable: variable ?? '',
      range: expand(target),
      accumulator: ACCUMULATOR,
      ...parts,
    };
  };
  const always = constant({ type: 'bool', value: true });
  const one = constant({ type: 'int', value: 1n });
  const appended = (element: CoreExpr) => call('_+_', accumulator, make({ kind: 'list', elements: [element] }));
  switch (name) {
    case 'all':
      return loop(always, call('@not_strictly_false', accumulator), call('_&&_', accumulator, first));
    case 'exists': {
      const none = constant({ type: 'bool', value: false });
      return loop(none, call('@not_strictly_false', call('!_', accumulator)), call('_||_', accumulator, first));
    }
    case 'exists_one': {
      const step = call('_?_:_', first, call('_+_', accumulator, one), accumulator);
      return loop(constant({ type: 'int', value: 0n }), always, step, call('_==_', accumulator, one));
    }
    case 'map': {
      const step = second ? call('_?_:_', first, appended(second), accumulator) : appended(first);
      return loop({ kind: 'list', elements: [] }, always, step);
    }
    case 'filter': {
      const step = call('_?_:_', first, appended(make({ kind: 'ident', name: variable ?? '' })), accumulator);
      return loop({ kind: 'list', elements: [] }, always, step);
    }
  }
}

function make(node: CoreNode): CoreExpr {
  return { ...node, id: 0 };
}

function call(name: string, ...args: readonly CoreExpr[]): CoreExpr {
  return make({ kind: 'call', function: name, target: undefined, args });
}

function constant(value: Constant): CoreExpr {
  return make({ kind: 'literal', value });
}

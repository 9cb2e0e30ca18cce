import { dottedName } from '../syntax/tree';
import type { SourceRange } from '../syntax/diagnostic';
import type { CallExpr, Expr, Select } from '../syntax/ast';
import { index } from './operators';
import { followPartial, walkPartial } from './plan-partial';
import {
  constantOf,
  interned,
  locate,
  type VariableCell,
  type PlanContext,
  type Evaluate,
  type Plan,
} from './plan-context';
import { noSuchKey, noVariable, type Step } from './plan-step';
import {
  CelMap,
  CelMessage,
  EvalError,
  NAMED_VALUES,
  NoValue,
  isList,
  type Result,
  type Value,
} from '../values/values';

/**
 * A chain of selections and indexes: `request.args["a"][i].b`. It is compiled as one, for two reasons: one closure is quicker than
 * four, and whether a fact is unknown depends on the whole chain (`request` is unknown where `request.args` is, `request.ip` is not).
 */
interface SelectionPath {
  readonly root: PathRoot;
  readonly steps: readonly Step[];
}

type PathRoot =
  | { readonly kind: 'variable'; readonly name: string; readonly expr: Expr }
  | { readonly kind: 'cell'; readonly cell: VariableCell }
  | { readonly kind: 'constant'; readonly value: Value }
  | { readonly kind: 'expression'; readonly expr: Expr }
  | { readonly kind: 'conditional'; readonly test: Expr; readonly yes: Expr; readonly no: Expr; readonly expr: Expr };

export const isPathNode = (expr: Expr): expr is Select | CallExpr =>
  expr.kind === 'select' || (expr.kind === 'call' && expr.function === '_[_]');

const operandOf = (expr: Select | CallExpr): Expr => (expr.kind === 'select' ? expr.operand : (expr.args[0] as Expr));

/** The evaluation of a name, a selection or an index. */
export function planPath(expr: Expr, context: PlanContext, plan: Plan): Evaluate {
  const { observe, partial } = context;
  if (observe && !partial && isPathNode(expr) && !rootOf(expr, context)) {
    return planStep(plan(operandOf(expr), context), stepOf(expr, context, plan));
  }
  return planRead(readPath(expr, context, plan), context, plan);
}

/** `has(operand.field)`: false where a map lacks the field, and on anything that has no fields; an error on a list. */
export function planHas(expr: Expr, select: Select, context: PlanContext, plan: Plan): Evaluate {
  const field = interned(select.field);
  const test = (value: Result): Result => {
    if (value instanceof CelMap) return value.get(field) !== undefined;
    if (value instanceof NoValue) return value;
    return isList(value) || value instanceof CelMessage ? locate(index(value, field) ?? null, expr) : false;
  };
  const planTest = ({ root, steps }: SelectionPath): Evaluate => {
    if (root.kind === 'conditional') {
      return planBranch(root, context, plan, (side) => planTest(below(readPath(side, context, plan), steps)));
    }
    if (root.kind === 'variable') {
      return (activation) => walkPartial(activation, root.name, root.expr, steps, context.observe, test);
    }
    const operand = planRead({ root, steps: steps.slice(0, -1) }, context, plan);
    return (activation) => test(operand(activation));
  };
  if (context.partial) {
    const path = readOperand(select, context, plan);
    if (path.root.kind === 'conditional' || path.root.kind === 'variable') return planTest(path);
  }
  const operand = plan(select.operand, context);
  return (activation) => test(operand(activation));
}

function readPath(expr: Expr, context: PlanContext, plan: Plan): SelectionPath {
  const root = rootOf(expr, context);
  if (root) return { root, steps: [] };
  const [test, yes, no] = expr.kind === 'call' && expr.function === '_?_:_' ? expr.args : [];
  if (test && yes && no && context.partial) return { root: { kind: 'conditional', test, yes, no, expr }, steps: [] };
  if (isPathNode(expr)) return readOperand(expr, context, plan);
  return { root: { kind: 'expression', expr }, steps: [] };
}

/** A path whose last step is this node, whatever qualified name it may spell. */
function readOperand(expr: Select | CallExpr, context: PlanContext, plan: Plan): SelectionPath {
  const { root, steps } = readPath(operandOf(expr), context, plan);
  return { root, steps: [...steps, stepOf(expr, context, plan)] };
}

function stepOf(expr: Select | CallExpr, context: PlanContext, plan: Plan): Step {
  const operand = expr.kind === 'call' ? (expr.args[1] as Expr) : undefined;
  const key = operand ? constantOf(operand) : expr.kind === 'select' ? interned(expr.field) : undefined;
  const missing = noSuchKey(key ?? null, expr);
  return { expr, key, operand: key === undefined && operand ? plan(operand, context) : undefined, missing };
}

/** What a name stands for: the innermost iteration variable, a declared variable (the longest qualified name), a type. */
function rootOf(
  expr: Expr,
  context: PlanContext,
): Exclude<PathRoot, { kind: 'expression' | 'conditional' }> | undefined {
  const spelled = dottedName(expr);
  if (spelled === undefined) return undefined;
  const absolute = spelled.startsWith('.');
  const name = absolute ? spelled.slice(1) : spelled;
  if (!absolute) {
    const first = name.split('.', 1)[0];
    for (let scope = context.scope; scope; scope = scope.outer) {
      if (scope.name === first) return expr.kind === 'ident' ? { kind: 'cell', cell: scope.cell } : undefined;
    }
  }
  const value = context.declared(name) ? undefined : NAMED_VALUES.get(name);
  if (value !== undefined) return { kind: 'constant', value };
  return expr.kind === 'ident' || context.declared(name) ? { kind: 'variable', name: interned(name), expr } : undefined;
}

function planRead({ root, steps }: SelectionPath, context: PlanContext, plan: Plan): Evaluate {
  switch (root.kind) {
    case 'constant':
      return planSteps(() => root.value, steps, context);
    case 'cell': {
      const { cell } = root;
      return planSteps(() => cell.value, steps, context);
    }
    case 'expression':
      return planSteps(plan(root.expr, context), steps, context);
    case 'conditional':
      return planBranch(root, context, plan, (side) =>
        planRead(below(readPath(side, context, plan), steps), context, plan),
      );
    case 'variable':
      return context.partial
        ? (activation) => walkPartial(activation, root.name, root.expr, steps, context.observe)
        : planVariable(root.name, root.expr, steps, context);
  }
}

/** A path with more steps. Their operands are compiled once, however many roots they have. */
const below = ({ root, steps }: SelectionPath, more: readonly Step[]): SelectionPath => ({
  root,
  steps: [...steps, ...more],
});

/** `(c ? a : b).x` reads `a.x` or `b.x`: with unknown facts that is not the same as reading `a` first. */
function planBranch(
  { test, yes, no, expr }: Extract<PathRoot, { kind: 'conditional' }>,
  context: PlanContext,
  plan: Plan,
  planSide: (side: Expr) => Evaluate,
): Evaluate {
  return planConditional(plan(test, context), planSide(yes), planSide(no), expr);
}

export function planConditional(test: Evaluate, yes: Evaluate, no: Evaluate, { start, end }: SourceRange): Evaluate {
  const noBool = new EvalError('no-such-overload', 'the condition of `?:` is not a bool', start, end);
  return (activation) => {
    const held = test(activation);
    if (held === true) return yes(activation);
    if (held === false) return no(activation);
    return held instanceof NoValue ? held : noBool;
  };
}

function planVariable(name: string, expr: Expr, steps: readonly Step[], context: PlanContext): Evaluate {
  const absent = noVariable(name, expr);
  const walk = planSteps(
    (activation) => {
      const value = activation.vars.get(name);
      return value === undefined ? absent : value;
    },
    steps,
    context,
  );
  const [first, second, third] = steps;
  if (!first || steps.some((step) => typeof step.key !== 'string')) return walk;
  const [a, b, c] = steps.map((step) => step.key as string) as [string, string, string];
  // The usual lengths in straight lines; whatever is out of the ordinary is left to the general walk.
  if (!second) {
    return (activation) => {
      const map = activation.vars.get(name);
      if (!(map instanceof CelMap)) return walk(activation);
      const value = map.get(a);
      return value === undefined ? first.missing : value;
    };
  }
  if (!third) {
    return (activation) => {
      const outer = activation.vars.get(name);
      const map = outer instanceof CelMap ? outer.get(a) : undefined;
      if (!(map instanceof CelMap)) return walk(activation);
      const value = map.get(b);
      return value === undefined ? second.missing : value;
    };
  }
  if (steps.length > 3) return walk;
  return (activation) => {
    const outer = activation.vars.get(name);
    const middle = outer instanceof CelMap ? outer.get(a) : undefined;
    const map = middle instanceof CelMap ? middle.get(b) : undefined;
    if (!(map instanceof CelMap)) return walk(activation);
    const value = map.get(c);
    return value === undefined ? third.missing : value;
  };
}

function planSteps(base: Evaluate, steps: readonly Step[], { partial, observe }: PlanContext): Evaluate {
  if (!partial || !steps.length) return steps.reduce(planStep, base);
  return (activation) => followPartial(activation, base(activation), steps, observe);
}

function planStep(operand: Evaluate, { key, operand: keyOf, expr, missing }: Step): Evaluate {
  if (typeof key === 'string') {
    return (activation) => {
      const value = operand(activation);
      if (value instanceof NoValue) return value;
      const found = value instanceof CelMap ? value.get(key) : index(value, key);
      return found === undefined ? missing : locate(found, expr);
    };
  }
  return (activation) => {
    const value = operand(activation);
    if (value instanceof NoValue) return value;
    const held = keyOf ? keyOf(activation) : (key as Value);
    if (held instanceof NoValue) return held;
    const found = index(value, held);
    return found === undefined ? noSuchKey(held, expr) : locate(found, expr);
  };
}

import { LIST_STEPS, budget, overspent, spend } from '../values/budget';
import type { Expr, Macro } from '../syntax/ast';
import type { VariableCell, PlanContext, Evaluate, Plan } from './plan-context';
import { locate } from './plan-context';
import { failureOf, joined, merged, type NoValueResult } from './plan-logic';
import { countNodes } from '../syntax/tree';
import { CelMap, EvalError, NoValue, Unknown, isList, typeOfValue, type Result, type Value } from '../values/values';

/** A macro over a range: the elements of a list, the keys of a map. Its variable hides others of its name in the body alone. */
export function planMacro(expr: Macro, context: PlanContext, plan: Plan): Evaluate {
  const { name, variable = '', target, args } = expr;
  const range = plan(target as Expr, context);
  const cell: VariableCell = { value: null };
  const inner: PlanContext = { ...context, scope: { name: variable, cell, outer: context.scope } };
  const [body, second] = args.map((arg) => plan(arg, inner)) as [Evaluate, Evaluate | undefined];
  const { observe } = context;
  const first: Evaluate = observe ? (activation) => (observe.round(expr, cell.value), body(activation)) : body;
  const run = LOOPS[name as keyof typeof LOOPS]({
    expr,
    cell,
    first,
    second,
    cost: args.reduce((sum, arg) => sum + countNodes(arg), 0),
  });
  return (activation) => {
    const held = range(activation);
    if (isList(held)) return run(held, activation);
    // The keys are listed before the first round, of which there may be only one.
    if (held instanceof CelMap) return spend(held.length, doing(expr)) ?? run(held.keyList(), activation);
    if (held instanceof NoValue) return held;
    return new EvalError('not-iterable', `\`${typeOfValue(held).name}\` is no list or map`, expr.start, expr.end);
  };
}

const doing = ({ name }: Macro): string => `running \`${name}\``;

/** The limit is passed by a round of this macro. */
const passed = (expr: Macro): Result => locate(overspent(doing(expr)), expr);

interface MacroLoop {
  readonly expr: Macro;
  readonly cell: VariableCell;
  readonly first: Evaluate;
  readonly second: Evaluate | undefined;
  /** Steps that one round takes: the nodes of the body. */
  readonly cost: number;
}

type MacroRun = (elements: readonly Value[], activation: Parameters<Evaluate>[0]) => Result;

const quantifier =
  (decides: boolean) =>
  ({ expr, cell, first, cost }: MacroLoop): MacroRun =>
  (elements, activation) => {
    let bad: NoValueResult | undefined;
    for (let i = 0; i < elements.length; i++) {
      if ((budget.left -= cost) < 0) return passed(expr);
      cell.value = elements[i] as Value;
      const result = first(activation);
      if (result === decides) return decides;
      if (result !== !decides) bad = merged(bad, result, expr.name, expr.args[0] ?? expr);
    }
    return bad === undefined ? !decides : bad;
  };

/** What is gathered so far: once there is no value, adding changes nothing, but a predicate without a value takes its place. */
const LOOPS = {
  all: quantifier(false),
  exists: quantifier(true),
  exists_one: ({ expr, cell, first, cost }: MacroLoop): MacroRun => {
    return (elements, activation) => {
      let bad: NoValueResult | undefined;
      let count = 0;
      for (let i = 0; i < elements.length; i++) {
        if ((budget.left -= cost) < 0) return passed(expr);
        cell.value = elements[i] as Value;
        const result = first(activation);
        if (result === true) count++;
        else if (result !== false) bad = replaced(bad, result, expr);
      }
      return bad === undefined ? count === 1 : bad;
    };
  },
  filter: (loop: MacroLoop): MacroRun => gather(loop, loop.first, () => loop.cell.value),
  map: (loop: MacroLoop): MacroRun => gather(loop, loop.second ? loop.first : undefined, loop.second ?? loop.first),
};

function gather({ expr, cell, cost }: MacroLoop, test: Evaluate | undefined, take: Evaluate): MacroRun {
  return (elements, activation) => {
    if ((budget.left -= LIST_STEPS) < 0) return passed(expr);
    let bad: NoValueResult | undefined;
    const taken: Value[] = [];
    for (let i = 0; i < elements.length; i++) {
      if ((budget.left -= cost) < 0) return passed(expr);
      cell.value = elements[i] as Value;
      const kept = test ? test(activation) : true;
      if (kept === false) continue;
      if (kept !== true) {
        bad = replaced(bad, kept, expr);
        continue;
      }
      const result = take(activation);
      if (!(result instanceof NoValue)) taken.push(result);
      else if (bad === undefined) bad = result as NoValueResult;
      else if (bad instanceof Unknown && result instanceof Unknown) bad = joined(bad, result);
    }
    return bad === undefined ? taken : bad;
  };
}

/** The later replaces the earlier; where both are unknown, the facts of both are waited for. */
function replaced(bad: NoValueResult | undefined, result: Result, { name, args, start, end }: Macro): NoValueResult {
  const next = failureOf(result, name, args[0] ?? { start, end });
  return next instanceof Unknown ? joined(bad, next) : next;
}

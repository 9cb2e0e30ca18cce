import type { Activation } from './activation';
import type { Expr } from '../syntax/ast';
import { budget, textSteps } from '../values/budget';
import { index } from './operators';
import { locate, type PlanContext } from './plan-context';
import { noSuchKey, noVariable, type Step } from './plan-step';
import { formatPath, isPathKey, mergeUnknown, type UnknownTree } from '../values/unknown';
import { EvalError, NoValue, Unknown, type Result, type Value } from '../values/values';

/** A step's key, or why it is not known. */
type StepKey = Value | Unknown;

/** What `has` asks of the value that all steps but the last lead to. */
type PresenceTest = ((value: Result) => Result) | undefined;

/**
 * Reads a path of a variable where facts are unknown (docs/semantics.md, "Three-valued decisions"): the operands of indexes come first, then
 * unknown facts, which win over any value, then the values.
 */
export function walkPartial(
  activation: Activation,
  name: string,
  root: Expr,
  steps: readonly Step[],
  observe: PlanContext['observe'],
  test?: PresenceTest,
): Result {
  const keys = keysOf(activation, steps);
  if (keys instanceof EvalError) return keys;
  const tree = activation.unknown?.below.get(name);
  const unknown = tree && overlap(tree, name, keys, steps);
  if (unknown) return unknown;
  const base = activation.vars.get(name);
  if (base === undefined) return noVariable(name, root);
  if (steps.length && !tree) observe?.node(root, base);
  return follow(base, keys, steps, observe, test);
}

/** The same for a path of any other value. */
export function followPartial(
  activation: Activation,
  base: Result,
  steps: readonly Step[],
  observe: PlanContext['observe'],
): Result {
  if (base instanceof NoValue) return base;
  const keys = keysOf(activation, steps);
  return keys instanceof EvalError ? keys : follow(base, keys, steps, observe, undefined);
}

/** One that errs makes the whole an error, even past one that is unknown. */
function keysOf(activation: Activation, steps: readonly Step[]): StepKey[] | EvalError {
  const keys: StepKey[] = [];
  for (const { key, operand } of steps) {
    const held = operand ? operand(activation) : (key as Value);
    if (held instanceof EvalError) return held;
    keys.push(held);
  }
  return keys;
}

/** Whether the path reads a fact that is unknown, or one that holds such; then the deepest constant path that it reads. */
function overlap(
  tree: UnknownTree,
  name: string,
  keys: readonly StepKey[],
  steps: readonly Step[],
): Unknown | undefined {
  let node: UnknownTree | undefined = tree;
  for (let i = 0; i < keys.length && !node.whole; i++) {
    const key = keys[i];
    if (key instanceof Unknown) break;
    node = typeof key === 'string' || typeof key === 'bigint' ? node.below.get(key) : undefined;
    if (!node) return undefined;
  }
  const computed = steps.findIndex((step) => !isPathKey(step.key));
  const path = formatPath(name, computed < 0 ? keys : keys.slice(0, computed));
  const unknown = merge(new Unknown([path]), keys);
  budget.left -= textSteps(path.length);
  budget.waits ??= unknown;
  return unknown;
}

const merge = (first: Unknown, others: readonly StepKey[]): Unknown =>
  others.reduce<Unknown>((all, other) => mergeUnknown(all, other) ?? all, first);

function follow(
  base: Value,
  keys: readonly StepKey[],
  steps: readonly Step[],
  observe: PlanContext['observe'],
  test: PresenceTest,
): Result {
  let value = base;
  // `has` does not take the last step: it asks for it.
  const count = test ? steps.length - 1 : steps.length;
  for (let i = 0; i < count; i++) {
    const key = keys[i] as StepKey;
    const { expr } = steps[i] as Step;
    if (key instanceof Unknown) return merge(key, keys);
    const found = index(value, key);
    const result = found === undefined ? noSuchKey(key, expr) : locate(found, expr);
    if (result instanceof NoValue) return result;
    if (i < count - 1 || test) observe?.node(expr, result);
    value = result;
  }
  return test ? test(value) : value;
}

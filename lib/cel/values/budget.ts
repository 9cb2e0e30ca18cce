import { EvalError, type Unknown } from './values';

/**
 * How many steps an evaluation may take (docs/semantics.md, "Conditions"). A step is worth some 100 ns and at most 64 bytes: one node of a macro's
 * body, ten characters or bytes that are compared, searched or made (the factor of cel-go's `runtimecost.go`), one element of a list.
 * Whatever is charged is charged before it is done.
 */
export const MAX_STEPS = 1_000_000;

/**
 * What is left of the running evaluation's steps, the error once they are spent, and the first unknown fact that was read.
 *
 * INVARIANT: evaluation is synchronous and calls nothing of the caller's, so one counter serves; `Program` sets it.
 */
export const budget: {
  left: number;
  error: EvalError | undefined;
  waits: Unknown | undefined;
  /** The Unicode classes that computed patterns have named so far. */
  classes: Set<string> | undefined;
  /** The time zone of a getter that names none. */
  zone: string;
} = {
  left: MAX_STEPS,
  classes: undefined,
  error: undefined,
  waits: undefined,
  zone: 'UTC',
};

/** The error `cost`; `doing` says what passed the limit. The first one of an evaluation is its result. */
export function overspent(doing: string): EvalError {
  const message = `the condition takes more than 1,000,000 steps; the limit was passed while ${doing}`;
  return (budget.error ??= new EvalError('cost', message));
}

/** Charges `steps`; an error where they are not left, and then the work must not be done. */
export const spend = (steps: number, doing: string): EvalError | undefined =>
  (budget.left -= steps) < 0 ? overspent(doing) : undefined;

/** cel-go's costs of making a list (by `map` and `filter`, too) and a map; here also of a message. */
export const LIST_STEPS = 10;
export const MAP_STEPS = 30;

/** The steps for so many characters or bytes: none for short ones, which the node that they belong to pays for. */
export const textSteps = (length: number): number => (length * 0.1) | 0;

export const spendText = (length: number, doing: string): EvalError | undefined =>
  length < 10 ? undefined : spend(textSteps(length), doing);

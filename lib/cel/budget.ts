import { EvalError } from './values';

/** How many steps an evaluation may take (1-semantics.md, CEL): a step is one node of a macro's body, or one element that is copied or compared. */
export const MAX_STEPS = 1_000_000;

/**
 * What is left of the running evaluation's steps.
 *
 * INVARIANT: evaluation is synchronous and calls nothing of the caller's, so one counter serves; `evaluate` sets it.
 */
export const budget = { left: MAX_STEPS };

/**
 * Counts what goes through a text or bytes from end to end. The count alone is enough: macros look at it, and so does `evaluate`, before
 * anything can go on for long.
 */
export function scan(length: number): void {
  budget.left -= length >> 4;
}

export const tooCostly = new EvalError('cost', 'the condition takes more than 1,000,000 steps');

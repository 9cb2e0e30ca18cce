import { EvalError } from './values';

/** How many steps an evaluation may take (1-semantics.md, CEL): a step is one node of a macro's body, or one element that is copied or compared. */
export const MAX_STEPS = 1_000_000;

/**
 * What is left of the running evaluation's steps.
 *
 * INVARIANT: evaluation is synchronous and calls nothing of the caller's, so one counter serves; `evaluate` sets it.
 */
export const budget = { left: MAX_STEPS };

/** Longest string an evaluation may build, in UTF-16 units: macros could otherwise double one for ever. */
export const MAX_STRING = 2 ** 24;

export const tooCostly = new EvalError('cost', 'the condition takes more than 1,000,000 steps');

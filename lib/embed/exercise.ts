import { validateRules, fillRule, type Json, type JsonObject, type Rule, type WrittenRule } from '../engine';

/** What a reader is asked to do, in the member `exercise` of a bundle. Its tests say when it is done. */
export interface Exercise {
  readonly task: string;
  readonly hint?: string;
  /** The rules of a policy that passes the tests. */
  readonly solution?: readonly Rule[];
}

export type ReadExercise =
  { readonly ok: true; readonly exercise: Exercise } | { readonly ok: false; readonly message: string };

/** Reads a bundle's exercise. Never throws. */
export function readExercise(value: JsonObject | undefined): ReadExercise {
  if (value === undefined) return { ok: false, message: 'this bundle has no `exercise`' };
  const { task, hint, solution } = value;
  if (typeof task !== 'string' || task.trim() === '') {
    return { ok: false, message: '`exercise` must have a text in `task`' };
  }
  if (hint !== undefined && typeof hint !== 'string') return { ok: false, message: '`exercise.hint` must be a text' };
  const rules = solution === undefined ? undefined : readSolution(solution);
  if (typeof rules === 'string') return { ok: false, message: rules };
  return {
    ok: true,
    exercise: { task, ...(hint === undefined ? {} : { hint }), ...(rules === undefined ? {} : { solution: rules }) },
  };
}

/** The rules, or what is wrong with them. */
function readSolution(value: Json): readonly Rule[] | string {
  if (!Array.isArray(value)) return '`exercise.solution` must be a list of rules';
  const [problem] = validateRules(value, '/exercise/solution');
  if (problem !== undefined) return `${problem.message} (at ${problem.pointer})`;
  return (value as unknown as readonly WrittenRule[]).map(fillRule);
}

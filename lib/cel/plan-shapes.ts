import type { Call } from './ast';
import type { Context, Eval, Plan } from './plan-context';

/** A call of a common shape as one closure; undefined where it has none. */
export function planShape(_expr: Call, _context: Context, _plan: Plan): Eval | undefined {
  return undefined;
}

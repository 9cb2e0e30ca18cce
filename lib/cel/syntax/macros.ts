import type { Expr, MacroName } from './ast';
import type { SourceRange } from './diagnostic';
import type { ReportProblem } from './literals';
import { dottedName } from './tree';

/**
 * The standard macros, and how each is written. A call with any other number of arguments is an ordinary one, as in cel-go; `has` is a
 * function, the others are methods.
 */
export const MACROS: ReadonlyMap<string, readonly string[]> = new Map([
  ['has', ['has(a.b)']],
  ['all', ['list.all(x, condition)']],
  ['exists', ['list.exists(x, condition)']],
  ['exists_one', ['list.exists_one(x, condition)']],
  ['map', ['list.map(x, value)', 'list.map(x, condition, value)']],
  ['filter', ['list.filter(x, condition)']],
]);

export const isMacroName = (name: string, method: boolean): boolean => MACROS.has(name) && method === (name !== 'has');

/** The accumulator's name of old; cel-go still lets no iteration variable have it. */
const ACCUMULATOR = '__result__';

interface MacroParts {
  readonly name: MacroName;
  readonly variable: string | undefined;
  /** Where the variable is. */
  readonly at: SourceRange;
  readonly args: readonly Expr[];
}

/** For `has(a["b"])`: whether a map has a key is asked with `in`. */
function askForKey(expr: Expr): string | undefined {
  const [map, key] = expr.kind === 'call' && expr.function === '_[_]' ? expr.args : [];
  if (!map || key?.kind !== 'literal' || key.value.type !== 'string') return undefined;
  const name = dottedName(map);
  return `write \`${JSON.stringify(key.value.value)} in ${name !== undefined && /^[\w.]+$/.test(name) ? name : 'x'}\``;
}

/** The macro that a call is: `undefined` for an ordinary call, `'error'` (and a report) for a macro with arguments it cannot take. */
export function macroOf(
  name: string,
  target: Expr | undefined,
  args: readonly Expr[],
  report: ReportProblem,
): MacroParts | 'error' | undefined {
  const first = args[0];
  if (!first || !isMacroName(name, !!target)) return undefined;
  if (!MACROS.get(name)?.some((form) => form.split(',').length === args.length)) return undefined;
  if (!target) {
    // cel-go's presence test is itself a selection, so it takes `has(has(a.b))` and means `has(a.b)`.
    const field = first.kind === 'macro' && first.name === 'has' ? (first.args[0] as Expr) : first;
    if (field.kind === 'select') {
      return { name: 'has', variable: undefined, at: { start: first.start, end: first.start }, args: [field] };
    }
    const help = askForKey(first) ?? 'as in `has(request.args.name)`';
    if (first.kind !== 'error') report('invalid-has-argument', '`has` takes a field selection', first, help);
    return 'error';
  }
  if (first.kind !== 'ident') {
    const message = `the first argument of \`${name}\` must be a simple name`;
    if (first.kind !== 'error')
      report('invalid-macro-variable', message, first, 'it names the element in what follows');
    return 'error';
  }
  if (first.name === ACCUMULATOR) {
    report('invalid-macro-variable', `\`${ACCUMULATOR}\` cannot name an element`, first);
    return 'error';
  }
  return { name: name as MacroName, variable: first.name, at: first, args: args.slice(1) };
}

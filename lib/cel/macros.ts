import type { Expr, MacroName } from './ast';
import type { Report } from './literals';

/** The standard macros, by name: with how many arguments each is one. Any other number is an ordinary call, as in cel-go. */
const COMPREHENSIONS: ReadonlyMap<string, readonly number[]> = new Map([
  ['all', [2]],
  ['exists', [2]],
  ['exists_one', [2]],
  ['map', [2, 3]],
  ['filter', [2]],
]);

/** The accumulator's name of old; cel-go still lets no iteration variable have it. */
const ACCUMULATOR = '__result__';

/** Whether a name is that of a macro: `has` as a global call, the others as methods. */
export function isMacroName(name: string, method: boolean): boolean {
  return method ? COMPREHENSIONS.has(name) : name === 'has';
}

interface MacroParts {
  readonly kind: 'macro';
  readonly name: MacroName;
  readonly variable: string | undefined;
  readonly variableStart: number;
  readonly variableEnd: number;
  readonly args: readonly Expr[];
}

/** The macro that a call is: `undefined` for an ordinary call, `'error'` (and a report) for a macro with arguments it cannot take. */
export function macroOf(
  name: string,
  target: Expr | undefined,
  args: readonly Expr[],
  report: Report,
): MacroParts | 'error' | undefined {
  const [first, ...rest] = args;
  if (!first) return undefined;
  if (!target) {
    if (name !== 'has' || rest.length > 0) return undefined;
    // cel-go's presence test is itself a selection, so it takes `has(has(a.b))` and means `has(a.b)`.
    const field = first.kind === 'macro' && first.name === 'has' ? (first.args[0] as Expr) : first;
    if (field.kind === 'select') {
      return {
        kind: 'macro',
        name,
        variable: undefined,
        variableStart: first.start,
        variableEnd: first.start,
        args: [field],
      };
    }
    const help = 'as in `has(request.args.name)`';
    if (first.kind !== 'error')
      report('invalid-has-argument', '`has` takes a field selection', first.start, first.end, help);
    return 'error';
  }
  if (!COMPREHENSIONS.get(name)?.includes(args.length)) return undefined;
  if (first.kind !== 'ident') {
    const message = `the first argument of \`${name}\` must be a simple name`;
    if (first.kind !== 'error')
      report('invalid-macro-variable', message, first.start, first.end, 'it names the element in what follows');
    return 'error';
  }
  if (first.name === ACCUMULATOR) {
    report('invalid-macro-variable', `\`${ACCUMULATOR}\` cannot name an element`, first.start, first.end);
    return 'error';
  }
  const { name: variable, start: variableStart, end: variableEnd } = first;
  return { kind: 'macro', name: name as MacroName, variable, variableStart, variableEnd, args: rest };
}

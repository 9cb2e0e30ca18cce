import { advise, argsType, check, parse, type Diagnostic } from '../cel';
import { NO_CONTEXT, type ConditionContext } from './context';

/** At most so many: more would not be read. */
const MAX_DIAGNOSTICS = 100;

/**
 * Everything worth saying about a condition, in the order of the source: why it would be refused (`error`), what is surely not meant
 * (`warning`), what may fail (`info`). Where it does not parse, that alone.
 */
export function diagnosticsOf(source: string, context: ConditionContext = NO_CONTEXT): readonly Diagnostic[] {
  const parsed = parse(source);
  if (parsed.diagnostics.length > 0) return parsed.diagnostics.slice(0, MAX_DIAGNOSTICS);
  const checked = check(parsed, { result: 'bool' });
  const schemas = context.tools.map(({ tool }) => tool.inputSchema);
  const advice = advise(parsed, { checked, ...(schemas.length > 0 ? { argsType: argsType(schemas) } : {}) });
  return [...checked.diagnostics, ...advice]
    .toSorted((a, b) => a.start - b.start || a.end - b.end)
    .slice(0, MAX_DIAGNOSTICS);
}

/** The worst of them comes first: what a line below the editor says. */
export function firstProblem(diagnostics: readonly Diagnostic[]): Diagnostic | undefined {
  return (
    diagnostics.find(({ severity }) => severity === 'error') ??
    diagnostics.find(({ severity }) => severity === 'warning')
  );
}

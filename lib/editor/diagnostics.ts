import {
  advise,
  argsType,
  check,
  confusableLetters,
  hiddenCharacters,
  parse,
  type Diagnostic,
  type Type,
} from '../cel';
import { NO_CONTEXT, type ConditionContext, type CoveredTool } from './context';

/** At most so many: more would not be read. */
const MAX_DIAGNOSTICS = 100;

const typesFound = new WeakMap<readonly CoveredTool[], Type>();

/** Worked out once for the tools of a rule: they may be hundreds. */
function typeOfArguments(tools: readonly CoveredTool[]): Type | undefined {
  if (tools.length === 0) return undefined;
  const type = typesFound.get(tools) ?? argsType(tools.map(({ tool }) => tool.inputSchema));
  typesFound.set(tools, type);
  return type;
}

/**
 * Everything worth saying about a condition, in the order of the source: why it would be refused (`error`), what is surely not meant
 * (`warning`), what may fail (`info`). Where it does not parse, that and what deceives the eye alone.
 */
export function diagnosticsOf(source: string, context: ConditionContext = NO_CONTEXT): readonly Diagnostic[] {
  const parsed = parse(source);
  const deceiving = [...hiddenCharacters(source), ...confusableLetters(source)];
  if (parsed.diagnostics.length > 0) return inOrder([...parsed.diagnostics, ...deceiving]);
  const checked = check(parsed, { result: 'bool' });
  const args = typeOfArguments(context.tools);
  const advice = advise(parsed, { checked, ...(args ? { argsType: args } : {}) });
  return inOrder([...checked.diagnostics, ...advice, ...deceiving]);
}

const inOrder = (diagnostics: readonly Diagnostic[]): readonly Diagnostic[] =>
  diagnostics.toSorted((a, b) => a.start - b.start || a.end - b.end).slice(0, MAX_DIAGNOSTICS);

/** The worst of them comes first: what a line below the editor says. */
export function firstProblem(diagnostics: readonly Diagnostic[]): Diagnostic | undefined {
  return (
    diagnostics.find(({ severity }) => severity === 'error') ??
    diagnostics.find(({ severity }) => severity === 'warning')
  );
}

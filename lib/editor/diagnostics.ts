import { argsType, diagnose, type Diagnostic, type Type } from '../cel';
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

/** What is worth saying about a condition, with the arguments that the tools of its rule have. */
export const diagnosticsOf = (source: string, context: ConditionContext = NO_CONTEXT): readonly Diagnostic[] =>
  diagnose(source, { argsType: typeOfArguments(context.tools) }).slice(0, MAX_DIAGNOSTICS);

/** The worst of them comes first: what a line below the editor says. */
export function firstProblem(diagnostics: readonly Diagnostic[]): Diagnostic | undefined {
  return (
    diagnostics.find(({ severity }) => severity === 'error') ??
    diagnostics.find(({ severity }) => severity === 'warning')
  );
}

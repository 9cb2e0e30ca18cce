/** Conditions, compiled once each. Whatever is wrong with one, its rule is skipped: compiling and evaluating never fail. */
import { compile, DECISION_DECLARATIONS, isError, isUnknown, type Activation, type Program } from '../cel';
import type { ConditionError } from './decision';

/** What a condition gives for a call: an answer, why there is none, or the facts it waits for. */
export type ConditionValue = boolean | ConditionError | Waiting;

export interface Waiting {
  readonly paths: readonly string[];
}

export const isWaiting = (value: ConditionValue): value is Waiting => typeof value === 'object' && 'paths' in value;

export interface Condition {
  readonly source: string;
  /** The CEL paths it may read, as far as they are constant. */
  readonly reads: readonly string[];
  evaluate(facts: Activation): ConditionValue;
  /** To be explained, on demand; undefined where the condition does not compile. */
  readonly program: Program | undefined;
}

/** Compiles a condition; one that is null where a gate must have one errs like one that does not compile. */
export async function compileCondition(source: string): Promise<Condition> {
  try {
    const compiled = await compile(source, { declarations: DECISION_DECLARATIONS, result: 'bool' });
    if (compiled.ok) return fromProgram(compiled.program);
    const worst = compiled.diagnostics.find((diagnostic) => diagnostic.severity === 'error') ?? compiled.diagnostics[0];
    return failing(source, {
      code: worst?.phase ?? 'parse',
      message: worst?.message ?? 'the condition does not compile',
      start: worst?.start ?? 0,
      end: worst?.end ?? source.length,
    });
  } catch {
    return failing(source, error(source, 'unavailable', 'the condition could not be compiled here'));
  }
}

/** A gate that has no condition: it holds of nothing. */
export const NO_CONDITION: Condition = failing('', {
  code: 'no-condition',
  message: 'a gated rule must have a condition',
  start: 0,
  end: 0,
});

function failing(source: string, reason: ConditionError): Condition {
  return { source, reads: [], evaluate: () => reason, program: undefined };
}

function fromProgram(program: Program): Condition {
  const { source } = program;
  return {
    source,
    reads: program.reads,
    evaluate: (facts) => {
      const result = program.evaluate(facts);
      if (typeof result === 'boolean' || isUnknown(result) || isError(result)) return result;
      return error(source, 'not-bool', 'the condition is neither true nor false');
    },
    program,
  };
}

function error(source: string, code: string, message: string): ConditionError {
  return { code, message, start: 0, end: source.length };
}

/** Conditions, compiled once each. Whatever is wrong with one, its rule is skipped: compiling and evaluating never fail. */
import { compile, DECISION_DECLARATIONS, isError, isUnknown, type Program } from '../../cel';
import type { ConditionValue } from './condition-value';
import type { ConditionError } from '../model/decision';
import type { JsonObject } from '../model/model';
import { OURS, type Readings } from '../model/readings';
import { activationFor, readsOf } from './reads';
import { ConditionRecall } from './recall';

export interface RuleCondition {
  readonly source: string;
  /** What it comes to for a call. */
  evaluate(call: JsonObject): ConditionValue;
  /** The same, save that one error is as good as another: it may be what a call came to that is equal in all that the condition reads. */
  recall(call: JsonObject): ConditionValue;
  /** To be explained, on demand; undefined where the condition does not compile. */
  readonly program: Program | undefined;
}

/** Compiles a condition; one that is null where a gate must have one errs like one that does not compile. */
export async function compileCondition(source: string, readings: Readings = OURS): Promise<RuleCondition> {
  try {
    const compiled = await compile(source, {
      declarations: DECISION_DECLARATIONS,
      result: readings['non-boolean'] === 'error' ? 'bool' : 'any',
      zone: readings['time-zone'],
    });
    if (compiled.ok) return fromProgram(compiled.program, readings);
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
export const NO_CONDITION: RuleCondition = failing('', {
  code: 'no-condition',
  message: 'a gated rule must have a condition',
  start: 0,
  end: 0,
});

/** Why each of these conditions does not compile; one that does has no entry. */
export async function compileErrors(conditions: Iterable<string>): Promise<ReadonlyMap<string, ConditionError>> {
  const errors = new Map<string, ConditionError>();
  for (const source of new Set(conditions)) {
    const { program, evaluate } = await compileCondition(source);
    if (program !== undefined) continue;
    const error = evaluate({});
    if (typeof error === 'object' && 'code' in error) errors.set(source, error);
  }
  return errors;
}

function failing(source: string, reason: ConditionError): RuleCondition {
  return { source, evaluate: () => reason, recall: () => reason, program: undefined };
}

function fromProgram(program: Program, readings: Readings): RuleCondition {
  const { source } = program;
  const reads = readsOf(program.reads);
  const recall = ConditionRecall.of(program.reads);
  const evaluate = (call: JsonObject): ConditionValue => {
    try {
      const result = program.evaluate(activationFor(call, reads, readings));
      if (typeof result === 'boolean' || isUnknown(result) || isError(result)) return result;
      if (readings['non-boolean'] === 'false') return false;
      return error(source, 'not-bool', 'the condition is neither true nor false');
    } catch {
      // INVARIANT: conditions give errors as values; what is left to throw is the stack, on arguments of absurd depth.
      return error(source, 'too-deep', 'the arguments nest too deeply to be evaluated');
    }
  };
  return { source, evaluate, recall: recall ? (call) => recall.value(call, evaluate) : evaluate, program };
}

function error(source: string, code: string, message: string): ConditionError {
  return { code, message, start: 0, end: source.length };
}

/** A condition by itself, without a rule around it: what it gives for each call. */
import { readCall } from '../match/facts';
import type { ConditionError } from '../model/decision';
import type { Call } from '../model/model';
import { compileCondition } from './conditions';
import { asksOwn } from './reads';

/** `unknown`: it waits for facts that the call does not say. `error`: a rule with this condition would be skipped. */
export const CONDITION_ANSWERS = ['true', 'false', 'error', 'unknown'] as const;
export type ConditionAnswer = (typeof CONDITION_ANSWERS)[number];

export interface LoneCondition {
  /** Whether what a call has of its own, its arguments and time, is read. */
  readonly asksArguments: boolean;
  /** As conditions of rules are evaluated (docs/semantics.md, "Conditions"). Never throws. */
  answerFor(call: Call): ConditionAnswer;
}

export type CompiledLoneCondition =
  { readonly ok: true; readonly condition: LoneCondition } | { readonly ok: false; readonly error: ConditionError };

export async function compileLoneCondition(source: string): Promise<CompiledLoneCondition> {
  const { program, evaluate, recall } = await compileCondition(source);
  if (program === undefined) {
    const error = evaluate({});
    return typeof error === 'object' && 'code' in error
      ? { ok: false, error }
      : {
          ok: false,
          error: { code: 'parse', message: 'the condition does not compile', start: 0, end: source.length },
        };
  }
  const asksArguments = asksOwn(program.reads);
  return {
    ok: true,
    condition: {
      asksArguments,
      answerFor(call) {
        const value = recall(readCall(call));
        if (typeof value === 'boolean') return value ? 'true' : 'false';
        return 'paths' in value ? 'unknown' : 'error';
      },
    },
  };
}

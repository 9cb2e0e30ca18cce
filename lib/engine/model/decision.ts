import type { Facet, Hazard, DecisionRow, RuleId } from './model';

/** A decision with its diagnostics: one step per rule, in evaluation order. */
export interface Decision extends DecisionRow {
  readonly steps: readonly DecisionStep[];
  /** Where a gate denied (`decidedBy.kind` is `gate`): what the setting `continue` would have given. */
  readonly underContinue?: Pick<DecisionRow, 'effect' | 'decidedBy'>;
}

/** What became of one rule. Words and colours are chosen by who shows it. */
export type DecisionStep = { readonly ruleId: RuleId } & StepOutcome;

export type StepOutcome =
  | { readonly kind: 'not-active' }
  | { readonly kind: 'not-reached' }
  /** Every facet that certainly failed. */
  | { readonly kind: 'scope-mismatch'; readonly facets: readonly FacetMismatch[] }
  | { readonly kind: 'no-pattern'; readonly tool: KnownText; readonly tried: readonly string[] }
  | { readonly kind: 'condition-false' }
  /** A gate with a false condition, where the setting makes it deny: this step decided. */
  | { readonly kind: 'gate-denied' }
  | { readonly kind: 'condition-error'; readonly error: ConditionError }
  /** The rule may match: `waitsFor` are the facts (CEL paths) that it waits for; `unknown` says in which parts. */
  | {
      readonly kind: 'unknown';
      readonly unknown: readonly ('scope' | 'tool' | 'condition')[];
      readonly waitsFor: readonly string[];
    }
  | { readonly kind: 'matched'; readonly pattern: string };

/** A fact as it was: its value, null where known to be absent, undefined where unknown. */
export type KnownText = string | null | undefined;

export interface FacetMismatch {
  readonly facet: Facet;
  readonly expected: readonly string[];
  /** What the call has: names by which it could have matched, and its tags as `tag:NAME`; empty where absent. */
  readonly actual: readonly string[];
}

export interface ConditionError {
  /** `parse`, `check`, `not-bool`, or the evaluator's own code (`no-such-key`, `no-such-overload`, `overflow`, `cost`, …). */
  readonly code: string;
  readonly message: string;
  /** UTF-16 offsets in the condition. */
  readonly start: number;
  readonly end: number;
}

/** Codes of a condition that fails for every call, because there is nothing that could be evaluated. */
const NOT_COMPILED: ReadonlySet<string> = new Set(['parse', 'check', 'no-condition', 'unavailable']);

export const failedToCompile = ({ code }: ConditionError): boolean => NOT_COMPILED.has(code);

export type { Hazard };

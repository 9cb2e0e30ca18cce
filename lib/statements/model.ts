/** What can be stated or asked about all calls of a policy at once. */
import type { Facet } from '../engine';

export type SubjectFacet = Exclude<Facet, 'resources'>;

/** Who makes the calls: these, or with `but` everyone else. Selectors as in a scope. */
export interface CallSubject {
  readonly facet: SubjectFacet;
  readonly names: readonly string[];
  readonly but: boolean;
}

/** An annotation of tools in the catalog. */
export type ToolAnnotation = 'destructive' | 'read-only' | 'open-world';

/** The calls that a statement is about. An empty list is no restriction. */
export interface StatedCalls {
  readonly subject?: CallSubject;
  /** Tool patterns. */
  readonly tools: readonly string[];
  /** Only tools that the catalog annotates so. */
  readonly annotation?: ToolAnnotation;
  /** Selectors of resources. */
  readonly resources: readonly string[];
}

/** `allowed-ungated`: allowed by a rule that is no gate. */
export type StatedVerdict = 'allowed' | 'allowed-ungated' | 'denied';

/** A rule by its position, counted from 1, or by its id or name. */
export type RuleReference = number | string;

/** A question that a call answers: one of `calls` with such a verdict; one that comes to a rule whose condition then errs. */
interface CallsStatement {
  readonly kind: 'calls';
  readonly calls: StatedCalls;
  readonly verdict: StatedVerdict;
}

interface ErrorStatement {
  readonly kind: 'error';
  readonly rule: RuleReference;
}

/** INVARIANT of a policy: that no call answers the question. */
export type PolicyInvariant = CallsStatement | ErrorStatement;

export type PolicyQuestion =
  | PolicyInvariant
  | { readonly kind: 'decided'; readonly rule: RuleReference }
  | { readonly kind: 'default' }
  /** A call that both rules would decide, one by allowing it, the other by denying it, and that one of them decides. */
  | { readonly kind: 'contested'; readonly allowing: RuleReference; readonly denying: RuleReference };

/** What cannot be understood in a line. */
export interface StatementProblem {
  /** Lower case, no full stop, the user's text in backticks. */
  readonly message: string;
  /** UTF-16 offsets in the line. */
  readonly start: number;
  readonly end: number;
}

export type ReadStatement<T> =
  { readonly ok: true; readonly statement: T } | { readonly ok: false; readonly problem: StatementProblem };

/** A finding: something about a valid policy that is probably not meant. */
import type { Call, Catalog, Json, Policy, Rule, RuleId } from '../engine';
import type { PolicyRegion, RuleRegion, WorkLimit } from '../regions';

export type FindingSeverity = 'error' | 'warning' | 'info';
/** `proven`: it holds of every call, or the witness shows it. `possible`: it is likely, and not proven. */
export type FindingCertainty = 'proven' | 'possible';

export interface PolicyFinding {
  readonly code: string;
  readonly severity: FindingSeverity;
  readonly certainty: FindingCertainty;
  /** The rule that it is about; missing where it is about the whole policy. */
  readonly ruleId?: RuleId;
  /** JSON pointer in the bundle. */
  readonly pointer: string;
  /** One line: lower case, no full stop, the user's text in backticks. */
  readonly message: string;
  readonly help?: string;
  readonly relatedRuleIds: readonly RuleId[];
  /** A call that shows it, as the engine decides it. */
  readonly witness?: Call;
  /** The diagnostic of the condition that it comes from. */
  readonly cause?: string;
  /** UTF-16 offsets in the text at `pointer`. */
  readonly range?: { readonly start: number; readonly end: number };
  readonly fix?: FindingFix;
}

export interface FindingFix {
  /** For a button. */
  readonly title: string;
  readonly edit: FindingEdit;
}

/** One edit of the policy. */
export type FindingEdit =
  | { readonly kind: 'remove-rule'; readonly ruleId: RuleId }
  /** Takes the place of the rule with its id. */
  | { readonly kind: 'change-rule'; readonly rule: Rule }
  | { readonly kind: 'insert-rule'; readonly rule: Rule; readonly index: number };

/** What a check is given. */
export interface CheckedPolicy {
  readonly region: PolicyRegion;
  readonly policy: Policy;
  readonly catalog: Partial<Catalog>;
  /** As they are in the bundle: texts (`lib/statements`), or what is not understood here. */
  readonly invariants: readonly Json[];
  /** Whether an active rule can decide a call: found once, when it is first asked for. */
  readonly reach: (rule: RuleRegion) => CallsReaching;
  /** What is left of the work for the whole policy: then questions are left unanswered. */
  readonly work: WorkLimit;
}

/** What is known of the calls that come to a rule. */
export type CallsReaching =
  | { readonly kind: 'decides'; readonly call: Call }
  /** Its condition does not compile. */
  | { readonly kind: 'broken' }
  /** The condition by itself never lets it decide. */
  | { readonly kind: 'condition' }
  /** Scope, patterns and condition together let it decide nothing. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'blocked'; readonly by: readonly RuleRegion[]; readonly call: Call | undefined }
  | { readonly kind: 'unknown' };

/** What a check finds about one rule, or one invariant. */
export type FoundOfRule = readonly PolicyFinding[] | Promise<readonly PolicyFinding[]>;

/** One check: one file, one line in `registry.ts`. */
export interface FindingCheck {
  readonly code: string;
  /** What it finds, why that matters, a policy that has it, and what to do: each a sentence or two. */
  readonly what: string;
  readonly why: string;
  readonly example: string;
  readonly remedy: string;
  /** What it calls proven is so under every profile of a gateway: seen in a text, or shown by a call as the engine decides it. */
  readonly holdsUnderProfiles?: true;
  /** What it is asked about, one by one: rules, if nothing else is named. */
  readonly of?: 'invariants';
  /** What it finds about one of these, by its index. */
  readonly find: (checked: CheckedPolicy, index: number) => FoundOfRule;
  /** For a check of rules: what it finds about an invariant as well, by its index. */
  readonly findInInvariant?: (checked: CheckedPolicy, index: number) => FoundOfRule;
}

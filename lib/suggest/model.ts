import type { Call, CallId, Facet, Policy, Rule } from '../engine';

/** How exactly the rules name tools: from one name each to every tool. */
export const TOOL_DETAILS = ['exact', 'justified', 'family', 'any'] as const;
/**
 * - `exact`: names of tools that were called;
 * - `justified`: a pattern such as `get_*` in their place where every tool of the catalog that it fits was called;
 * - `family`: such a pattern for every called tool, whatever else it fits;
 * - `any`: `*`.
 */
export type ToolDetail = (typeof TOOL_DETAILS)[number];

/** Calls that a suggestion is made from: a call that is recorded as denied is never among them. */
export type TakenCalls = 'not-denied' | 'allowed';

export interface SuggestionChoices {
  readonly take: TakenCalls;
  /**
   * The facets that rules are split by; a facet that is not among them is open to everyone and everything. Undefined: agents and resources,
   * as far as every taken call names them.
   */
  readonly by: readonly Facet[] | undefined;
  readonly tools: ToolDetail;
  /** Whether an argument that had few values, which came again and again (`FEW_VALUES`, `REPEATED`), is limited to these. */
  readonly limitsArguments: boolean;
}

/** So many different values of an argument are few. */
export const FEW_VALUES = 5;
/** An argument is limited only where its values came so often on average. */
export const REPEATED = 3;

/** What a suggestion is made from. */
export interface SuggestionSource {
  /** Visits all calls of the trace in order, each time the same; false where it was stopped. Called several times. */
  readonly visit: (each: (call: Call, index: number) => void) => Promise<boolean>;
  /** Whether the call at a place was chosen; all are where it is undefined. Calls that are not chosen still show what was denied. */
  readonly isChosen?: ((index: number) => boolean) | undefined;
  /** Lets others work, and says whether to go on. */
  readonly pause?: (() => Promise<boolean>) | undefined;
}

/**
 * Why a chosen call is not among those that the suggestion is made from:
 *
 * - `recorded-denied`: the log says that it was denied; `not-recorded-allowed`: only calls that it says were allowed were taken;
 * - `unknown-fact`: a fact that the rules are split by is not known; `absent-fact`: it is known to be absent, which no scope can name;
 * - `no-selector`: no scope and no tool pattern means exactly this name, such as a tool with `*` in its name;
 * - `like-denied`: no rule of the chosen kind separates it from a call that was denied;
 * - `undecided`: the rules that were made do not certainly allow it.
 */
export type LeftOutReason =
  | 'recorded-denied'
  | 'not-recorded-allowed'
  | 'unknown-fact'
  | 'absent-fact'
  | 'no-selector'
  | 'like-denied'
  | 'undecided';

export interface LeftOutCalls {
  readonly reason: LeftOutReason;
  /** The CEL path of the fact, where one is the reason. */
  readonly fact: string | undefined;
  readonly count: number;
  /** One of them. */
  readonly example: CallId;
}

/** A tool of the catalog that the suggestion opens to some for whom no call was taken. */
export interface OpenedTool {
  readonly resource: string;
  readonly tool: string;
  /** How many combinations of names, of the facets that rules are split by, may call it without having done so. */
  readonly combinations: number;
  /** Whether a call of it was taken from another combination. */
  readonly called: boolean;
  readonly destructive: boolean;
}

export interface SuggestedRule {
  readonly rule: Pick<Rule, 'name' | 'effect' | 'scope' | 'tools' | 'condition'>;
  /** How many of the taken calls it decides, and one of them. */
  readonly calls: number;
  readonly example: Call;
  /** Arguments of its tools, seen or declared, that its condition does not limit. */
  readonly openArguments: readonly string[];
}

/** What the engine decides under the suggested rules: every number was counted by deciding. */
export interface SuggestionChecks {
  /** Calls that were taken: all of them are allowed. */
  readonly allowed: number;
  /** Calls recorded as denied: none of them is allowed; `conditional` ones lack facts. */
  readonly denied: { readonly total: number; readonly conditional: number };
  /** Calls of the trace that were not chosen and would be allowed too. */
  readonly alsoAllowed: number;
  /** Tools of the catalog by combinations of names: how many there are, were looked at, are opened by a taken call, and are opened besides. */
  readonly cells: { readonly total: number; readonly checked: number; readonly used: number; readonly opened: number };
}

export interface PolicySuggestion {
  /** In their order: the rule that decides most calls first. */
  readonly rules: readonly SuggestedRule[];
  /** How many calls there are, and how many of them were chosen. */
  readonly calls: { readonly total: number; readonly chosen: number };
  readonly leftOut: readonly LeftOutCalls[];
  /** Tools that are opened without having been called so, those that most may call first. */
  readonly openedTools: readonly OpenedTool[];
  /** The facets that the rules are split by, and those that no rule names. */
  readonly by: readonly Facet[];
  readonly anyOf: readonly Facet[];
  /** How many of the chosen calls that were not denied a scope can name in each facet. */
  readonly named: Readonly<Record<Facet, number>>;
  readonly checks: SuggestionChecks;
}

/** Settings under which the suggestion is decided. */
export type SuggestionSettings = Policy['settings'];

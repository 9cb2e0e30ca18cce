import type { Call, Effect, RuleId } from '@/lib/engine';
import type { PolicyFinding } from '@/lib/findings';

/** What can open over the workbench: at most one at a time. */
export type WorkbenchDialog =
  | { readonly kind: 'import'; readonly file?: File; readonly text?: string }
  | { readonly kind: 'compose'; readonly from?: Call }
  /** Facts are set on calls of the open trace. */
  | { readonly kind: 'facts' }
  /** With `decision`, the call in focus is chosen to go along; with `whole`, all that is kept with the policy. */
  | { readonly kind: 'share'; readonly decision?: true; readonly whole?: true }
  /** The calls that are shown with their decisions, or the whole open trace, as a file. */
  | { readonly kind: 'export'; readonly calls: 'shown' | 'trace'; readonly format: 'ndjson' | 'csv' }
  /** The explanation of a call, to copy. */
  | { readonly kind: 'report'; readonly call: Call }
  /** With `compare`, the previewed policy is compared with the user's own. */
  | { readonly kind: 'open'; readonly text?: string; readonly file?: File; readonly compare?: true }
  | { readonly kind: 'catalog' }
  | { readonly kind: 'access' }
  | { readonly kind: 'from-call'; readonly call: Call; readonly effect: Effect }
  | { readonly kind: 'tests' }
  | { readonly kind: 'compare' }
  /** What a draft would change if it were active; the region at this place is unfolded. */
  | { readonly kind: 'draft'; readonly ruleId: RuleId; readonly region: number }
  | { readonly kind: 'versions' }
  /** The steps of the open policy. */
  | { readonly kind: 'history' }
  /** All policies of this browser, those in the archive too. */
  | { readonly kind: 'policies' }
  /** The description and the notes of the policy. */
  | { readonly kind: 'notes' }
  | { readonly kind: 'coverage' }
  /** With `ruleId`, those of one rule; `finding` is opened at its call. */
  | { readonly kind: 'findings'; readonly ruleId?: RuleId; readonly finding?: PolicyFinding }
  /** Rules made from the open trace. */
  | { readonly kind: 'suggest' }
  | { readonly kind: 'data' }
  | { readonly kind: 'why-not'; readonly ruleId: RuleId; readonly call: Call }
  | { readonly kind: 'help' }
  | { readonly kind: 'commands' }
  | { readonly kind: 'position'; readonly ruleId: RuleId };

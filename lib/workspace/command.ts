import type { Dismissal } from '../bundle';
import type { PolicyProblemCode, Rule, RuleId, Settings, Status } from '../engine';
import type { PolicyContent } from '../store';
import type { TestChange } from './test-changes';

/** A change of a policy, as data: it can be applied again to a policy that another tab has changed meanwhile. */
export type PolicyCommand =
  /** At the top unless `index` says otherwise. The rule's id must be new: see `newRuleId`. */
  | { readonly kind: 'add-rule'; readonly rule: Rule; readonly index?: number }
  /**
   * Replaces the rule that has this id. With `base`, the rule that the edit began with, only what differs from it is changed; refused where
   * the same part was changed meanwhile to something else.
   */
  | { readonly kind: 'update-rule'; readonly rule: Rule; readonly base?: Rule }
  /** Puts a copy under `copyId` right below the rule. */
  | { readonly kind: 'duplicate-rule'; readonly id: RuleId; readonly copyId: RuleId }
  | { readonly kind: 'remove-rules'; readonly ids: readonly RuleId[] }
  /** `index` counts from 0, in the list without the rule that is moved. */
  | { readonly kind: 'move-rule'; readonly id: RuleId; readonly index: number }
  | { readonly kind: 'set-status'; readonly ids: readonly RuleId[]; readonly status: Status }
  | { readonly kind: 'set-settings'; readonly settings: Settings }
  | { readonly kind: 'rename'; readonly name: string }
  | { readonly kind: 'set-description'; readonly description: string }
  | { readonly kind: 'set-notes'; readonly notes: string }
  | { readonly kind: 'set-catalog'; readonly catalog: PolicyContent['catalog'] | null }
  /** One step, whatever it changes. Refused where a test that it names is not there. */
  | { readonly kind: 'change-tests'; readonly changes: readonly TestChange[] }
  /** Dismisses a finding; in the place of an earlier dismissal of the same. */
  | { readonly kind: 'dismiss-finding'; readonly dismissal: Dismissal }
  | { readonly kind: 'restore-finding'; readonly dismissal: Dismissal }
  /** At the end, unless it is there; refused where there are too many. `line` is a text of `lib/statements`. */
  | { readonly kind: 'add-invariant'; readonly line: string }
  | { readonly kind: 'remove-invariant'; readonly line: string }
  | { readonly kind: 'replace-rules'; readonly rules: readonly Rule[] }
  /** Everything at once: a bundle opened over this policy, or a version brought back. `from` names what it came from. */
  | { readonly kind: 'replace-all'; readonly content: PolicyContent; readonly from: string };

export type AppliedCommand =
  /** `label` says what was done, for the undo menu: "move `Only #general` to position 2". */
  | { readonly kind: 'applied'; readonly content: PolicyContent; readonly label: string }
  /** Nothing would change. */
  | { readonly kind: 'unchanged' }
  | RefusedCommand;

export interface RefusedCommand {
  readonly kind: 'refused';
  /** Never empty. */
  readonly problems: readonly CommandProblem[];
}

/** Why a command is refused. */
export interface CommandProblem {
  readonly code: PolicyProblemCode | 'no-such-rule' | 'edited-meanwhile' | 'no-such-test' | 'lone-surrogate';
  /** Where in the rule that `ruleId` names, or else in the policy: a JSON pointer (RFC 6901). */
  readonly pointer: string;
  /** Lower case, no full stop, the user's text in backticks. */
  readonly message: string;
  readonly ruleId?: RuleId;
}

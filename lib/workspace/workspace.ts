import type { CallId, Rule, RuleId } from '../engine';
import type { NamedVersion, Opened, PolicyContent, PolicyId, TraceId, VersionId, Failure } from '../store';
import type { Applied, Command } from './command';
import type { WorkspaceSnapshot } from './snapshot';

export interface WorkspaceOptions {
  /** From `openStore`; the workspace shows `opening` until it is there. */
  readonly opened: Promise<Opened>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** From 0 up to, not including, 1. */
  readonly random: () => number;
}

/** What undo or redo came to. */
export type Moved = { readonly kind: 'moved'; readonly label: string } | { readonly kind: 'nothing' } | Failure;

/**
 * The open policy and all around it. `subscribe` and `getSnapshot` are bound, ready for `useSyncExternalStore`.
 * Methods never throw or reject.
 */
export interface Workspace {
  subscribe(listener: () => void): () => void;
  getSnapshot(): WorkspaceSnapshot;

  /** Shown at once, saved behind. What is refused changes nothing. */
  dispatch(command: Command): Applied;
  /** A new, unique rule id. */
  newRuleId(): RuleId;
  /** Takes back the last step of the open policy, whoever made it. */
  undo(): Promise<Moved>;
  redo(): Promise<Moved>;
  /** Tries again to save what could not be saved. */
  retrySave(): Promise<void>;
  /** Resolves when everything so far is saved, or could not be. */
  settled(): Promise<void>;

  openPolicy(id: PolicyId): Promise<Opening>;
  /** Creates and opens a policy; without content, a new one with the rule `Allow all`. */
  createPolicy(content?: PolicyContent): Promise<Opening>;
  duplicatePolicy(id: PolicyId): Promise<Opening>;
  renamePolicy(id: PolicyId, name: string): Promise<Opening>;
  /** Opens another policy where this one was open; `restorePolicy` takes it back. */
  deletePolicy(id: PolicyId): Promise<Opening>;
  restorePolicy(id: PolicyId): Promise<Opening>;

  /** Begins to edit a rule: its kept draft where there is one. */
  editRule(id: RuleId): void;
  /** Begins a new rule, at the top unless `index` says otherwise. */
  editNewRule(rule?: Partial<Rule>, index?: number): void;
  changeDraft(rule: Rule): void;
  /** One undo step. The draft goes where it succeeds. */
  saveDraft(): Applied;
  /** Stops editing; with `keep` the draft stays for later. */
  closeDraft(how: 'keep' | 'discard'): void;

  selectRules(ids: readonly RuleId[]): void;
  selectTrace(id: TraceId | null): void;
  selectCall(id: CallId | null): void;

  saveVersion(name: string): Promise<NamedVersion | Failure>;
  deleteVersion(id: VersionId): Promise<void>;
  /** Brings a version's content back as one undo step. */
  restoreVersion(id: VersionId): Applied;

  dismissNotice(id: number): void;
  /** Reads again what other tabs may have changed: for a page that becomes visible. */
  refresh(): Promise<void>;
  deleteEverything(): Promise<Failure | { readonly kind: 'done' }>;
  close(): void;
}

export type Opening = { readonly kind: 'opened'; readonly id: PolicyId } | { readonly kind: 'missing' } | Failure;

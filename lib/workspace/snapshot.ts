import type { CallId, Rule, RuleId } from '../engine';
import type { Closing, StoreFailure, NamedVersion, PolicyId, Quarantined, TraceId } from '../store';
import type { Baseline } from './baseline';
import type { PolicyDocument } from './document';
import type { CommandProblem } from './command';

/** All that the workspace shows, immutable: a new object with every change, the same parts where nothing changed. */
export type WorkspaceSnapshot = OpeningSnapshot | ReadySnapshot;

export interface OpeningSnapshot {
  readonly phase: 'opening';
}

export interface ReadySnapshot {
  readonly phase: 'ready';
  /** Policies in use, the latest change first. */
  readonly policies: readonly PolicySummary[];
  /** Policies in the archive and in the bin, the latest first. */
  readonly aside: readonly AsidePolicy[];
  /** The open policy, with changes that are still on their way to storage. */
  readonly policy: PolicyDocument;
  readonly history: HistoryState;
  readonly saved: SavedState;
  /** The rule being edited in this tab; null where none is. */
  readonly draft: ShownDraft | null;
  /** Rules of the open policy that have a kept draft, `draft` included. */
  readonly drafts: readonly ShownDraft[];
  readonly versions: readonly NamedVersion[];
  /** What the open policy is compared with, where something was chosen. */
  readonly baseline: Baseline | null;
  readonly selection: WorkbenchSelection;
  readonly quarantined: readonly Quarantined[];
  readonly notices: readonly WorkspaceNotice[];
}

export interface PolicySummary {
  readonly id: PolicyId;
  readonly name: string;
  readonly rules: number;
  readonly updatedAt: number;
}

export interface AsidePolicy extends PolicySummary {
  /** What is in the bin is removed for good after some days; what is in the archive stays. */
  readonly place: 'archive' | 'bin';
  /** Milliseconds since 1970. */
  readonly since: number;
}

export interface HistoryState {
  /** What undo would take back; null where there is nothing. */
  readonly undo: string | null;
  readonly redo: string | null;
}

export type SavedState =
  | { readonly kind: 'saving' }
  | { readonly kind: 'saved' }
  /** Nothing is kept past this tab: why, in the browser's words. */
  | { readonly kind: 'memory'; readonly reason: string }
  /** The last changes are held in memory only; `retrySave` tries again. */
  | { readonly kind: 'failed'; readonly failure: StoreFailure; readonly unsaved: number };

export interface ShownDraft {
  readonly rule: Rule;
  /** The saved rule that this is an edit of; null for a new rule. */
  readonly base: Rule | null;
  /** Where a new rule will go; null where the rule exists already. */
  readonly index: number | null;
}

export interface WorkbenchSelection {
  readonly rules: readonly RuleId[];
  readonly traceId: TraceId | null;
  readonly callId: CallId | null;
}

export type WorkspaceNotice = { readonly id: number } & NoticeText;

export type NoticeText =
  /** A change could not be made again on what another tab made of the policy. */
  | {
      readonly kind: 'change-lost';
      readonly label: string;
      readonly problems: readonly CommandProblem[];
      /** An edit of a rule is not lost: it is unsaved again. */
      readonly keptAsDraft: boolean;
    }
  /** Another tab deleted the policy that was open; `name` is open instead. */
  | { readonly kind: 'policy-gone'; readonly name: string }
  /** The policy was no longer in storage, and was stored again as this tab showed it, without its earlier steps. */
  | { readonly kind: 'stored-anew'; readonly name: string }
  /** The database was closed under this tab. */
  | ({ readonly kind: 'storage-closed' } & Closing)
  | { readonly kind: 'quarantined'; readonly count: number }
  | { readonly kind: 'storage'; readonly failure: StoreFailure }
  | { readonly kind: 'erased' };

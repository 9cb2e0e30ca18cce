/** The workspace: policies under edit, with undo across tabs and reloads. Framework-free. This is its public entry. */
export type { PolicyDocument } from './document';
export type { Applied, Command, Problem, Refused } from './command';
export type {
  Draft,
  HistoryState,
  Notice,
  NoticeText,
  OpeningSnapshot,
  PolicySummary,
  ReadySnapshot,
  SavedState,
  Selection,
  WorkspaceSnapshot,
} from './snapshot';
export type { Workspace, WorkspaceOptions } from './workspace';

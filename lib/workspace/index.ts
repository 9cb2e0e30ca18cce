/** The workspace: policies under edit, with undo across tabs and reloads. Framework-free. This is its public entry. */
export type { Baseline, BaselineSource } from './baseline';
export type { PolicyDocument } from './document';
export type { AppliedCommand, PolicyCommand, CommandProblem, RefusedCommand } from './command';
export type {
  ShownDraft,
  HistoryState,
  WorkspaceNotice,
  AsidePolicy,
  NoticeText,
  OpeningSnapshot,
  PolicySummary,
  ReadySnapshot,
  SavedState,
  WorkbenchSelection,
  WorkspaceSnapshot,
} from './snapshot';
export { bundleOfContent, contentOfBundle, replacedByBundle, type ContentPart } from './bundle-content';
export {
  CATALOG_LISTS,
  completeCatalog,
  entryKey,
  groupsOf,
  isEmptyCatalog,
  mergeCatalogs,
  tagsOf,
  type CatalogEntry,
  type CatalogList,
  type GroupUse,
  type TagUse,
} from './catalog';
export { catalogChanges, type CatalogChange } from './catalog-changes';
export {
  entryProblems,
  putEntry,
  putTool,
  removeEntry,
  removeTool,
  renameTag,
  toolProblems,
  type CatalogProblem,
} from './catalog-edit';
export { dismissedIn } from './dismissed';
export { contentOf } from './document';
export { sameJson } from './equal';
export { entriesIn } from './extra-entries';
export type { UnsavedTrace, WorkFile } from './export-work';
export type { PagePreferences } from './work-settings';
export type { HistoryStep, PolicyHistory } from './policy-history';
export type { ImportedWork, IncomingWork } from './import-work';
export { editConflict, rulePart, type EditConflict, type RulePart } from './merge-rules';
export { changesNothing } from './new-rule';
export type { HistoryMove } from './open-policy';
export type { TestChange } from './test-changes';
export { startWorkspace, startWorkspaceOn, type StartOptions } from './start';
export type { WorkspaceOptions } from './options';
export type { OpeningOutcome, Workspace } from './workspace';

/** Decisions and traces, off the main thread. This is the page's entry; `worker.ts` is what runs on the other side. */
export { ReplayClient } from './client';
export type { ReplayProblem, ReplayState } from './replay-state';
export type {
  AccessAnswer,
  CallLine,
  ComparedTrace,
  ComparedCall,
  ComparedGroup,
  ComparedSide,
  TraceCoverage,
  ExplainedCall,
  FacetCount,
  EditImpact,
  ImportPreview,
  ImportProgress,
  LogPreview,
  NotableEntry,
  MoveImpact,
  OpenedTrace,
  Replayed,
  ReproducedEntries,
  EntryTurns,
  ReproducedEntry,
  TraceFacets,
} from './answers';
export type { CallSplice, AsideQuestion, WorkerQuestions } from './protocol';
export { chunksOf } from './chunks';
export { LineCache } from './line-cache';
export { spawnWorker } from './spawn';
export { SupersededError } from './superseded';
export type { WatchdogClock } from './watchdog';

/** Decisions and traces, off the main thread. This is the page's entry; `worker.ts` is what runs on the other side. */
export { ReplayClient, type ReplayState } from './client';
export type {
  CallLine,
  ConditionView,
  Explained,
  FacetCount,
  ImportPreview,
  ImportProgress,
  OpenedTrace,
  Replayed,
  RuleTally,
  TraceFacets,
  TraceFilter,
} from './protocol';
export { DECIDED_BY_DEFAULT, UNDECIDED } from '../trace';
export { spawnWorker } from './spawn';

/** Decisions and traces, off the main thread. This is the page's entry; `worker.ts` is what runs on the other side. */
export { ReplayClient, type ReplayState } from './client';
export type {
  Access,
  AsideQuestion,
  CallLine,
  Compared,
  ComparedCall,
  ComparedGroup,
  ComparedSide,
  Covered,
  Explained,
  FacetCount,
  Impact,
  ImportPreview,
  ImportProgress,
  MoveImpact,
  OpenedTrace,
  Questions,
  Replayed,
  TraceFacets,
} from './protocol';
export { chunksOf } from './chunks';
export { spawnWorker } from './spawn';

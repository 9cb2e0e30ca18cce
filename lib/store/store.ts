import type { Call, Json } from '../engine';
import type { PackedHead } from '../trace';
import type {
  LogEntry,
  NamedVersion,
  PolicyContent,
  PolicyHead,
  PolicyId,
  PolicyState,
  Quarantined,
  RuleDraft,
  TraceId,
  TraceLines,
  TraceMeta,
  VersionId,
} from './records';

/** Why storage did not do as it was asked, in the browser's own words. */
export interface Failure {
  readonly kind: 'failed';
  /** `quota`: no room; `closed`: the database was closed under us (a newer build, site data cleared); `refused`: not allowed. */
  readonly reason: 'quota' | 'closed' | 'refused' | 'other';
  readonly message: string;
}

export type Done = { readonly kind: 'done' };
export type Missing = { readonly kind: 'missing' };
export type Written = Done | Failure;
export type Found<T> = { readonly kind: 'found'; readonly value: T } | Missing | Failure;
export type Listed<T> = { readonly kind: 'listed'; readonly values: readonly T[] } | Failure;

export type CreateOutcome =
  { readonly kind: 'created'; readonly state: PolicyState } | { readonly kind: 'exists' } | Failure;

/** What a step makes of a policy. Without an entry it is an undo or a redo, and only moves the cursor. */
export interface Commit {
  readonly content: PolicyContent;
  readonly at: number;
  readonly move: { readonly append: Omit<LogEntry, 'policyId' | 'position'> } | { readonly cursor: number };
}

export type CommitOutcome =
  | { readonly kind: 'committed'; readonly state: PolicyState }
  /** Another tab was first: nothing was written, and this is how the policy stands. */
  | { readonly kind: 'conflict'; readonly state: PolicyState }
  | Missing
  | Failure;

export type PutTraceOutcome =
  { readonly kind: 'stored'; readonly meta: TraceMeta } | { readonly kind: 'stopped' } | Failure;

/** One chunk read back: its calls, or that it could not be read (and was set aside). */
export type ChunkRead =
  | { readonly kind: 'calls'; readonly index: number; readonly calls: readonly Call[] }
  | { readonly kind: 'lost'; readonly index: number }
  | Missing
  | Failure;

/** The head of one chunk. One that could not be read was set aside, and is left out. */
export type HeadRead = { readonly kind: 'head'; readonly index: number; readonly head: PackedHead } | Missing | Failure;

/** A trace that is being written. Once a method has failed, nothing of it is left. */
export interface TraceWriter {
  readonly kind: 'writing';
  append(calls: readonly Call[]): Promise<Written>;
  /** Makes it a trace that is there. */
  finish(meta: Omit<TraceMeta, 'id' | 'calls' | 'chunks'>): Promise<PutTraceOutcome>;
  /** Takes all of it away. */
  drop(): Promise<void>;
}

/** What changed, in this tab or another. */
export type Change =
  | { readonly kind: 'policy'; readonly id: PolicyId; readonly revision: number }
  | { readonly kind: 'policies' }
  | { readonly kind: 'drafts'; readonly policyId: PolicyId }
  | { readonly kind: 'versions'; readonly policyId: PolicyId }
  | { readonly kind: 'traces' }
  | { readonly kind: 'settings' }
  | { readonly kind: 'quarantine' }
  /** All data were deleted. */
  | { readonly kind: 'erased' }
  /** The database was closed under us. */
  | { readonly kind: 'closed'; readonly message: string };

export interface Observed {
  readonly change: Change;
  readonly from: 'here' | 'elsewhere';
}

/** Storage. No method throws or rejects: every outcome is a tagged variant. Rows read back are validated. */
export interface Store {
  readonly kind: 'indexeddb' | 'memory';

  listPolicies(): Promise<Listed<PolicyHead>>;
  readPolicy(id: PolicyId): Promise<Found<PolicyState>>;
  createPolicy(id: PolicyId, content: PolicyContent, at: number): Promise<CreateOutcome>;
  /** Compare-and-set: writes only where the stored revision is `expected`, and drops what could have been redone. */
  commit(id: PolicyId, expected: number, commit: Commit): Promise<CommitOutcome>;
  /** The log from position `from` to `to`, both included. */
  readLog(id: PolicyId, from: number, to: number): Promise<Listed<LogEntry>>;
  /** Puts a policy in the bin (a time) or takes it out again (null). */
  setDeleted(id: PolicyId, at: number | null): Promise<Done | Missing | Failure>;
  /** Removes for good the policies that were deleted before a time, with logs, drafts and versions. */
  purgeDeleted(before: number): Promise<Written>;
  /** Removes what imports left that never ended and were last heard of before a time. */
  sweepImports(before: number): Promise<Written>;

  listVersions(id: PolicyId): Promise<Listed<NamedVersion>>;
  putVersion(version: NamedVersion): Promise<Written>;
  deleteVersion(policyId: PolicyId, id: VersionId): Promise<Written>;

  listDrafts(id: PolicyId): Promise<Listed<RuleDraft>>;
  putDraft(draft: RuleDraft): Promise<Written>;
  deleteDraft(id: PolicyId, ruleId: string): Promise<Written>;

  readSetting(key: string): Promise<Found<Json>>;
  putSetting(key: string, value: Json): Promise<Written>;

  listTraces(): Promise<Listed<TraceMeta>>;
  /** Stores a trace, visible only when it is whole. Chunks may be of any size. `stop()` is asked between chunks. */
  putTrace(
    meta: Omit<TraceMeta, 'calls' | 'chunks'>,
    chunks: AsyncIterable<readonly Call[]> | Iterable<readonly Call[]>,
    stop?: () => boolean,
  ): Promise<PutTraceOutcome>;
  /** Begins a trace that is written as its calls arrive, and not there before it is finished. */
  beginTrace(id: TraceId): Promise<TraceWriter | Failure>;
  /** Adds calls to the end of a trace (a call composed by hand). */
  appendCalls(
    id: TraceId,
    calls: readonly Call[],
  ): Promise<{ readonly kind: 'stored'; readonly meta: TraceMeta } | Missing | Failure>;
  readTraceMeta(id: TraceId): Promise<Found<TraceMeta>>;
  /** The chunks in order. A trace that is not there, or storage that fails, ends it with that. */
  readTrace(id: TraceId): AsyncIterable<ChunkRead>;
  /** What is read of a trace at once, in order. */
  readHeads(id: TraceId): AsyncIterable<HeadRead>;
  /** The lines of the chunks from one index to another, both included; those that cannot be read are left out. */
  readLines(id: TraceId, from: number, to: number): Promise<Listed<TraceLines>>;
  renameTrace(id: TraceId, name: string): Promise<Done | Missing | Failure>;
  deleteTrace(id: TraceId): Promise<Written>;

  listQuarantined(): Promise<Listed<Quarantined>>;
  deleteQuarantined(id: string): Promise<Written>;

  /** Tells of changes, from here and from other tabs. Returns what ends it. */
  watch(listener: (observed: Observed) => void): () => void;
  deleteEverything(): Promise<Written>;
  close(): void;
}

import type { Call, Json } from '../engine';
import type { PackedHead } from '../trace';
import type { Closing } from './backend';
import type {
  LogEntry,
  NamedVersion,
  PolicyContent,
  PolicyHead,
  PolicyId,
  PolicyState,
  Quarantined,
  RuleDraft,
  SavedCase,
  StoredSetting,
  TraceId,
  TraceLines,
  TraceMeta,
  VersionId,
} from './records';

/** Why storage did not do as it was asked, in the browser's own words. */
export interface StoreFailure {
  readonly kind: 'failed';
  /** `quota`: no room; `closed`: the database was closed under us (a newer build, site data cleared); `refused`: not allowed. */
  readonly reason: 'quota' | 'closed' | 'refused' | 'other';
  readonly message: string;
}

export type StoreDone = { readonly kind: 'done' };
export type StoreMissing = { readonly kind: 'missing' };
export type WriteOutcome = StoreDone | StoreFailure;
export type ReadOutcome<T> = { readonly kind: 'found'; readonly value: T } | StoreMissing | StoreFailure;
export type ListOutcome<T> = { readonly kind: 'listed'; readonly values: readonly T[] } | StoreFailure;

export type CreateOutcome =
  { readonly kind: 'created'; readonly state: PolicyState } | { readonly kind: 'exists' } | StoreFailure;

export type PutPolicyOutcome =
  | StoreDone
  | { readonly kind: 'exists' }
  /** What is wrong with the policy or with a step of its log. */
  | { readonly kind: 'unsound'; readonly problem: string }
  | StoreFailure;

/** What a step makes of a policy. Without an entry it is an undo or a redo, and only moves the cursor. */
export interface PolicyCommit {
  readonly content: PolicyContent;
  readonly at: number;
  readonly move: { readonly append: Omit<LogEntry, 'policyId' | 'position'> } | { readonly cursor: number };
}

export type CommitOutcome =
  | { readonly kind: 'committed'; readonly state: PolicyState }
  /** Another tab was first: nothing was written, and this is the policy as it is now. */
  | { readonly kind: 'conflict'; readonly state: PolicyState }
  /** The policy is in the bin: nothing was written. */
  | { readonly kind: 'deleted' }
  | StoreMissing
  | StoreFailure;

export type PutTraceOutcome =
  { readonly kind: 'stored'; readonly meta: TraceMeta } | { readonly kind: 'stopped' } | StoreFailure;

/** One chunk read back: its calls, or that it could not be read (and was set aside). */
export type ChunkRead =
  | { readonly kind: 'calls'; readonly index: number; readonly calls: readonly Call[] }
  | { readonly kind: 'lost'; readonly index: number }
  | StoreMissing
  | StoreFailure;

/** The head of one chunk. One that could not be read was set aside, and is left out. */
export type HeadRead =
  { readonly kind: 'head'; readonly index: number; readonly head: PackedHead } | StoreMissing | StoreFailure;

/** A trace that is being written. Once a method has failed, nothing of it is left. */
export interface TraceWriter {
  readonly kind: 'writing';
  append(calls: readonly Call[]): Promise<WriteOutcome>;
  /** Makes it a trace that is there. */
  finish(meta: Omit<TraceMeta, 'id' | 'calls' | 'chunks'>): Promise<PutTraceOutcome>;
  /** Takes all of it away. */
  drop(): Promise<void>;
}

/** What changed, in this tab or another. */
export type StoreChange =
  | { readonly kind: 'policy'; readonly id: PolicyId; readonly revision: number }
  | { readonly kind: 'policies' }
  | { readonly kind: 'drafts'; readonly policyId: PolicyId }
  | { readonly kind: 'versions'; readonly policyId: PolicyId }
  | { readonly kind: 'traces' }
  | { readonly kind: 'settings' }
  | { readonly kind: 'cases' }
  | { readonly kind: 'quarantine' }
  /** All data were deleted. */
  | { readonly kind: 'erased' }
  /** The database was closed under us. */
  | ({ readonly kind: 'closed' } & Closing);

export interface ObservedChange {
  readonly change: StoreChange;
  readonly from: 'here' | 'elsewhere';
}

/** Storage. No method throws or rejects: every outcome is a tagged variant. Rows read back are validated. */
export interface Store {
  readonly kind: 'indexeddb' | 'memory';

  listPolicies(): Promise<ListOutcome<PolicyHead>>;
  readPolicy(id: PolicyId): Promise<ReadOutcome<PolicyState>>;
  /** Its revision follows `after`: more than 0 where a policy that was stored once is stored anew. */
  createPolicy(id: PolicyId, content: PolicyContent, at: number, after?: number): Promise<CreateOutcome>;
  /** Compare-and-set: writes only where the stored revision is `expected`, and drops what could have been redone. */
  commit(id: PolicyId, expected: number, commit: PolicyCommit): Promise<CommitOutcome>;
  /** The log from position `from` to `to`, both included. */
  readLog(id: PolicyId, from: number, to: number): Promise<ListOutcome<LogEntry>>;
  /** Puts a policy in the bin (a time) or takes it out again (null). */
  setDeleted(id: PolicyId, at: number | null): Promise<StoreDone | StoreMissing | StoreFailure>;
  /** Puts a policy into the archive (a time) or takes it out again (null). */
  setArchived(id: PolicyId, at: number | null): Promise<StoreDone | StoreMissing | StoreFailure>;
  /** A policy of another browser or an earlier time, with its log. Written where it is sound and its id is new; a text says what is wrong. */
  putPolicy(head: PolicyHead, log: readonly LogEntry[]): Promise<PutPolicyOutcome>;
  /** Removes for good the policies that were deleted before a time, with logs, drafts and versions. */
  purgeDeleted(before: number): Promise<WriteOutcome>;
  /** Removes what imports left that never ended and were last heard of before a time. */
  sweepImports(before: number): Promise<WriteOutcome>;

  listVersions(id: PolicyId): Promise<ListOutcome<NamedVersion>>;
  putVersion(version: NamedVersion): Promise<WriteOutcome>;
  deleteVersion(policyId: PolicyId, id: VersionId): Promise<WriteOutcome>;

  listDrafts(id: PolicyId): Promise<ListOutcome<RuleDraft>>;
  putDraft(draft: RuleDraft): Promise<WriteOutcome>;
  deleteDraft(id: PolicyId, ruleId: string): Promise<WriteOutcome>;

  readSetting(key: string): Promise<ReadOutcome<Json>>;
  putSetting(key: string, value: Json): Promise<WriteOutcome>;
  listSettings(): Promise<ListOutcome<StoredSetting>>;

  /** In no order. */
  listCases(): Promise<ListOutcome<SavedCase>>;
  putCase(saved: SavedCase): Promise<WriteOutcome>;
  deleteCase(id: string): Promise<WriteOutcome>;

  listTraces(): Promise<ListOutcome<TraceMeta>>;
  /** Stores a trace, visible only when it is whole. Chunks may be of any size. `stop()` is asked between chunks. */
  putTrace(
    meta: Omit<TraceMeta, 'calls' | 'chunks'>,
    chunks: AsyncIterable<readonly Call[]> | Iterable<readonly Call[]>,
    stop?: () => boolean,
  ): Promise<PutTraceOutcome>;
  /** Begins a trace that is written as its calls arrive, and not there before it is finished. */
  beginTrace(id: TraceId): Promise<TraceWriter | StoreFailure>;
  /** Adds calls to the end of a trace (a call composed by hand). */
  appendCalls(
    id: TraceId,
    calls: readonly Call[],
  ): Promise<{ readonly kind: 'stored'; readonly meta: TraceMeta } | StoreMissing | StoreFailure>;
  readTraceMeta(id: TraceId): Promise<ReadOutcome<TraceMeta>>;
  /** The chunks in order. A trace that is not there, or storage that fails, ends it with that. */
  readTrace(id: TraceId): AsyncIterable<ChunkRead>;
  /** What is read of a trace at once, in order. */
  readHeads(id: TraceId): AsyncIterable<HeadRead>;
  /** The lines of the chunks from one index to another, both included; those that cannot be read are left out. */
  readLines(id: TraceId, from: number, to: number): Promise<ListOutcome<TraceLines>>;
  renameTrace(id: TraceId, name: string): Promise<StoreDone | StoreMissing | StoreFailure>;
  deleteTrace(id: TraceId): Promise<WriteOutcome>;

  listQuarantined(): Promise<ListOutcome<Quarantined>>;
  deleteQuarantined(id: string): Promise<WriteOutcome>;

  /** Calls `listener` with changes, from here and from other tabs. Returns what ends it. */
  watch(listener: (observed: ObservedChange) => void): () => void;
  deleteEverything(): Promise<WriteOutcome>;
  /** Opens the database again after it was closed under us. */
  reopen(): Promise<WriteOutcome>;
  close(): void;
}

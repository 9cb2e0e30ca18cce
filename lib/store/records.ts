import type { BundleTest } from '../bundle';
import type { Catalog, Json, JsonObject, Policy, Rule } from '../engine';
import type { PackedHead } from '../trace';

declare const brand: unique symbol;
type BrandedId<T, Name extends string> = T & { readonly [brand]: Name };

export type PolicyId = BrandedId<string, 'PolicyId'>;
export type TraceId = BrandedId<string, 'TraceId'>;
export type VersionId = BrandedId<string, 'VersionId'>;
export const policyId = (id: string): PolicyId => id as PolicyId;
export const traceId = (id: string): TraceId => id as TraceId;
export const versionId = (id: string): VersionId => id as VersionId;

/** What a policy holds, as it is edited: a bundle's members without `format`, `version`, `trace` and `focus`. */
export interface PolicyContent extends Policy {
  readonly name: string;
  readonly description: string;
  readonly notes?: string;
  readonly catalog?: Partial<Catalog>;
  readonly tests?: readonly BundleTest[];
  /** Every other member of the bundle that it came from, kept as it came. */
  readonly extra?: JsonObject;
}

/** A policy as it is in storage. The log's positions run from `first` to `last`; `cursor` is the last one done. */
export interface PolicyHead {
  readonly id: PolicyId;
  /** Grows by one with every change, undo and redo included: what a compare-and-set compares. */
  readonly revision: number;
  readonly content: PolicyContent;
  /** The first position that can still be undone; positions below it are gone. */
  readonly first: number;
  readonly cursor: number;
  readonly last: number;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly updatedAt: number;
  /** When it was deleted; null while it is in use. A deleted policy can be brought back until it is purged. */
  readonly deletedAt: number | null;
  /** When it was put into the archive; null or missing while it is listed among the policies in use. */
  readonly archivedAt?: number | null | undefined;
}

/** How to make one list of rules from another: runs copied from the old list, and rules put in literally. */
export type RulesOp = { readonly copy: readonly [start: number, count: number] } | { readonly put: readonly Rule[] };

/** What a policy holds beside its rules. */
export type PolicyMembers = Omit<PolicyContent, 'rules'>;

/** A change of content, in one direction. A member that is missing is left as it was. */
export interface PolicyPatch {
  readonly set?: Partial<PolicyMembers>;
  readonly unset?: readonly (keyof PolicyMembers)[];
  readonly rules?: readonly RulesOp[];
}

/** One step of a policy's log: done by `forward`, taken back by `backward`. */
export interface LogEntry {
  readonly policyId: PolicyId;
  /** Counted from 1. */
  readonly position: number;
  /** What was done, for people, the user's text in backticks: "move `Only #general` to position 2". */
  readonly label: string;
  readonly at: number;
  readonly forward: PolicyPatch;
  readonly backward: PolicyPatch;
}

/** A head with the steps on either side of its cursor: what undo takes back, and what redo does again. */
export interface PolicyState {
  readonly head: PolicyHead;
  readonly back: LogEntry | null;
  readonly ahead: LogEntry | null;
}

/** A named state of a policy, whole: independent of the log. */
export interface NamedVersion {
  readonly id: VersionId;
  readonly policyId: PolicyId;
  readonly name: string;
  readonly at: number;
  readonly content: PolicyContent;
}

/** A rule under edit, not yet saved. `index` is where a new rule would go; null where the rule exists. */
export interface RuleDraft {
  readonly policyId: PolicyId;
  readonly rule: Rule;
  /** The saved rule that this is an edit of; missing for a new rule, and in rows of older builds. */
  readonly base?: Rule | undefined;
  readonly index: number | null;
  /** Whether its editor was open when it was last touched. */
  readonly open: boolean;
  readonly at: number;
}

export interface TraceMeta {
  readonly id: TraceId;
  readonly name: string;
  readonly addedAt: number;
  /** The importer's name for the format it came in. */
  readonly format: string;
  readonly calls: number;
  readonly chunks: number;
  readonly rejects: number;
  /** What the trace says of the world: tools seen in lists, agents, users. */
  readonly catalog: Partial<Catalog> | null;
  /** Whatever else the importer says of the source: file name, bytes, first and last time. */
  readonly info: JsonObject;
}

/** What is read of a trace at once: who called what, packed. */
export interface TraceChunk {
  readonly traceId: TraceId;
  readonly index: number;
  readonly head: PackedHead;
}

/** What is read of a trace when it is asked for: ids and arguments, a line of JSON each. */
export interface TraceLines {
  readonly traceId: TraceId;
  readonly index: number;
  readonly text: string;
}

/** Calls in one stored chunk of a trace. */
export const CHUNK_CALLS = 1_000;

export interface StoredSetting {
  readonly key: string;
  readonly value: Json;
}

/** A case of reproduced decisions that the user saved: a bundle, as text. */
export interface SavedCase {
  readonly id: string;
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly savedAt: number;
  readonly text: string;
}

/** Something that could not be read back as what it should be: set aside, whole, to be downloaded. */
export interface Quarantined {
  readonly id: string;
  readonly table: string;
  readonly key: string;
  readonly problem: string;
  readonly at: number;
  readonly row: unknown;
}

import {
  CALL_FIELD_PATHS,
  CALL_FIELDS,
  type Call,
  type CallFieldPath,
  type CallFieldWith,
  type Catalog,
  type CatalogTool,
} from '../engine';
import { CONNECTION_FIELDS, type ConnectionEvent, type ConnectionField } from './connection';
import type { PolicyEvent } from './policy-event';
import type { LookOf } from './sightings';

/** The formats that can be imported; each is one file in `formats/` and one line in `formats.ts`. */
export type FormatId =
  | 'native'
  | 'mcp'
  | 'openai'
  | 'responses'
  | 'anthropic'
  | 'claude-export'
  | 'codex'
  | 'gemini'
  | 'gemini-cli'
  | 'gemini-live'
  | 'langchain'
  | 'vercel'
  | 'bedrock'
  | 'bedrock-agent'
  | 'vscode'
  | 'inspect'
  | 'tau2'
  | 'audit'
  | 'otlp'
  | 'langfuse'
  | 'langfuse-table'
  | 'langsmith'
  | 'langsmith-table'
  | 'agents'
  | 'har'
  | 'csv';

/**
 * A call as an importer gives it. `source.id` is the id that the source used, where ours differs from it
 * (chat transcripts reuse their ids); the engine does not read it, and a native export keeps it.
 */
export type ImportedCall = Call & { readonly source?: { readonly id: string } };

/** Facts that a default may supply: texts, lists of texts and times that conditions can read. */
export type DefaultField = CallFieldWith<{
  readonly kind: 'text' | 'texts' | 'time';
  readonly missing: 'unknown';
  readonly cel: string;
}>;
const isDefaultField = (path: CallFieldPath): path is DefaultField => {
  const { kind, missing, cel } = CALL_FIELDS[path];
  return (kind === 'text' || kind === 'texts' || kind === 'time') && missing === 'unknown' && cel !== null;
};
export const DEFAULT_FIELDS = CALL_FIELD_PATHS.filter(isDefaultField);
/** What the whole file gets where the source lacks it; a list for tags and groups. */
export type CallDefaults = { readonly [F in DefaultField]?: string | readonly string[] };

/** Fields of a call that a column or an audit log's member can be mapped to; `actor.*` goes to the user or the agent. */
export type MappedField = 'id' | DefaultField | 'args' | RecordedField | AuditField;
type RecordedField = Extract<CallFieldPath, `recorded.${string}`>;
/** Members of audit logs that are no fields of a call. */
type AuditField = 'action' | 'actor.type' | 'actor.id' | 'actor.email' | 'actor.name' | ConnectionField;
const isRecordedField = (path: CallFieldPath): path is RecordedField => path.startsWith('recorded.');
/** Where two fields could be read from the same column, the earlier one takes it. */
export const MAPPED_FIELDS: readonly MappedField[] = [
  'id',
  ...DEFAULT_FIELDS,
  'args',
  ...CALL_FIELD_PATHS.filter(isRecordedField),
  'action',
  'actor.type',
  'actor.id',
  'actor.email',
  'actor.name',
  ...CONNECTION_FIELDS,
];
/**
 * Where each field is read from: a column's name, or a dotted path into an entry (`details.toolName`).
 * A key that is missing is guessed from the names; an empty string reads nothing.
 */
export type FieldMapping = { readonly [F in MappedField]?: string };

/** Something of the source that gave no call, and why. `line` counts from 1; `offset` is in bytes; `path` is a JSON pointer. */
export interface ImportReject {
  readonly line?: number;
  readonly offset?: number;
  readonly path?: string;
  readonly reason: string;
  /** The beginning of what was refused, at most 200 characters. */
  readonly excerpt: string;
}

/** A remark about the whole file. `code` is stable; `count` says how many times it held. */
export interface ImportNote {
  readonly code:
    | 'duplicate-event'
    | 'duplicate-id'
    | 'missing-id'
    | 'left-out-local'
    | 'model-answer-local'
    | 'left-out-other'
    | 'nested-span'
    | 'model-answer'
    | 'model-answer-only'
    | 'arguments-unreadable'
    | 'arguments-respelled'
    | 'skipped-lines'
    | 'repeated-request'
    | 'continued-request'
    | 'repeated-history'
    | 'reused-call-id'
    | 'repeated-call'
    | 'repeated-header'
    | 'short-row'
    | 'unknown-member'
    | 'unnamed-tool'
    | 'only-requested'
    | 'mixed-session'
    | 'listed-elsewhere'
    | 'time-unreadable'
    | 'time-zoneless'
    | 'effect-unreadable'
    | 'listed-effect-unreadable'
    | 'value-changed'
    | 'empty-conversation'
    | 'half-characters';
  readonly message: string;
  readonly count: number;
}

/** A value that the source suggests for a fact which it does not state: to be offered, never filled in unasked. */
export interface ImportOffer {
  readonly field: 'agent.slug' | 'resource.slug';
  readonly value: string;
  readonly from: string;
}

/** What one format makes of the head of a file. `confidence` is 0 to 1; `words` say what was recognized. */
export interface FormatDetection {
  readonly format: FormatId;
  readonly label: string;
  readonly confidence: number;
  readonly words: string;
}

/** How the columns or members of a file are read, for showing and correcting. */
export interface MappingInfo {
  /** The fields that this format can take from a column or member. */
  readonly fields: readonly MappedField[];
  /** Names that can be mapped: columns, or dotted paths of the first entries. */
  readonly available: readonly string[];
  /** What the first entries hold under some of these names: a few distinct values each, cut short. */
  readonly samples: Readonly<Record<string, readonly string[]>>;
  readonly mapping: FieldMapping;
  /** Equal for files of the same shape: a correction can be remembered under it. */
  readonly shape: string;
}

export interface ImportSummary {
  /** Null where the format was not recognized. */
  readonly format: FormatId | null;
  readonly bytes: number;
  readonly calls: number;
  readonly rejects: number;
  readonly conversations: number;
  readonly notes: readonly ImportNote[];
}

export type ImportEvent =
  | {
      readonly kind: 'detected';
      readonly detection: FormatDetection;
      /** What else it could be, most likely first. */
      readonly others: readonly FormatDetection[];
      readonly mapping?: MappingInfo;
    }
  | { readonly kind: 'calls'; readonly calls: readonly ImportedCall[] }
  | { readonly kind: 'rejects'; readonly rejects: readonly ImportReject[] }
  | { readonly kind: 'offer'; readonly offer: ImportOffer }
  /** Changes of the policy that the log records, in the order of the file. */
  | { readonly kind: 'policy-events'; readonly events: readonly PolicyEvent[] }
  | { readonly kind: 'connections'; readonly events: readonly ConnectionEvent[] }
  | {
      readonly kind: 'catalog';
      readonly catalog: Catalog;
      /** Tools of a server that the source does not name; a default for `resource.slug` places them. */
      readonly unplaced: readonly CatalogTool[];
    }
  | { readonly kind: 'progress'; readonly bytes: number; readonly calls: number; readonly rejects: number }
  /** The last event is one of these three. */
  | { readonly kind: 'done'; readonly summary: ImportSummary }
  | { readonly kind: 'cancelled'; readonly summary: ImportSummary }
  | { readonly kind: 'failed'; readonly reason: string; readonly summary: ImportSummary };

export interface ImportOptions {
  /** Read as this format; without it the format is recognized from the head. */
  readonly format?: FormatId;
  readonly defaults?: CallDefaults;
  readonly mapping?: FieldMapping;
  /** The line of a table's header row, from 1; without it the row is found by its look. */
  readonly headerLine?: number;
  /** Also tools that never reach a gateway (Bash, Read, …), with `resource` known to be absent. */
  readonly includeLocalTools?: boolean;
  /** Tool names are `<slug>__<tool>`, as a gateway that fronts several servers gives them: split them. */
  readonly splitToolNames?: boolean;
  /** Looked at between chunks: an `AbortSignal` fits. */
  readonly signal?: { readonly aborted: boolean };
}

/** One JSON value of the source (or one row of a table), with its place. */
export interface SourceRecord {
  readonly value: unknown;
  /** Counts the top-level values of the file, from 0. */
  readonly root: number;
  /** JSON pointer inside the top-level value; empty for the value itself. */
  readonly path: string;
  readonly line?: number;
  readonly offset?: number;
  /** The words before the value on its line, where there are any (a log's prefix). */
  readonly before?: string;
  /** All words on the line, those after the value too. */
  readonly words?: string;
  /** All values on the line, this one too, where it has several between words. */
  readonly onLine?: readonly unknown[];
  /** What is left of a top-level object whose list of entries was given piece by piece. */
  readonly rest?: true;
  /** A table's row has so many cells fewer than its header. */
  readonly missingCells?: number;
}

/** Where a reader puts what it reads. */
export interface ImportOutput {
  call(call: ImportedCall): void;
  /**
   * Says that an object of the record is dealt with: it gives a call, a reject, or a counted omission. What looks like a tool call
   * (`Format.lookOf`) and was neither claimed nor refused by path becomes a reject when the record has been read.
   */
  claim(item: object): void;
  reject(record: SourceRecord, reason: string, path?: string): void;
  note(code: ImportNote['code'], message: (count: number) => string, count?: number): void;
  offer(offer: ImportOffer): void;
  policyEvent(event: PolicyEvent): void;
  connection(event: ConnectionEvent): void;
  /** `resource` is null where the source does not name the server; `suggested` is what it may be called. */
  tools(resource: { readonly slug: string } | null, tools: readonly CatalogTool[], suggested?: string): void;
  conversation(): void;
}

export interface FormatReader {
  record(record: SourceRecord, out: ImportOutput): void;
  end(out: ImportOutput): void;
}

/** The head of a file, as the formats look at it. */
export interface TraceHead {
  readonly text: string;
  /** The first whole values (JSON) or rows as objects (CSV). */
  readonly values: readonly unknown[];
  /** The columns, where the head reads as a table. */
  readonly columns: readonly string[] | null;
  /** The line of the header row, from 1, where the head reads as a table. */
  readonly headerLine?: number;
}

export interface TraceFormat {
  readonly id: FormatId;
  readonly label: string;
  readonly layout: 'json' | 'table';
  /** Keys of a top-level object whose list holds the entries; `log/entries` is a key inside another. */
  readonly wrappers: readonly string[];
  /** Lines may hold words around the JSON message (a server's log). */
  readonly embedded?: boolean;
  /** Recognizes what looks like a tool call, so that none is passed over in silence. */
  readonly lookOf?: LookOf;
  detect(head: TraceHead): { readonly confidence: number; readonly words: string } | null;
  /** For formats whose fields are mapped: the names, the guess, and the caller's corrections on top. */
  mapping?(head: TraceHead, given: FieldMapping): MappingInfo;
  reader(options: ImportOptions, mapping: FieldMapping): FormatReader;
}

import type {
  AccessMatrix,
  CatalogImpact,
  ComparisonCounts,
  FactChange,
  RuleClash,
  PolicyCoverage,
  Reasons,
  SubjectKind,
  TraceImpact,
} from '../analysis';
import type { Call, Catalog, DecisionEffect } from '../engine';
import type { QuestionAnswer } from '../regions';
import type { StatementProblem } from '../statements';
import type { DecisionTurn, PolicyVersion, ReproducedCall, ReproducedLog } from '../reproduce';
import type { KnownMapping } from './mapping-memory';
import type { TraceId, TraceMeta } from '../store';
import type {
  CellGroup,
  TraceComparison,
  DecidingRule,
  DefaultField,
  FormatDetection,
  ImportSummary,
  MappingInfo,
  ImportOffer,
  ImportReject,
  ReplayResult,
} from '../trace';

/** What the worker answers: the shapes that `WorkerQuestions` names as results. */

/** What is answered to a line, or what is not understood of it. */
export type AskedLine =
  | { readonly kind: 'answered'; readonly answer: QuestionAnswer }
  | { readonly kind: 'not-understood'; readonly problem: StatementProblem };

export interface FactsSet {
  readonly opened: OpenedTrace;
  /** How many calls have changed. */
  readonly changed: number;
}

/** What calls can be filtered by, and rules be for: each distinct value with the number of calls that have it. */
export interface TraceFacets {
  readonly agents: readonly FacetCount[];
  /** By id. */
  readonly instances: readonly FacetCount[];
  readonly users: readonly FacetCount[];
  readonly groups: readonly FacetCount[];
  readonly resources: readonly FacetCount[];
  readonly tools: readonly FacetCount[];
}

export interface FacetCount {
  readonly value: string;
  readonly count: number;
}

export interface OpenedTrace {
  readonly info: TraceMeta;
  readonly facets: TraceFacets;
  readonly catalog: Catalog;
}

/** A call as the table shows it: only what a row needs. */
export interface CallLine {
  readonly id: string;
  readonly time: string | null | undefined;
  readonly agent: string | null | undefined;
  readonly instance: string | null | undefined;
  readonly user: string | null | undefined;
  readonly resource: string | null | undefined;
  readonly tool: string | null | undefined;
  /** The arguments as one line of JSON, cut short; undefined where they are not known. */
  readonly args: string | undefined;
  readonly recorded: 'allow' | 'deny' | undefined;
  /** The rule that the record names. */
  readonly recordedRule: string | undefined;
}

/** The decisions over the whole open trace, by column (see `ReplayResult`), under the stamp of the policy that made them. */
export interface Replayed extends ReplayResult {
  readonly stamp: number;
  readonly traceId: TraceId;
  /** How many calls have a hazard, and the place in the trace of the first; counted here, since a page would halt for a million. */
  readonly hazardous: { readonly count: number; readonly first: number | undefined };
  /** Milliseconds that deciding took in the worker. */
  readonly took: number;
}

/** One call's decision, with everything that is shown of it. */
export interface ExplainedCall extends Reasons {
  readonly stamp: number;
}

export interface EditImpact {
  readonly catalog: CatalogImpact;
  readonly trace: (Omit<TraceImpact, 'changed' | 'groups'> & ImpactCalls) | undefined;
}

/** Which calls of the trace an edit changes: all of them by group, the first ones by line. */
interface ImpactCalls {
  readonly changed: number;
  readonly groups: readonly (Omit<TraceImpact['groups'][number], 'calls'> & {
    readonly count: number;
    /** Place in the trace of its first call. */
    readonly first: number;
  })[];
  readonly lines: readonly {
    readonly index: number;
    readonly line: CallLine;
    readonly from: DecisionEffect;
    readonly to: DecisionEffect;
  }[];
}

/** What changes from a baseline to the policy of `stamp`, call by call. */
export interface ComparedTrace extends ComparisonCounts {
  readonly stamp: number;
  readonly matrix: TraceComparison['matrix'];
  /** Place in the trace of the first call whose effect changes. */
  readonly first: number | undefined;
}

/** Calls of one tool that the same rules decided before, and the same decide now. */
export interface ComparedGroup extends Omit<CellGroup, 'calls'> {
  /** Their places in the trace, in order. */
  readonly indices: Uint32Array<ArrayBuffer>;
}

/** A call with its decision, and the reasons, under two policies. */
export interface ComparedCall {
  readonly call: Call;
  readonly before: ComparedSide;
  readonly after: ComparedSide;
}

export interface ComparedSide extends Omit<ExplainedCall, 'stamp'> {
  readonly effect: DecisionEffect;
  readonly by: DecidingRule;
}

/** What was shown of a policy: by the open trace, where there is one, and by the tests. */
export interface TraceCoverage {
  readonly trace: PolicyCoverage | undefined;
  readonly tests: PolicyCoverage;
}

export interface MoveImpact {
  /** What changes in the open trace; undefined where none is open. */
  readonly trace:
    (Pick<TraceImpact, 'total' | 'matrix'> & { readonly changed: number; readonly otherRule: number }) | undefined;
  /** Of the rules that are passed, in their order. */
  readonly clashes: readonly RuleClash[];
}

export interface AccessAnswer extends AccessMatrix {
  readonly kind: SubjectKind;
}

export interface ImportProgress {
  readonly bytes: number;
  readonly calls: number;
  readonly rejects: number;
}

/** What an import found, before anything of it is stored. */
export interface ImportPreview {
  readonly suggestedName: string;
  readonly outcome: 'done' | 'cancelled' | 'failed';
  /** Why reading ended early; what was read until then is kept. */
  readonly failure: string | undefined;
  readonly detection: FormatDetection | undefined;
  readonly others: readonly FormatDetection[];
  readonly summary: ImportSummary;
  readonly offers: readonly ImportOffer[];
  /** Of formats whose fields are mapped: how, and whether that was guessed, remembered from a file of the same shape, or given. */
  readonly mapping: (MappingInfo & KnownMapping) | undefined;
  /** The first calls, as they would be stored. */
  readonly sample: readonly CallLine[];
  /** Facts that no call has: what a default would fill. */
  readonly lacking: readonly DefaultField[];
  /** The first rejects; the whole list can be downloaded. */
  readonly rejects: readonly ImportReject[];
  readonly tools: number;
}

/** What was read of an audit log. */
export interface LogPreview extends ImportPreview {
  /** The number that questions about this log give. */
  readonly log: number;
  /** How many changes of the policy the log records. */
  readonly policyEvents: number;
  /** Connections of instances that it records. */
  readonly connections: number;
}

/** A log as a policy reproduces it. */
export interface ReproducedEntries extends Omit<ReproducedLog, 'notable'> {
  readonly log: number;
  /** The code of each entry's verdict: its position in `RECORDED_CODES`. */
  readonly verdicts: Uint8Array;
  readonly notable: readonly NotableEntry[];
}

/** The history of a policy, and where the decision on an entry turned in it. */
export interface EntryTurns {
  readonly history: readonly PolicyVersion[];
  readonly turns: readonly DecisionTurn[];
  /** Changes in the log that could not be taken back: versions before them are not known. */
  readonly gaps: number;
}

/** An entry that is not simply reproduced, and its place in the log. */
export interface NotableEntry extends ReproducedCall {
  readonly index: number;
}

/** One entry, with everything that is shown of it. */
export interface ReproducedEntry extends NotableEntry {
  /** The facts that it was decided with, in the place of its own. */
  readonly changes: readonly FactChange[];
  readonly reasons: Reasons;
}

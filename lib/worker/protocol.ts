import type {
  FactChange,
  FactSettings,
  RulePlacement,
  RuleTemplate,
  SubjectKind,
  TestOutcome,
  WhyNot,
} from '../analysis';
import type { Bundle, BundleTest } from '../bundle';
import type { Call, Catalog, ConditionError, DecisionEffect, Json, Policy, RuleId } from '../engine';
import type { FoundByCheck, PolicyFinding } from '../findings';
import type { RedactionPlan } from '../redact';
import type { PolicyDifference } from '../regions';
import type { Calibration, ComparedConnection, LogEvidence, ReproducedCall } from '../reproduce';
import type { TraceId, TraceMeta } from '../store';
import type { PolicySuggestion, SuggestionChoices } from '../suggest';
import type { ImportOptions, SeenValue, TraceView, ViewWanted } from '../trace';
import type { WorkProgress } from './work';
import type {
  AskedLine,
  FactsSet,
  OpenedTrace,
  CallLine,
  Replayed,
  ExplainedCall,
  EditImpact,
  ComparedTrace,
  ComparedGroup,
  ComparedCall,
  TraceCoverage,
  MoveImpact,
  AccessAnswer,
  ImportProgress,
  ImportPreview,
  LogPreview,
  ReproducedEntries,
  EntryTurns,
  ReproducedEntry,
} from './answers';

/** What the page may ask of the worker: one entry a question, its parameters, its answer, and how far it is where that takes long. */
export interface WorkerQuestions {
  /** The traces that are stored, newest first. */
  listTraces: { params: undefined; result: readonly TraceMeta[] };
  openTrace: { params: { traceId: TraceId }; result: OpenedTrace };
  /** Opens calls that are not stored: a bundle's, to be looked at. */
  openCalls: {
    params: { name: string; calls: readonly Call[]; catalog: Partial<Catalog> | undefined };
    result: OpenedTrace;
  };
  /** Stores the calls that `openCalls` opened. */
  keepCalls: { params: undefined; result: OpenedTrace };
  renameTrace: { params: { traceId: TraceId; name: string }; result: readonly TraceMeta[] };
  deleteTrace: { params: { traceId: TraceId }; result: readonly TraceMeta[] };
  /** Reads a file (or pasted text) and keeps what it found aside until it is taken or dropped. Progress arrives as `ImportProgress`. */
  importFile: {
    params: { source: Blob; name: string; options: ImportOptions };
    result: ImportPreview;
    progress: ImportProgress;
  };
  /** All rejects of the import that is kept aside, as NDJSON. */
  importRejects: { params: undefined; result: Blob };
  /** Whether this browser has yet to be given the sample trace; true once only, so that a deleted sample does not come back. */
  claimSample: { params: undefined; result: boolean };
  /** Stores what was read. A catalog that is given is kept beside what the source itself says of the world. */
  takeImport: { params: { name: string; catalog: Catalog | undefined }; result: TraceMeta };
  dropImport: { params: undefined; result: undefined };
  /** A call composed by hand, added to the open trace (a new one where none is open). */
  addCall: { params: { call: Call }; result: OpenedTrace };
  /** Takes `remove` calls out of the open trace from a place on, and puts others there; the trace is then another one with the same name. */
  spliceCalls: { params: CallSplice; result: OpenedTrace };
  /** Sets facts on calls of the open trace; the trace is then another one with the same name. */
  setFacts: { params: FactsWanted; result: FactsSet };
  /** Takes back the last `setFacts`. */
  undoFacts: { params: undefined; result: OpenedTrace };
  /** Decides every call of the open trace. `stamp` comes back, so that an answer is never shown for another policy. A newer one ends it. */
  decideAll: { params: { stamp: number; policy: Policy }; result: Replayed; progress: WorkProgress };
  /** The calls at these places in the open trace. */
  lines: { params: { indices: Uint32Array }; result: readonly CallLine[] };
  /** What to show of the open trace. A newer one ends it. */
  view: { params: { stamp: number; wanted: ViewWanted }; result: TraceView; progress: WorkProgress };
  /** The calls at these places with their decisions, as a file. */
  exportCalls: { params: CallExport & { stamp: number }; result: Blob };
  explain: { params: { stamp: number; index: number }; result: ExplainedCall };
  /**
   * What `after` changes against `before`, over a catalog and over the open trace, where one is. A newer one ends it; those `beside` another
   * edit, such as those of drafts, and others do not end each other.
   */
  impact: { params: { before: Policy; after: Policy; catalog: Catalog; beside?: true }; result: EditImpact };
  /** What moving a rule to an index changes, and which of the rules that it passes decide some calls otherwise. */
  move: { params: { policy: Policy; id: RuleId; index: number; catalog: Catalog }; result: MoveImpact };
  /** Who may use which tool of a catalog. */
  access: { params: { policy: Policy; catalog: Catalog; kind: SubjectKind }; result: AccessAnswer };
  /** Where a rule made from a call goes, and whether it decides the call there. */
  place: { params: { policy: Policy; like: RuleTemplate; call: Call }; result: RulePlacement };
  /** Decides a call by a policy that is given with it; no trace need be open. `stamp` only comes back. */
  explainUnder: { params: { stamp: number; policy: Policy; call: Call }; result: ExplainedCall };
  /** The policy of `stamp` compared with another one, over the open trace. */
  compare: { params: { stamp: number; baseline: Policy }; result: ComparedTrace };
  /** The calls behind one cell of the matrix, by tool and pair of rules, the largest group first. */
  compareCell: {
    params: { stamp: number; baseline: Policy; from: DecisionEffect; to: DecisionEffect };
    result: readonly ComparedGroup[];
  };
  /** One call of the open trace under both policies. */
  compareCall: { params: { stamp: number; baseline: Policy; index: number }; result: ComparedCall };
  /** Runs tests by a policy that is given with them; no trace need be open. */
  runTests: { params: { policy: Policy; tests: readonly BundleTest[] }; result: readonly TestOutcome[] };
  /** What tests show of a policy; and the open trace, where `stamp` is that of its decisions by this policy. */
  coverage: {
    params: { stamp: number | undefined; policy: Policy; tests: readonly BundleTest[] };
    result: TraceCoverage;
  };
  /** The first calls of the open trace, or of these places in it, whole. */
  callsOfTrace: { params: { most: number; places?: Uint32Array<ArrayBuffer> | undefined }; result: readonly Call[] };
  /** What the first calls of the open trace give for an argument, the commonest first. */
  seenValues: { params: { path: readonly string[] }; result: readonly SeenValue[] };
  /** What a bundle looks like with stand-ins for its values, and whether its calls are decided as before. */
  planRedaction: { params: { bundle: Bundle; keep: readonly string[] }; result: RedactionPlan };
  /** Why conditions do not compile, by their text; those that do are not in it. */
  compileErrors: { params: { conditions: readonly string[] }; result: ReadonlyMap<string, ConditionError> };
  /**
   * What is wrong with a policy, before any call. Where that takes long, what the checks have found so far arrives as progress. A newer one
   * ends it, and so does a policy that is to be decided: the page asks again once that is done.
   */
  findings: {
    /** `invariants`: those of the bundle. */
    params: { policy: Policy; catalog: Catalog; invariants?: readonly Json[] };
    result: readonly PolicyFinding[];
    progress: readonly FoundByCheck[];
  };
  /** A call that answers a question about all calls (`lib/statements`), a proof that there is none, or what is wrong with the line. */
  ask: { params: { policy: Policy; catalog: Catalog; line: string }; result: AskedLine };
  /** Whether one policy permits more than another, over all calls, with calls that show it. Aborting its signal ends it. */
  comparePermissions: { params: { before: Policy; after: Policy; catalog: Catalog }; result: PolicyDifference };
  /** Rules that allow calls of the open trace: those at `places`, or all. A newer one ends it. */
  suggest: {
    params: {
      choices: SuggestionChoices;
      settings: Policy['settings'];
      catalog: Catalog;
      places: Uint32Array<ArrayBuffer> | undefined;
    };
    result: PolicySuggestion;
    progress: WorkProgress;
  };
  /** What kept a rule from deciding a call, and what would have to change. */
  whyNot: { params: { policy: Policy; call: Call; ruleId: RuleId }; result: WhyNot };
  /** The open trace as native NDJSON. */
  exportTrace: { params: { traceId: TraceId }; result: Blob };
  /**
   * Reads an audit log and keeps it in memory, in the place of the one before. Nothing of it is stored. `evidence`: of a case, what the
   * rest of its log says.
   */
  readLog: {
    params: { source: Blob; name: string; options: ImportOptions; evidence: LogEvidence | undefined };
    result: LogPreview;
    progress: ImportProgress;
  };
  /** All that gave no entry of the log, as NDJSON. */
  logRejects: { params: undefined; result: Blob };
  /** The entries at these places in the log. */
  logLines: { params: { log: number; indices: Uint32Array }; result: readonly CallLine[] };
  /** The places of the entries that have a text in them: in an id, a name, the arguments, or the recorded rule. */
  findEntries: { params: { log: number; text: string }; result: Uint32Array };
  /** What the calls of the probe kit in the log show of its gateway; null where there is none. */
  calibrateLog: { params: { log: number }; result: Calibration | null };
  /** Each entry of the log decided by a policy, with causes for those that differ. A newer one ends it. */
  reproduceLog: { params: { log: number; policy: Policy }; result: ReproducedEntries; progress: WorkProgress };
  /** One entry with all its reasons, with `changes` of its facts. */
  reproduceEntry: {
    params: { log: number; policy: Policy; index: number; changes: readonly FactChange[] };
    result: ReproducedEntry;
  };
  /**
   * The edits at which the decision on an entry turned: of the versions in a text of bundles, or else of those that the log's changes give.
   * Throws, in words for a person, where a version is not valid.
   */
  bisectEntry: {
    params: { log: number; policy: Policy; index: number; history: string | undefined };
    result: EntryTurns;
  };
  /** The tools that the log lists for instances that connected, compared with what a policy gives. */
  compareConnections: { params: { log: number; policy: Policy }; result: readonly ComparedConnection[] };
  /** These calls by themselves, with what the rest of their log says. */
  reproduceCalls: {
    params: { policy: Policy; calls: readonly Call[]; evidence: LogEvidence };
    result: readonly ReproducedCall[];
  };
}

export type WorkerQuestion = keyof WorkerQuestions;

/** The progress that a question reports; undefined where it reports none. */
export type ProgressOf<Q extends WorkerQuestion> = WorkerQuestions[Q] extends { readonly progress: infer Progress }
  ? Progress
  : undefined;
export type AnyProgress = NonNullable<ProgressOf<WorkerQuestion>>;

/** Questions of which the page keeps the answers itself: each belongs to what it was asked with, and to nothing else. */
export type AsideQuestion =
  | 'access'
  | 'ask'
  | 'bisectEntry'
  | 'calibrateLog'
  | 'callsOfTrace'
  | 'compare'
  | 'compareCall'
  | 'compareCell'
  | 'compareConnections'
  | 'comparePermissions'
  | 'compileErrors'
  | 'coverage'
  | 'findEntries'
  | 'findings'
  | 'impact'
  | 'logLines'
  | 'logRejects'
  | 'move'
  | 'place'
  | 'planRedaction'
  | 'readLog'
  | 'reproduceCalls'
  | 'reproduceEntry'
  | 'reproduceLog'
  | 'runTests'
  | 'seenValues'
  | 'suggest'
  | 'whyNot';

export interface CallSplice {
  /** From 0. */
  readonly index: number;
  readonly remove: number;
  readonly insert: readonly Call[];
}

export interface CallExport {
  /** Undefined: all calls. */
  readonly indices: Uint32Array | undefined;
  readonly format: 'ndjson' | 'csv';
  /** Written in the place of the calls, in their order: the same calls with stand-ins for their values. */
  readonly instead?: readonly Call[] | undefined;
}

export interface FactsWanted {
  readonly settings: FactSettings;
  /** The calls, by their places in the trace; all where it is undefined. */
  readonly places: Uint32Array<ArrayBuffer> | undefined;
}

/** Page to worker. */
export type ToWorker =
  | {
      readonly [Q in WorkerQuestion]: {
        readonly ask: number;
        readonly question: Q;
        readonly params: WorkerQuestions[Q]['params'];
      };
    }[WorkerQuestion]
  | { readonly cancel: number }
  /** Answered at once, between two pieces of work: the worker is not stuck. */
  | { readonly ping: true };

/** Worker to page. A failure is words for a person; nothing depends on their text. */
export type FromWorker =
  /** Its code is there, and it listens. */
  | { readonly ready: true }
  | { readonly pong: true }
  /** Work on the question begins. */
  | { readonly ask: number; readonly begun: true }
  | { readonly ask: number; readonly answer: WorkerQuestions[WorkerQuestion]['result'] }
  /** It ended without an answer, because none is wanted any more: `SupersededError`. */
  | { readonly ask: number; readonly superseded: true }
  | { readonly ask: number; readonly failure: string }
  /** Code that it needs could not be fetched: `UnloadedError`. */
  | { readonly ask: number; readonly unloaded: true }
  | { readonly ask: number; readonly progress: AnyProgress };

/** Traces: what can be replayed, and replaying it. The only entry of this folder. */
export { collectText } from './collect';
export { TraceColumns, unpackCall, type CallsAt, type TraceColumn } from './columns';
export { overTrace, redecideTrace, replayTrace, type ChunkedTrace, type TraceWork } from './decide-trace';
export {
  packCalls,
  PARTS,
  unpackCalls,
  valueOf,
  type PackedCalls,
  type PackedHead,
  type PackedPart,
  type CallPartName,
} from './packed';
export {
  cellCalls,
  cellGroups,
  compareResults,
  deciderAt,
  effectAt,
  shiftsOf,
  type CellGroup,
  type TraceComparison,
  type DecidingRule,
  type EffectShift,
} from './compare';
export { applyDefaults, parseDefault, type ParsedDefault } from './defaults';
export type { CallFilter, FactWanted } from './filter';
export { nameIn, type NamedPart } from './names';
export { FORMAT_LABELS, isFormatId } from './formats';
export { importTrace } from './import';
export type { ConnectionEvent, ListedTool } from './connection';
export { POLICY_CHANGES, type PolicyChange, type PolicyEvent } from './policy-event';
export { readMapping, type ReadMapping } from './mapping';
export { otherPolicyDigest, RECORDED_CODES, RecordedCounter, recordedVerdict, type RecordedVerdict } from './recorded';
export { replay } from './replay';
export {
  DECIDED_BY_DEFAULT,
  EFFECT_CODES,
  HAZARD_BITS,
  judgedCalls,
  UNDECIDED,
  type RecordedTally,
  type ReplayResult,
} from './replay-result';
export { readMcpTool } from './shape';
export type { RuleTally } from './tally';
export type {
  DefaultField,
  CallDefaults,
  FormatDetection,
  FormatId,
  ImportedCall,
  ImportEvent,
  ImportOptions,
  ImportSummary,
  MappedField,
  FieldMapping,
  MappingInfo,
  ImportNote,
  ImportOffer,
  ImportReject,
} from './types';
export type { GroupBy, SortKey, TraceGroup, TraceOrder } from './order';
export type { Timeline } from './timeline';
export { SeenValues, type SeenValue } from './seen-values';
export { triedCondition, type ConditionTally, type TriedCondition } from './tried-condition';
export { viewOf, type TraceView, type ViewWanted } from './view';

/** Traces: what can be replayed, and replaying it. The only entry of this folder. */
export { collectText, collectTrace, type CollectedTrace } from './collect';
export { TraceColumns, unpackCall, type CallsAt, type TraceColumn } from './columns';
export { overTrace, redecideTrace, replayTrace, type ChunkedTrace, type TraceWork } from './decide-trace';
export {
  MOST_PACKED,
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
export { filterTrace, recordedEffectOf, type CallFilter, type FactWanted } from './filter';
export { nameIn, namesIn, NAMED_PARTS, type NamedPart } from './names';
export { searchJson, textMatcher, type TextMatcher } from './search';
export { FORMAT_LABELS, isFormatId } from './formats';
export { importTrace } from './import';
export { readMapping, type ReadMapping } from './mapping';
export { otherPolicyDigest, RECORDED_CODES, RecordedCounter, recordedStanding, type RecordedVerdict } from './recorded';
export {
  DECIDED_BY_DEFAULT,
  EFFECT_CODES,
  HAZARD_BITS,
  replay,
  replaySlices,
  UNDECIDED,
  type RecordedTally,
  type ReplayResult,
} from './replay';
export { redecide } from './redecide';
export { readMcpTool } from './shape';
export type { RuleTally } from './tally';
export { isRfc3339 } from './time';
export {
  DEFAULT_FIELDS,
  MAPPED_FIELDS,
  type DefaultField,
  type CallDefaults,
  type FormatDetection,
  type FormatId,
  type ImportedCall,
  type ImportEvent,
  type ImportOptions,
  type ImportSummary,
  type MappedField,
  type FieldMapping,
  type MappingInfo,
  type ImportNote,
  type ImportOffer,
  type ImportReject,
} from './types';
export { SORT_KEYS, type GroupBy, type SortKey, type TraceGroup, type TraceOrder } from './order';
export type { Timeline } from './timeline';
export { viewOf, type TraceView, type ViewWanted } from './view';

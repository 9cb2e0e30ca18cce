/** Traces: what can be replayed, and replaying it. The only entry of this folder. */
export { collectText, collectTrace, type Imported } from './collect';
export { TraceColumns, unpackCall, type CallsAt, type Column } from './columns';
export { overTrace, redecideTrace, replayTrace, type ChunkedTrace, type Work } from './decide-trace';
export {
  MOST_PACKED,
  packCalls,
  PARTS,
  unpackCalls,
  valueOf,
  type PackedCalls,
  type PackedHead,
  type PackedPart,
  type Part,
} from './packed';
export {
  cellCalls,
  cellGroups,
  compareResults,
  deciderAt,
  effectAt,
  shiftsOf,
  type CellGroup,
  type Comparison,
  type Decider,
  type Shift,
} from './compare';
export { applyDefaults, parseDefault, type ParsedDefault } from './defaults';
export { filterTrace, recordedEffectOf, type CallFilter, type FactWanted } from './filter';
export { nameIn, namesIn, NAMED_PARTS, type NamedPart } from './names';
export { searchJson, textMatcher, type TextMatcher } from './search';
export { FORMAT_LABELS, isFormatId } from './formats';
export { importTrace } from './import';
export { readMapping, type ReadMapping } from './mapping';
export { RECORDED_CODES, recordedStanding, type RecordedStanding } from './recorded';
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
  type Defaults,
  type Detection,
  type FormatId,
  type ImportedCall,
  type ImportEvent,
  type ImportOptions,
  type ImportSummary,
  type MappedField,
  type Mapping,
  type MappingInfo,
  type Note,
  type Offer,
  type Reject,
} from './types';
export { SORT_KEYS, type GroupBy, type SortKey, type TraceGroup, type TraceOrder } from './order';
export type { Timeline } from './timeline';
export { viewOf, type TraceView, type ViewWanted } from './view';

/** Traces: what can be replayed, and replaying it. The only entry of this folder. */
export { collectText, collectTrace, type Imported } from './collect';
export { applyDefaults, parseDefault, type ParsedDefault } from './defaults';
export { FORMAT_LABELS, isFormatId } from './formats';
export { callFault } from './formats/native';
export { importTrace } from './import';
export { readMapping, type ReadMapping } from './mapping';
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

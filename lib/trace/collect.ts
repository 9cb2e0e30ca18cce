import { EMPTY_CATALOG, type Catalog, type CatalogTool } from '../engine';
import { importTrace } from './import';
import type { ConnectionEvent } from './connection';
import type { PolicyEvent } from './policy-event';
import type {
  FormatDetection,
  ImportedCall,
  ImportOptions,
  ImportSummary,
  MappingInfo,
  ImportOffer,
  ImportReject,
} from './types';

/** A whole import in memory. */
export interface CollectedTrace {
  readonly outcome: 'done' | 'cancelled' | 'failed';
  /** Why reading failed. */
  readonly failure: string | null;
  readonly detection: FormatDetection | null;
  readonly others: readonly FormatDetection[];
  readonly mapping: MappingInfo | null;
  readonly calls: readonly ImportedCall[];
  readonly rejects: readonly ImportReject[];
  readonly offers: readonly ImportOffer[];
  readonly policyEvents: readonly PolicyEvent[];
  readonly connections: readonly ConnectionEvent[];
  readonly catalog: Catalog;
  readonly unplaced: readonly CatalogTool[];
  readonly summary: ImportSummary;
}

/** Reads a trace to its end: for the command line, tests and small files. Total, as `importTrace`. */
export async function collectTrace(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  options: ImportOptions = {},
): Promise<CollectedTrace> {
  const calls: ImportedCall[] = [];
  const rejects: ImportReject[] = [];
  const offers: ImportOffer[] = [];
  let result: CollectedTrace = {
    outcome: 'failed',
    failure: null,
    detection: null,
    others: [],
    mapping: null,
    calls,
    rejects,
    offers,
    policyEvents: [],
    connections: [],
    catalog: EMPTY_CATALOG,
    unplaced: [],
    summary: { format: null, bytes: 0, calls: 0, rejects: 0, conversations: 0, notes: [] },
  };
  for await (const event of importTrace(chunks, options)) {
    switch (event.kind) {
      case 'detected':
        result = { ...result, detection: event.detection, others: event.others, mapping: event.mapping ?? null };
        break;
      case 'calls':
        for (const call of event.calls) calls.push(call);
        break;
      case 'rejects':
        for (const reject of event.rejects) rejects.push(reject);
        break;
      case 'offer':
        offers.push(event.offer);
        break;
      case 'policy-events':
        result = { ...result, policyEvents: event.events };
        break;
      case 'connections':
        result = { ...result, connections: event.events };
        break;
      case 'catalog':
        result = { ...result, catalog: event.catalog, unplaced: event.unplaced };
        break;
      case 'progress':
        break;
      case 'failed':
        result = { ...result, outcome: 'failed', failure: event.reason, summary: event.summary };
        break;
      case 'done':
      case 'cancelled':
        result = { ...result, outcome: event.kind, summary: event.summary };
        break;
    }
  }
  return result;
}

/** For tests: `collectTrace` of a text. */
export const collectText = (text: string, options: ImportOptions = {}): Promise<CollectedTrace> =>
  collectTrace([new TextEncoder().encode(text)], options);

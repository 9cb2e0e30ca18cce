import type { Call, Catalog } from '../engine';
import {
  importTrace,
  type DefaultField,
  type FormatDetection,
  type ImportedCall,
  type ImportOptions,
  type ImportSummary,
  type MappingInfo,
  type ImportOffer,
  type ImportReject,
} from '../trace';
import { chunksOf } from './chunks';
import { lineOf } from './lines';
import type { KnownMapping, RememberMapping } from './mapping-memory';
import type { ImportPreview, ImportProgress } from './protocol';
import type { Staging } from './staging';

/** What a finished import holds, until it is taken or dropped. No trace is there before it is taken. */
export interface StagedImport {
  readonly calls: Staging;
  readonly rejects: readonly ImportReject[];
  readonly catalog: Catalog | null;
  readonly summary: ImportSummary;
  readonly remember: RememberMapping | undefined;
}

const SAMPLE_CALLS = 8;
const SHOWN_REJECTS = 100;

const LACKING = {
  'agent.slug': (call: Call) => call.agent === undefined || (call.agent !== null && call.agent.slug === undefined),
  'user.email': (call: Call) =>
    call.user === undefined || (call.user !== null && call.user.email === undefined && call.user.id === undefined),
  'resource.slug': (call: Call) =>
    call.resource === undefined || (call.resource !== null && call.resource.slug === undefined),
} satisfies Partial<Record<DefaultField, (call: Call) => boolean>>;

/** Reads a file to its end, or until it is cancelled, and tells what it found. */
export async function readImport(
  source: Blob,
  name: string,
  options: ImportOptions,
  known: KnownMapping,
  staging: Staging,
  signal: AbortSignal,
  onProgress: (progress: ImportProgress) => void,
): Promise<{ readonly staged: StagedImport; readonly preview: ImportPreview }> {
  const sample: ImportedCall[] = [];
  const lacking = new Set(Object.keys(LACKING) as (keyof typeof LACKING)[]);
  const rejects: ImportReject[] = [];
  const offers: ImportOffer[] = [];
  let catalog: Catalog | null = null;
  let detection: FormatDetection | undefined;
  let mapping: MappingInfo | undefined;
  let others: readonly FormatDetection[] = [];
  let ending: { outcome: ImportPreview['outcome']; failure: string | undefined; summary: ImportSummary } | undefined;
  for await (const event of importTrace(chunksOf(source), { ...options, mapping: known.chosen, signal })) {
    switch (event.kind) {
      case 'detected':
        ({ detection, others, mapping } = event);
        break;
      case 'calls':
        sample.push(...event.calls.slice(0, SAMPLE_CALLS - sample.length));
        for (const field of lacking) if (!event.calls.every(LACKING[field])) lacking.delete(field);
        await staging.add(event.calls);
        break;
      case 'rejects':
        for (const reject of event.rejects) rejects.push(reject);
        break;
      case 'offer':
        offers.push(event.offer);
        break;
      case 'catalog':
        ({ catalog } = event);
        break;
      case 'progress':
        onProgress({ bytes: event.bytes, calls: event.calls, rejects: event.rejects });
        break;
      case 'done':
      case 'cancelled':
      case 'failed':
        ending = {
          outcome: event.kind,
          failure: event.kind === 'failed' ? event.reason : undefined,
          summary: event.summary,
        };
    }
  }
  if (ending === undefined) throw new Error('the import ended without saying how');
  return {
    staged: {
      calls: staging,
      rejects,
      catalog,
      summary: ending.summary,
      // Also an empty one: it takes the place of what was remembered.
      remember: mapping && options.mapping && { shape: mapping.shape, mapping: options.mapping },
    },
    preview: {
      suggestedName: name.replace(/\.(?:json|jsonl|ndjson|csv|log|txt)$/i, ''),
      ...ending,
      detection,
      others,
      offers,
      mapping: mapping && { ...mapping, ...known },
      sample: sample.map(lineOf),
      lacking: staging.calls > 0 ? [...lacking] : [],
      rejects: rejects.slice(0, SHOWN_REJECTS),
      tools: catalog?.resources.reduce((sum, resource) => sum + (resource.tools?.length ?? 0), 0) ?? 0,
    },
  };
}

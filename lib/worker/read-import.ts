import type { Call, Catalog } from '../engine';
import {
  importTrace,
  type ConnectionEvent,
  type DefaultField,
  type FormatDetection,
  type ImportedCall,
  type ImportEvent,
  type ImportOptions,
  type ImportSummary,
  type MappingInfo,
  type PolicyEvent,
  type ImportOffer,
  type ImportReject,
} from '../trace';
import { chunksOf } from './chunks';
import { lineOf } from './lines';
import type { KnownMapping, RememberMapping } from './mapping-memory';
import type { ImportPreview, ImportProgress } from './answers';

/** Where the calls of a file go as they are read. */
interface ReadCallSink {
  /** How many it has. */
  readonly calls: number;
  /** Throws, in words for a person, where there is no room. */
  add(calls: readonly ImportedCall[]): Promise<void>;
}

/** What a file says beside its calls. */
export interface ReadFile {
  readonly rejects: readonly ImportReject[];
  readonly catalog: Catalog | null;
  readonly summary: ImportSummary;
  readonly policyEvents: readonly PolicyEvent[];
  readonly connections: readonly ConnectionEvent[];
  readonly remember: RememberMapping | undefined;
}

export interface ImportTask {
  readonly source: Blob;
  readonly name: string;
  readonly options: ImportOptions;
  readonly known: KnownMapping;
  readonly sink: ReadCallSink;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ImportProgress) => void;
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

/** Reads a file to its end, or until it is cancelled: its calls go to the sink, and the preview shows what was found. */
export async function readImport(
  task: ImportTask,
): Promise<{ readonly read: ReadFile; readonly preview: ImportPreview }> {
  const { source, options, known, sink, signal, onProgress } = task;
  const read = new ReadSoFar();
  for await (const event of importTrace(chunksOf(source), { ...options, mapping: known.chosen, signal })) {
    if (event.kind === 'progress') onProgress({ bytes: event.bytes, calls: event.calls, rejects: event.rejects });
    read.add(event);
    if (event.kind === 'calls') await sink.add(event.calls);
  }
  const { rejects, catalog, mapping, policyEvents, connections } = read;
  const ending = read.ending();
  return {
    read: {
      rejects,
      catalog,
      policyEvents,
      connections,
      summary: ending.summary,
      // Also an empty one: it takes the place of what was remembered.
      remember: mapping && options.mapping && { shape: mapping.shape, mapping: options.mapping },
    },
    preview: previewOf(task, read, ending),
  };
}

type ImportEnding = Pick<ImportPreview, 'outcome' | 'failure' | 'summary'>;

/** What the events of an import have brought, apart from its calls. */
class ReadSoFar {
  /** The first calls. */
  readonly sample: ImportedCall[] = [];
  /** Facts that no call has. */
  readonly lacking = new Set(Object.keys(LACKING) as (keyof typeof LACKING)[]);
  readonly rejects: ImportReject[] = [];
  readonly offers: ImportOffer[] = [];
  policyEvents: readonly PolicyEvent[] = [];
  connections: readonly ConnectionEvent[] = [];
  catalog: Catalog | null = null;
  detection: FormatDetection | undefined;
  others: readonly FormatDetection[] = [];
  mapping: MappingInfo | undefined;
  #ending: ImportEnding | undefined;

  add(event: ImportEvent): void {
    switch (event.kind) {
      case 'detected':
        this.detection = event.detection;
        this.others = event.others;
        this.mapping = event.mapping;
        break;
      case 'calls':
        this.sample.push(...event.calls.slice(0, SAMPLE_CALLS - this.sample.length));
        for (const field of this.lacking) if (!event.calls.every(LACKING[field])) this.lacking.delete(field);
        break;
      case 'rejects':
        for (const reject of event.rejects) this.rejects.push(reject);
        break;
      case 'offer':
        this.offers.push(event.offer);
        break;
      case 'catalog':
        this.catalog = event.catalog;
        break;
      case 'connections':
        this.connections = event.events;
        break;
      case 'policy-events':
        this.policyEvents = event.events;
        break;
      case 'progress':
        break;
      case 'done':
      case 'cancelled':
      case 'failed':
        this.#ending = {
          outcome: event.kind,
          failure: event.kind === 'failed' ? event.reason : undefined,
          summary: event.summary,
        };
    }
  }

  ending(): ImportEnding {
    if (this.#ending === undefined) throw new Error('the import ended without a closing event');
    return this.#ending;
  }
}

function previewOf({ name, known, sink }: ImportTask, read: ReadSoFar, ending: ImportEnding): ImportPreview {
  const { detection, others, offers, mapping, sample, lacking, rejects, catalog } = read;
  return {
    suggestedName: name.replace(/\.(?:json|jsonl|ndjson|csv|log|txt)$/i, ''),
    ...ending,
    detection,
    others,
    offers,
    mapping: mapping && { ...mapping, ...known },
    sample: sample.map(lineOf),
    lacking: sink.calls > 0 ? [...lacking] : [],
    rejects: rejects.slice(0, SHOWN_REJECTS),
    tools: catalog?.resources.reduce((sum, resource) => sum + (resource.tools?.length ?? 0), 0) ?? 0,
  };
}

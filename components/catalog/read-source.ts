import { isObject } from '@/lib/json';
import { FORMAT, readBundle, VERSION } from '@/lib/bundle';
import type { Catalog, CatalogTool } from '@/lib/engine';
import { importTrace, type ImportSummary } from '@/lib/trace';
import { chunksOf } from '@/lib/worker';
import { CATALOG_LISTS, completeCatalog, isEmptyCatalog, mergeCatalogs } from '@/lib/workspace';
import { counted, number } from '../ui/words';

/** What a file or a pasted text contains for the catalog. */
export type SourceRead =
  | {
      readonly kind: 'found';
      /** What it was recognized as. */
      readonly what: string;
      readonly catalog: Catalog;
      /** Listed tools of a server that the source does not name. */
      readonly unplaced: readonly CatalogTool[];
      /** The resource has the name that the server gives itself, which may differ from its slug at the gateway. */
      readonly renamable: boolean;
      readonly notes: readonly string[];
    }
  | { readonly kind: 'refused'; readonly message: string; readonly problems: readonly string[] };

/** A larger document is not a list of tools; it is read as a trace, in chunks. */
const MOST_BYTES_AT_ONCE = 32 * 1_048_576;

/**
 * Reads a catalog from a bundle, a catalog's own JSON, a `tools/list` result with or without its envelope, an MCP session, or a trace of
 * any format. Never rejects; `signal` stops it.
 */
export async function readSource(source: Blob, signal: AbortSignal): Promise<SourceRead> {
  try {
    const value = source.size <= MOST_BYTES_AT_ONCE ? parsed(await source.text()) : undefined;
    if (isObject(value) && value['format'] === FORMAT) return fromBundle(JSON.stringify(value), 'a bundle');
    if (isObject(value) && CATALOG_LISTS.some((list) => Array.isArray(value[list]))) {
      const bundle = { format: FORMAT, version: VERSION, name: 'catalog', rules: [], catalog: value };
      return fromBundle(JSON.stringify(bundle), 'a catalog');
    }
    const listed = toolsOf(value);
    if (listed !== undefined) {
      const message = JSON.stringify({ jsonrpc: '2.0', id: 1, result: { tools: listed } });
      return await fromTrace(new Blob([message]), signal);
    }
    return await fromTrace(source, signal);
  } catch (error) {
    return { kind: 'refused', message: error instanceof Error ? error.message : String(error), problems: [] };
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** A list of tools without its envelope: the result alone, or the bare list. */
function toolsOf(value: unknown): readonly unknown[] | undefined {
  const list: unknown = isObject(value) && value['jsonrpc'] === undefined ? value['tools'] : value;
  if (!Array.isArray(list)) return undefined;
  const items = list as readonly unknown[];
  const first = items[0];
  return isObject(first) && typeof first['name'] === 'string' && 'inputSchema' in first ? items : undefined;
}

function fromBundle(text: string, what: string): SourceRead {
  const read = readBundle(text);
  if (!read.ok) {
    const problems = read.problems.map(({ pointer, message }) => `${pointer} ${message}`.trim());
    return { kind: 'refused', message: `${what} that is not valid`, problems };
  }
  const catalog = completeCatalog(read.bundle.catalog);
  if (isEmptyCatalog(catalog)) return { kind: 'refused', message: `${what} without a catalog`, problems: [] };
  return { kind: 'found', what, catalog, unplaced: [], renamable: false, notes: [] };
}

async function fromTrace(source: Blob, signal: AbortSignal): Promise<SourceRead> {
  let what = 'a text';
  let catalog: Catalog | undefined;
  let unplaced: readonly CatalogTool[] = [];
  let ended: { readonly outcome: string; readonly summary: ImportSummary } | undefined;
  let format: string | undefined;
  for await (const event of importTrace(chunksOf(source), { signal })) {
    switch (event.kind) {
      case 'detected':
        format = event.detection.format;
        what = event.detection.words === '' ? event.detection.label : event.detection.words;
        break;
      case 'catalog':
        catalog = event.catalog;
        unplaced = event.unplaced;
        break;
      case 'done':
      case 'cancelled':
        ended = { outcome: event.kind, summary: event.summary };
        break;
      case 'failed':
        return { kind: 'refused', message: event.reason, problems: [] };
      case 'calls':
      case 'rejects':
      case 'progress':
      case 'policy-events':
      case 'connections':
      case 'offer':
        break;
    }
  }
  if (catalog === undefined || (isEmptyCatalog(catalog) && unplaced.length === 0)) {
    const message =
      format === undefined
        ? 'neither tools, a bundle nor a trace was recognized'
        : `${what} that names no tools, agents or users`;
    return { kind: 'refused', message, problems: [] };
  }
  const { calls = 0, rejects = 0 } = ended?.summary ?? {};
  const notes = [
    ...(calls === 0 ? [] : [`${number(calls)} ${calls === 1 ? 'call was' : 'calls were'} looked at`]),
    ...(rejects === 0 ? [] : [`${counted(rejects, 'entry', 'entries')} could not be read`]),
  ];
  const renamable = format === 'mcp' && unplaced.length === 0 && catalog.resources.length === 1;
  return { kind: 'found', what, catalog, unplaced, renamable, notes };
}

/** The catalog with the tools of an unnamed server, or of the one server that named itself, under the given slug. */
export function placed(read: Extract<SourceRead, { kind: 'found' }>, slug: string): Catalog {
  const { catalog, unplaced, renamable } = read;
  if (slug === '') return catalog;
  const [only] = catalog.resources;
  if (renamable && only !== undefined) return { ...catalog, resources: [{ ...only, slug }] };
  return unplaced.length === 0 ? catalog : mergeCatalogs(catalog, { resources: [{ slug, tools: unplaced }] });
}

const COMMON_WORDS = new Set([
  'mcp',
  'tools',
  'tool',
  'list',
  'server',
  'session',
  'json',
  'ndjson',
  'jsonl',
  'the',
  'secure',
]);

/**
 * Which resource the tools of a source may be of: the one that is known to have most of them, one whose slug is part of the file's or the
 * server's name, or else the longest word of that name that is not generic.
 */
export function guessSlug(tools: readonly CatalogTool[], name: string, known: Catalog): string {
  const names = new Set(tools.map((tool) => tool.name));
  const shared = known.resources
    .map(({ slug, tools: own = [] }) => ({ slug, count: own.filter((tool) => names.has(tool.name)).length }))
    .sort((a, b) => b.count - a.count)[0];
  if (shared !== undefined && shared.count * 2 > names.size) return shared.slug;
  const lower = name.toLowerCase();
  const named = known.resources.find(({ slug }) => lower.includes(slug.toLowerCase()));
  if (named !== undefined) return named.slug;
  const words = lower.split(/[^a-z0-9]+/).filter((word) => word.length > 1 && !COMMON_WORDS.has(word));
  return words.sort((a, b) => b.length - a.length)[0] ?? '';
}

import { decodeLink, looksLikeLink, writeBundle } from '../bundle';
import type { Catalog } from '../engine';
import {
  importTrace,
  isFormatId,
  FORMAT_LABELS,
  parseDefault,
  readMapping,
  type CallDefaults,
  type ConnectionEvent,
  type ImportedCall,
  type ImportOffer,
  type ImportOptions,
  type ImportSummary,
  type FieldMapping,
  type MappingInfo,
  type PolicyEvent,
  type ImportReject,
} from '../trace';
import { textOption, textOptions, type CommandOptions, type OptionValues } from './command';
import { cannotRead, UsageError, readAll, type CliIo } from './io';

/** Options of every command that reads a trace. */
export const TRACE_OPTIONS = {
  format: { type: 'string' },
  default: { type: 'string', multiple: true },
  map: { type: 'string' },
  'header-row': { type: 'string' },
  'local-tools': { type: 'boolean' },
  'split-tool-names': { type: 'boolean' },
} as const satisfies CommandOptions;

const FORMATS = FORMAT_LABELS.map(({ id }) => id).join(', ');

export const TRACE_HELP = `TRACE is a file of any of these formats, a link or bundle with calls in it, or \`-\` for standard input.

  --format F            read it as F instead of by its look: ${FORMATS}
  --default FIELD=VALUE fill in a fact that the trace lacks, such as agent.slug=claude-code; may be repeated
  --map FILE            a JSON object that says which column or member holds which field (audit logs and tables)
  --header-row LINE     the line of a table's header row, from 1; without it the row is found by its look
  --local-tools         also tools that never reach a gateway, such as Bash and Read of Claude Code
  --split-tool-names    read the tool \`slack__send_message\` as \`send_message\` of \`slack\``;

export async function traceOptions(values: OptionValues, io: CliIo): Promise<ImportOptions> {
  const format = textOption(values, 'format');
  if (format !== undefined && !isFormatId(format)) {
    throw new UsageError(`\`${format}\` is no format of traces: it is one of ${FORMATS}`);
  }
  const defaults: Record<string, string | readonly string[]> = {};
  for (const text of textOptions(values, 'default')) {
    const parsed = parseDefault(text);
    if (!parsed.ok) throw new UsageError(parsed.message);
    defaults[parsed.field] = parsed.value;
  }
  const map = textOption(values, 'map');
  const header = textOption(values, 'header-row');
  if (header !== undefined && !/^[1-9]\d{0,5}$/.test(header))
    throw new UsageError(`\`${header}\` is no line of a header row: it is a number from 1`);
  return {
    ...(format === undefined ? {} : { format }),
    defaults: defaults as CallDefaults,
    ...(map === undefined ? {} : { mapping: await mappingOf(map, io) }),
    ...(header === undefined ? {} : { headerLine: Number(header) }),
    ...(values['local-tools'] === true ? { includeLocalTools: true } : {}),
    ...(values['split-tool-names'] === true ? { splitToolNames: true } : {}),
  };
}

async function mappingOf(path: string, io: CliIo): Promise<FieldMapping> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(await readAll(io, path)));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`\`${path}\` is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const read = readMapping(value);
  if (!read.ok) throw new UsageError(`\`${path}\` is not a mapping: ${read.messages.join('; ')}`);
  return read.mapping;
}

/** What came of reading a trace besides its calls. */
export interface TraceSummary {
  readonly ok: boolean;
  readonly summary: ImportSummary;
}

/** What takes what a trace holds beside its calls. */
export interface TraceExtras {
  readonly events?: (events: readonly PolicyEvent[]) => void;
  readonly connections?: (events: readonly ConnectionEvent[]) => void;
  /** What the trace shows of the world; once, before the end. */
  readonly catalog?: (catalog: Catalog) => void;
}

/**
 * Reads a trace call by call, and says on standard error what was not understood. `take` may give false to stop early.
 *
 * INVARIANT: calls are handed on as they come and not kept, so that a trace may be larger than the memory.
 */
export async function readTrace(
  trace: string,
  options: ImportOptions,
  io: CliIo,
  take: (calls: readonly ImportedCall[]) => Promise<boolean>,
  extras: TraceExtras = {},
): Promise<TraceSummary> {
  let shown = 0;
  let offered = 0;
  const lacking = new Set<ImportOffer['field']>();
  const source = new TraceSource(trace, io);
  for await (const event of importTrace(source.chunks(), options)) {
    if (event.kind === 'detected') {
      io.err(`${trace}: ${event.detection.label} (${event.detection.words})`);
      for (const line of unusedMapping(options.mapping ?? {}, event.mapping)) io.err(line);
    } else if (event.kind === 'rejects') {
      for (const reject of event.rejects) if (shown++ < MOST_REJECTS) io.err(rejectLine(reject));
    } else if (event.kind === 'calls') {
      for (const { agent, resource } of event.calls) {
        if (agent?.slug === undefined) lacking.add('agent.slug');
        if (resource?.slug === undefined) lacking.add('resource.slug');
      }
      if (!(await take(event.calls))) break;
    } else if (event.kind === 'offer') {
      if (lacking.has(event.offer.field) && offered++ < MOST_OFFERS) io.err(offerLine(event.offer));
    } else if (event.kind === 'policy-events') extras.events?.(event.events);
    else if (event.kind === 'connections') extras.connections?.(event.events);
    else if (event.kind === 'catalog') extras.catalog?.(event.catalog);
    else if (event.kind === 'failed') throw source.fault ?? cannotRead(trace, new Error(event.reason));
    else if (event.kind === 'done') return finished(trace, event.summary, shown, io);
  }
  return { ok: true, summary: NOTHING };
}

const MOST_REJECTS = 20;
const MOST_OFFERS = 5;
const MOST_NAMES = 30;
const NOTHING: ImportSummary = { format: null, bytes: 0, calls: 0, rejects: 0, conversations: 0, notes: [] };

function finished(trace: string, summary: ImportSummary, rejects: number, io: CliIo): TraceSummary {
  if (rejects > MOST_REJECTS) io.err(`… and ${String(rejects - MOST_REJECTS)} more rejects`);
  for (const note of summary.notes) io.err(note.message);
  // A trace without a readable call is a no, whatever else it holds; rejects beside calls are reported, and are not.
  if (summary.calls === 0) io.err(`${trace}: no call could be read`);
  return { ok: summary.calls > 0, summary };
}

/** What a mapping names and the trace does not have. */
function unusedMapping(given: FieldMapping, found: MappingInfo | undefined): readonly string[] {
  const named = Object.entries(given).filter(([, path]) => path !== '');
  if (found === undefined)
    return named.length === 0 ? [] : ['the mapping is not used: this format says where its fields are'];
  const { available } = found;
  const has = available.slice(0, MOST_NAMES).map((name) => `\`${name}\``);
  const names = has.join(', ') + (available.length > has.length ? ', …' : '');
  return named
    .filter(([, path]) => !available.includes(path))
    .map(
      ([field, path]) =>
        `the mapping gives \`${path}\` for \`${field}\`, which the first entries do not have: they have ${names}`,
    );
}

/** A file may name its server or client without saying that it is what the gateway calls them. */
const offerLine = ({ field, value, from }: ImportOffer): string =>
  `calls lack \`${field}\`, and ${from} is ${value}: \`--default ${shellWord(`${field}=${value}`)}\` fills it in`;

/** A word as a POSIX shell takes it: in single quotes where it would divide or change it. */
const shellWord = (word: string): string =>
  /^[\w.,:=/@+-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;

function rejectLine({ line, offset, path, reason, excerpt }: ImportReject): string {
  const place =
    line !== undefined ? `line ${String(line)}` : offset !== undefined ? `byte ${String(offset)}` : 'the trace';
  const shown = excerpt === '' ? '' : `: ${excerpt.slice(0, 80)}`;
  return `rejected: ${place}${path === undefined ? '' : ` ${path}`}: ${reason}${shown}`;
}

/** The bytes of a trace. The importer reports that reading failed; `fault` keeps why, as it is to be said. */
class TraceSource {
  fault: UsageError | undefined;

  constructor(
    private readonly trace: string,
    private readonly io: CliIo,
  ) {}

  async *chunks(): AsyncGenerator<Uint8Array> {
    try {
      if (this.trace !== '-' && !this.io.exists(this.trace) && looksLikeLink(this.trace)) yield this.linked();
      else yield* this.io.open(this.trace);
    } catch (error) {
      this.fault = error instanceof UsageError ? error : cannotRead(this.trace, error);
      throw this.fault;
    }
  }

  private linked(): Uint8Array {
    const decoded = decodeLink(this.trace);
    if (!decoded.ok) throw new UsageError(decoded.refusal.message);
    return new TextEncoder().encode(writeBundle(decoded.bundle));
  }
}

import { conversationLook } from '../sightings';
import { isObject, member, type UnknownObject } from '../shape';
import type {
  TraceFormat,
  FormatId,
  TraceHead,
  ImportOptions,
  ImportOutput,
  FormatReader,
  SourceRecord,
} from '../types';
import { CallSink, placeByMcpName, type PlaceTool } from './sink';
import { CallStreams, streamOf } from './streams';
import { type Dialect, isMessage, Walk } from './walk';

/** What one format of conversations adds to what all share. */
export interface ConversationFormat {
  readonly id: FormatId;
  readonly label: string;
  /** Keys of a top-level object whose list holds conversations or messages. */
  readonly wrappers?: readonly string[];
  readonly detect: (head: TraceHead) => { readonly confidence: number; readonly words: string } | null;
  /** How the format's clients name a server's tool; by default `mcp__server__tool` is taken apart. */
  readonly place?: PlaceTool;
  readonly dialect?: (sink: CallSink, options: ImportOptions) => Dialect;
  /** The conversation that a record belongs to; without it every record is one, and single messages are one together. */
  readonly conversation?: (value: UnknownObject) => string | undefined;
  /** Records without calls or messages that are no fault (events, settings). */
  readonly silent?: (value: UnknownObject) => boolean;
  /** What the file says of the agent. */
  readonly agent?: string;
}

class ConversationReader implements FormatReader {
  readonly #format: ConversationFormat;
  readonly #sink: CallSink;
  readonly #dialect: Dialect;
  readonly #streams: CallStreams;
  readonly #walk: Walk;

  constructor(format: ConversationFormat, options: ImportOptions) {
    this.#format = format;
    this.#sink = new CallSink(format.place ?? placeByMcpName, options);
    this.#dialect = format.dialect?.(this.#sink, options) ?? {};
    this.#streams = new CallStreams(this.#sink);
    this.#walk = new Walk(this.#sink, this.#dialect, this.#streams);
  }

  record(record: SourceRecord, out: ImportOutput): void {
    const { value } = record;
    if (typeof value === 'string') {
      if (/^\s*data:\s*\[DONE\]\s*$/.test(value)) this.#streams.endOfStream(out);
      return readWords(value, record, out);
    }
    if (typeof value !== 'object' || value === null)
      return out.reject(record, 'not a conversation: expected an object with `messages`, or a message');
    const conversation = this.#key(value, record);
    const { parts, messages } = this.#walk.value(value, { record, path: '', conversation, facts: {} }, out);
    if (messages > 0) this.#sink.conversation(conversation, out);
    if (parts > 0 || messages > 0 || record.rest) return;
    if (isObject(value) && !this.#format.silent?.(value))
      out.reject(record, 'not a conversation: it has no list of messages (`messages`, `traj`, …)');
  }

  end(out: ImportOutput): void {
    this.#streams.end(out);
    this.#dialect.end?.(out);
    this.#sink.end(out);
    const { agent, label } = this.#format;
    if (agent !== undefined) out.offer({ field: 'agent.slug', value: agent, from: label });
  }

  /** Messages one by one: those of a top-level list are one conversation, those on lines of their own another. */
  #key(value: object, record: SourceRecord): string {
    const stated = isObject(value) ? this.#format.conversation?.(value) : undefined;
    if (stated !== undefined) return stated;
    const stream = streamOf(value);
    if (stream !== undefined) return stream;
    const single = isObject(value) && (isMessage(value) || (typeof member(value, 'type') === 'string' && !record.rest));
    if (!single) return `entry ${record.root}${record.path}`;
    return record.path === '' ? 'lines' : `list ${record.root}`;
  }
}

/** Lines of a log or of a stream of server-sent events that hold no JSON. */
function readWords(text: string, record: SourceRecord, out: ImportOutput): void {
  if (/^\s*(event|id|retry)?:/.test(text) || /^\s*data:\s*(\[DONE\])?\s*$/.test(text)) return;
  out.reject(record, 'not a conversation: a text that is no JSON');
}

/** A format of conversations: all but its own shapes is shared. */
export const conversationFormat = (format: ConversationFormat): TraceFormat => ({
  id: format.id,
  label: format.label,
  layout: 'json',
  wrappers: format.wrappers ?? [],
  embedded: true,
  lookOf: conversationLook,
  detect: format.detect,
  reader: (options) => new ConversationReader(format, options),
});

/** What tools were given, and what describes them: what looks like a format in there is none. */
const DATA = new Set(['args', 'arguments', 'params', 'parameters', 'details', 'attributes', 'tools', 'recorded']);

/** True where one of the head's first values, or of what they hold a few levels down, fits. */
export function holds(values: readonly unknown[], fits: (value: UnknownObject) => boolean, depth = 7): boolean {
  return values.some((value) => {
    if (typeof value !== 'object' || value === null) return false;
    if (isObject(value) && fits(value)) return true;
    if (depth === 0) return false;
    const inner = Object.entries(value).flatMap(([key, item]) => (DATA.has(key) ? [] : [item as unknown]));
    return holds(inner, fits, depth - 1);
  });
}

/** As `holds`; where the head has no whole value, what its text shows decides. */
export const shows = (
  { values, text }: TraceHead,
  fits: (value: UnknownObject) => boolean,
  pattern: RegExp,
  depth?: number,
): boolean => (values.length > 0 ? holds(values, fits, depth) : pattern.test(text));

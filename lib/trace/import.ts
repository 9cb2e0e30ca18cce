import { callId } from '../engine';
import { CatalogBuilder } from './catalog';
import { applyDefaults } from './defaults';
import { FORMAT_LIST, FORMATS } from './formats';
import { unreadCalls } from './sightings';
import { bomLength, concat, decodeLeniently, notText } from './source/bytes';
import { CHUNK, excerpt, HEAD, MAX_LINE } from './source/limits';
import {
  type Cutter,
  documentCutter,
  type Item,
  jsonLayout,
  lineCutter,
  tableCutter,
  tableLayout,
} from './source/records';
import type {
  Detection,
  Format,
  Head,
  ImportedCall,
  ImportEvent,
  ImportOptions,
  ImportSummary,
  Note,
  Offer,
  Output,
  Reader,
  Reject,
  SourceRecord,
} from './types';

/**
 * Reads a trace of any format from its bytes, as they arrive. Total: whatever the bytes, it ends in `done`, `cancelled`
 * (the signal was set) or `failed` (the source could not be read on), and never throws. Calls, rejects and progress come
 * once a chunk; catalog and offers before the end (specification, 3).
 */
export async function* importTrace(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  options: ImportOptions = {},
): AsyncGenerator<ImportEvent, void, undefined> {
  const source = new ChunkSource(chunks);
  const out = new Collector(options);
  const cancelled = (): boolean => options.signal?.aborted === true;
  let format: Format | null = null;
  try {
    const head = await source.head(cancelled);
    if (cancelled()) return yield { kind: 'cancelled', summary: out.summary(null, source.bytes) };
    const refusal = head.trimmed ? notText(head.bytes) : 'the file is empty';
    const bom = bomLength(head.bytes);
    const views = refusal === null ? viewsOf(head.bytes.subarray(bom), head.whole) : null;
    const choice = views === null ? null : choose(views, options.format);
    if (refusal !== null || views === null || choice === null) {
      const reason = refusal ?? 'the format was not recognized';
      out.refuse({
        offset: 0,
        reason,
        excerpt: views ? excerpt(decodeLeniently(head.bytes.subarray(bom, bom + 1024))) : '',
      });
      yield* out.drain(source.bytes);
      return yield { kind: 'done', summary: out.summary(null, source.bytes) };
    }
    format = choice.format;
    const view = views(format);
    const mapping = format.mapping?.(view.head, options.mapping ?? {});
    yield { kind: 'detected', detection: choice.detection, others: choice.others, ...(mapping ? { mapping } : {}) };
    const reader = format.reader(options, mapping?.mapping ?? {});
    const cutter = view.cutter(bom);
    for await (const chunk of source.all(bom)) {
      if (cancelled()) return yield { kind: 'cancelled', summary: out.summary(format.id, source.bytes) };
      out.take(cutter.push(chunk), reader, format);
      yield* out.drain(source.bytes);
    }
    if (cancelled()) return yield { kind: 'cancelled', summary: out.summary(format.id, source.bytes) };
    out.take(cutter.end(), reader, format);
    out.finish(reader);
    yield* out.drain(source.bytes);
    yield* out.closing();
    yield { kind: 'done', summary: out.summary(format.id, source.bytes) };
  } catch (error) {
    const reason = `reading stopped: ${error instanceof Error ? error.message : String(error)}`;
    yield { kind: 'failed', reason, summary: out.summary(format?.id ?? null, source.bytes) };
  } finally {
    await source.close();
  }
}

/** What a format's layout makes of the head. */
interface View {
  readonly head: Head;
  readonly cutter: (offset: number) => Cutter;
}

/** The head as each format sees it; formats of equal layout and wrappers share the work. */
function viewsOf(bytes: Uint8Array, whole: boolean): (format: Format) => View {
  const text = decodeLeniently(bytes);
  const looksTable = !/^\s*[[{]/.test(text);
  const table = tableLayout(text);
  const layout = jsonLayout(text, whole);
  const known = new Map<string, View>();
  return (format) => {
    const key = `${format.layout} ${format.wrappers.join(' ')} ${String(format.embedded)}`;
    const found = known.get(key);
    if (found) return found;
    const cutter = (offset: number): Cutter => {
      if (format.layout === 'table') return tableCutter(table, offset);
      if (layout === 'lines') return lineCutter(format.wrappers, format.embedded ?? false, offset);
      return documentCutter(format.wrappers, offset);
    };
    const columns = looksTable || format.layout === 'table' ? table.columns : null;
    const view: View = { head: { text, values: firstValues(cutter(0), bytes), columns }, cutter };
    known.set(key, view);
    return view;
  };
}

/** How many values of the head a format looks at. */
const SAMPLE = 50;

function firstValues(cutter: Cutter, bytes: Uint8Array): readonly unknown[] {
  const records = cutter
    .push(bytes.subarray(0, Math.max(HEAD, 1)))
    .flatMap((item) => ('record' in item ? [item.record] : []));
  const more = records.length > 0 ? [] : cutter.push(bytes.subarray(Math.max(HEAD, 1)));
  const last = cutter.end();
  const all = [...records, ...[...more, ...last].flatMap((item) => ('record' in item ? [item.record] : []))];
  return all.slice(0, SAMPLE).map(({ value }) => value);
}

interface Choice {
  readonly format: Format;
  readonly detection: Detection;
  readonly others: readonly Detection[];
}

function choose(views: (format: Format) => View, wanted: ImportOptions['format']): Choice | null {
  const detections = FORMAT_LIST.flatMap((format): Detection[] => {
    const found = format.detect(views(format).head);
    return found ? [{ format: format.id, label: format.label, ...found }] : [];
  }).sort((a, b) => b.confidence - a.confidence);
  const id = wanted ?? detections[0]?.format;
  if (id === undefined) return null;
  const format = FORMATS[id];
  const detection = detections.find((found) => found.format === id) ?? {
    format: id,
    label: format.label,
    confidence: 0,
    words: 'chosen by hand',
  };
  return { format, detection, others: detections.filter((found) => found !== detection) };
}

/** The chunks of a source: the head is looked at first, and read again with the rest. */
class ChunkSource {
  readonly #chunks: AsyncIterator<Uint8Array> | Iterator<Uint8Array>;
  #held: Uint8Array[] = [];
  #ended = false;
  /** How many bytes have been given out. */
  bytes = 0;

  constructor(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>) {
    this.#chunks = Symbol.asyncIterator in chunks ? chunks[Symbol.asyncIterator]() : chunks[Symbol.iterator]();
  }

  async #next(): Promise<Uint8Array | null> {
    if (this.#ended) return null;
    const { done, value } = await this.#chunks.next();
    if (done !== true) return value;
    this.#ended = true;
    return null;
  }

  /** Lets go of the source, also where it was not read to its end. */
  async close(): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    try {
      await this.#chunks.return?.();
    } catch {
      // What is wrong with a source that nobody reads any more is nobody's concern.
    }
  }

  /** Enough to recognize a file by: some kilobytes with two line breaks, or as much as a line may be long. */
  async head(cancelled: () => boolean): Promise<{ bytes: Uint8Array; whole: boolean; trimmed: boolean }> {
    let length = 0;
    let breaks = 0;
    while (!cancelled() && !(length >= HEAD && (breaks >= 2 || length >= MAX_LINE))) {
      const chunk = await this.#next();
      if (chunk === null) break;
      this.#held.push(chunk);
      length += chunk.length;
      for (let at = chunk.indexOf(10); at >= 0 && breaks < 2; at = chunk.indexOf(10, at + 1)) breaks++;
    }
    const bytes = concat(this.#held);
    this.#held = [bytes];
    return { bytes, whole: this.#ended, trimmed: bytes.some((byte) => byte > 0x20) };
  }

  /** All chunks from the beginning, without the first `skip` bytes, none larger than the limit. */
  async *all(skip: number): AsyncGenerator<Uint8Array, void, undefined> {
    this.bytes = skip;
    const [head = new Uint8Array()] = this.#held;
    this.#held = [];
    for (let chunk: Uint8Array | null = head.subarray(skip); chunk !== null; chunk = await this.#next()) {
      for (let from = 0; from < chunk.length; from += CHUNK) {
        const piece = chunk.subarray(from, from + CHUNK);
        this.bytes += piece.length;
        yield piece;
      }
    }
  }
}

/** Gathers what a reader gives, until it is handed on. */
class Collector implements Output {
  readonly #options: ImportOptions;
  readonly #fill: (call: ImportedCall) => ImportedCall;
  readonly #catalog = new CatalogBuilder();
  readonly #notes = new Map<Note['code'], { message: (count: number) => string; count: number }>();
  readonly #offers = new Map<string, Offer>();
  #calls: ImportedCall[] = [];
  #rejects: Reject[] = [];
  #callCount = 0;
  #rejectCount = 0;
  #conversations = 0;
  /** Of the record at hand: what its reader claimed, and the paths of its rejects. */
  #claimed = new WeakSet();
  #refused: string[] = [];

  constructor(options: ImportOptions) {
    this.#options = options;
    this.#fill = applyDefaults(options.defaults ?? {});
  }

  take(items: readonly Item[], reader: Reader, format: Format): void {
    for (const item of items) {
      if ('reject' in item) this.refuse(item.reject);
      else this.#read(item.record, reader, format);
    }
  }

  #read(record: SourceRecord, reader: Reader, { lookOf }: Format): void {
    this.#claimed = new WeakSet();
    this.#refused = [];
    try {
      reader.record(record, this);
    } catch (error) {
      // INVARIANT: a record that a reader does not foresee costs itself alone.
      this.reject(record, `could not be read: ${error instanceof Error ? error.message : String(error)}`);
    }
    if (!lookOf) return;
    for (const { path, by } of unreadCalls(record.value, lookOf, this.#claimed, this.#refused))
      this.reject(record, `not read: looks like a tool call (${by})`, path);
  }

  claim(item: object): void {
    this.#claimed.add(item);
  }

  finish(reader: Reader): void {
    reader.end(this);
  }

  call(call: ImportedCall): void {
    const placed = this.#options.splitToolNames === true ? splitName(call) : call;
    const filled = this.#fill(placed);
    this.#catalog.observe(filled);
    this.#calls.push(filled);
    this.#callCount++;
  }

  reject(record: SourceRecord, reason: string, path = ''): void {
    const { line, offset, value } = record;
    this.#refused.push(path);
    const whole = `${record.path}${path}`;
    this.refuse({
      ...(line === undefined ? {} : { line }),
      ...(offset === undefined ? {} : { offset }),
      ...(whole === '' ? {} : { path: whole }),
      reason,
      excerpt: excerpt(shown(value)),
    });
  }

  refuse(reject: Reject): void {
    this.#rejects.push(reject);
    this.#rejectCount++;
  }

  note(code: Note['code'], message: (count: number) => string, count = 1): void {
    const known = this.#notes.get(code);
    if (known) known.count += count;
    else this.#notes.set(code, { message, count });
  }

  offer(offer: Offer): void {
    const key = `${offer.field} ${offer.value}`;
    if (!this.#offers.has(key)) this.#offers.set(key, offer);
  }

  tools(...listed: Parameters<Output['tools']>): void {
    this.#catalog.tools(...listed);
  }

  conversation(): void {
    this.#conversations++;
  }

  /** What has come in since the last time, and how far reading is. */
  *drain(bytes: number): Generator<ImportEvent, void, undefined> {
    if (this.#calls.length > 0) yield { kind: 'calls', calls: this.#calls };
    if (this.#rejects.length > 0) yield { kind: 'rejects', rejects: this.#rejects };
    this.#calls = [];
    this.#rejects = [];
    yield { kind: 'progress', bytes, calls: this.#callCount, rejects: this.#rejectCount };
  }

  *closing(): Generator<ImportEvent, void, undefined> {
    for (const offer of this.#offers.values()) yield { kind: 'offer', offer };
    const slug = this.#options.defaults?.['resource.slug'];
    yield { kind: 'catalog', ...this.#catalog.build(typeof slug === 'string' ? slug : undefined) };
  }

  summary(format: ImportSummary['format'], bytes: number): ImportSummary {
    const notes = [...this.#notes].map(([code, { message, count }]) => ({ code, message: message(count), count }));
    return {
      format,
      bytes,
      calls: this.#callCount,
      rejects: this.#rejectCount,
      conversations: this.#conversations,
      notes,
    };
  }
}

/** `slack__send_message` as the tool `send_message` of `slack`. */
function splitName(call: ImportedCall): ImportedCall {
  const name = call.tool?.name;
  const at = typeof name === 'string' ? name.indexOf('__') : -1;
  if (typeof name !== 'string' || at <= 0 || at + 2 >= name.length) return call;
  return {
    ...call,
    id: callId(call.id),
    resource: { ...call.resource, slug: name.slice(0, at) },
    tool: { ...call.tool, name: name.slice(at + 2) },
  };
}

/** A value as text for an excerpt; never throws. */
function shown(value: unknown): string {
  try {
    return JSON.stringify(value)?.slice(0, 1024) ?? String(value);
  } catch {
    return '';
  }
}

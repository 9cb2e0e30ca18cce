import { callId } from '../engine';
import { CatalogBuilder } from './catalog';
import { applyDefaults } from './defaults';
import { unreadCalls } from './sightings';
import { excerpt } from './source/limits';
import type { SourceItem } from './source/records';
import type {
  TraceFormat,
  ImportedCall,
  ImportEvent,
  ImportOptions,
  ImportSummary,
  ImportNote,
  ImportOffer,
  ImportOutput,
  FormatReader,
  ImportReject,
  SourceRecord,
} from './types';

/** Gathers what a reader gives, until it is handed on. */
export class Collector implements ImportOutput {
  readonly #options: ImportOptions;
  readonly #fill: (call: ImportedCall) => ImportedCall;
  readonly #catalog = new CatalogBuilder();
  readonly #notes = new Map<ImportNote['code'], { message: (count: number) => string; count: number }>();
  readonly #offers = new Map<string, ImportOffer>();
  #calls: ImportedCall[] = [];
  #rejects: ImportReject[] = [];
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

  get hasCalls(): boolean {
    return this.#callCount > 0;
  }

  /** Whether anything was made of the source: a call, a reject, a tool, or what is left out by its count. */
  get hasAnything(): boolean {
    return this.hasCalls || this.#rejectCount > 0 || this.#notes.size > 0 || this.#catalog.hasTools;
  }

  take(items: readonly SourceItem[], reader: FormatReader, format: TraceFormat): void {
    for (const item of items) {
      if ('reject' in item) this.refuse(item.reject);
      else this.#read(item.record, reader, format);
    }
  }

  #read(record: SourceRecord, reader: FormatReader, { lookOf }: TraceFormat): void {
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

  finish(reader: FormatReader): void {
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

  refuse(reject: ImportReject): void {
    this.#rejects.push(reject);
    this.#rejectCount++;
  }

  note(code: ImportNote['code'], message: (count: number) => string, count = 1): void {
    const known = this.#notes.get(code);
    if (known) known.count += count;
    else this.#notes.set(code, { message, count });
  }

  offer(offer: ImportOffer): void {
    const key = `${offer.field} ${offer.value}`;
    if (!this.#offers.has(key)) this.#offers.set(key, offer);
  }

  tools(...listed: Parameters<ImportOutput['tools']>): void {
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

import { callId } from '../engine';
import { wellFormed } from '../text';
import { CatalogBuilder } from './catalog';
import { applyDefaults } from './defaults';
import { UniqueIds } from './formats/ids';
import type { ConnectionEvent } from './connection';
import type { PolicyEvent } from './policy-event';
import { unreadCalls } from './sightings';
import { takeChanges, type PlacedChange, type ReadingChange } from './source/exact';
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

/** So many changed values are named; the rest are counted. */
const MOST_EXAMPLES = 20;

const placeWords = (where: ImportedCall | SourceRecord): string =>
  'id' in where ? `call \`${where.id}\`` : where.line === undefined ? 'the file' : `line ${where.line}`;

const cut = (text: string): string => (text.length > 60 ? `${text.slice(0, 59)}…` : text);

function changeWords(path: string, change: ReadingChange): string {
  if (change.kind === 'duplicate-key') return `\`${cut(path)}\` is written twice, and the last one is read`;
  return `\`${cut(path)}\`: ${cut(change.written)} is read as ${String(change.read)}`;
}

/** Gathers what a reader gives, until it is handed on. */
export class Collector implements ImportOutput {
  readonly #options: ImportOptions;
  readonly #fill: (call: ImportedCall) => ImportedCall;
  readonly #catalog = new CatalogBuilder();
  readonly #notes = new Map<ImportNote['code'], { message: (count: number) => string; count: number }>();
  readonly #offers = new Map<string, ImportOffer>();
  readonly #repairedIds = new UniqueIds();
  readonly #policyEvents: PolicyEvent[] = [];
  readonly #connections: ConnectionEvent[] = [];
  #calls: ImportedCall[] = [];
  #rejects: ImportReject[] = [];
  #callCount = 0;
  #rejectCount = 0;
  #conversations = 0;
  /** Of the record at hand: what its reader claimed, and the paths of its rejects. */
  #claimed = new WeakSet();
  #refused: string[] = [];
  #place: { readonly line?: number } = {};
  /** What the first changed values were, in words. */
  readonly #examples: string[] = [];

  constructor(options: ImportOptions) {
    this.#options = options;
    this.#fill = applyDefaults(options.defaults ?? {});
  }

  get hasCalls(): boolean {
    return this.#callCount > 0;
  }

  hasNote(code: ImportNote['code']): boolean {
    return this.#notes.has(code);
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
    this.#place = record.line === undefined ? {} : { line: record.line };
    try {
      reader.record(record, this);
    } catch (error) {
      // INVARIANT: a record that a reader does not foresee costs itself alone.
      this.reject(record, `could not be read: ${error instanceof Error ? error.message : String(error)}`);
    }
    // A long number that is no argument decides nothing (an id, a time in nanoseconds), and those of arguments may be of a call that is held
    // back; a key that is there twice may be any fact.
    this.#changed(record, takeChanges(record.value, record.path, 'duplicate-key'));
    if (!lookOf) return;
    for (const { path, by } of unreadCalls(record.value, lookOf, this.#claimed, this.#refused))
      this.reject(record, `not read: looks like a tool call (${by})`, path);
  }

  claim(item: object): void {
    this.#claimed.add(item);
  }

  finish(reader: FormatReader): void {
    this.#place = {};
    reader.end(this);
  }

  call(call: ImportedCall): void {
    const placed = this.#options.splitToolNames === true ? splitName(call) : call;
    const read = this.#fill(placed);
    if (!this.#exact(read)) return;
    const filled = this.#wellFormed(read);
    if (filled.tool?.name === undefined && filled.tool !== null)
      this.note('unnamed-tool', (n) => `${n} ${n === 1 ? 'call does' : 'calls do'} not say which tool is called`);
    this.#catalog.observe(filled);
    this.#calls.push(filled);
    this.#callCount++;
  }

  /** Says what reading changed in a call's arguments. False where they hold a number that no double is: then the call is refused. */
  #exact(call: ImportedCall): boolean {
    const changes = takeChanges(call.args, '/args');
    const infinite = changes.find(({ change }) => change.kind === 'number' && !Number.isFinite(change.read));
    if (infinite?.change.kind !== 'number') {
      this.#changed(call, changes);
      return true;
    }
    const { path, change } = infinite;
    const reason = `the argument \`${cut(path)}\` of call \`${call.id}\` is ${cut(change.written)}, which is too large for a number`;
    this.refuse({ ...this.#place, reason, excerpt: excerpt(shown(call)) });
    return false;
  }

  #changed(where: ImportedCall | SourceRecord, changes: readonly PlacedChange[]): void {
    for (const { path, change } of changes) {
      if (this.#examples.length < MOST_EXAMPLES)
        this.#examples.push(`${placeWords(where)}: ${changeWords(path, change)}`);
      this.note('value-changed', (n) => {
        const more = n > this.#examples.length ? `; and ${n - this.#examples.length} more` : '';
        return `${n} ${n === 1 ? 'value is' : 'values are'} not read as written: ${this.#examples.join('; ')}${more}`;
      });
    }
  }

  /**
   * INVARIANT: no call leaves with half of a character (`\ud83d` of an emoji that was cut): a bundle, a link and a file could not hold it.
   * Ids that become equal by it are numbered.
   */
  #wellFormed(call: ImportedCall): ImportedCall {
    const repaired = wellFormed(call);
    if (repaired === call) return call;
    this.note(
      'half-characters',
      (n) =>
        `${n} ${n === 1 ? 'call has' : 'calls have'} text with half of a character (a lone surrogate, as of an emoji that was cut): replaced by U+FFFD`,
    );
    return repaired.id === call.id ? repaired : { ...repaired, id: callId(this.#repairedIds.claim(repaired.id, this)) };
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
    this.#rejects.push(wellFormed(reject));
    this.#rejectCount++;
  }

  note(code: ImportNote['code'], message: (count: number) => string, count = 1): void {
    const known = this.#notes.get(code);
    if (known) known.count += count;
    else this.#notes.set(code, { message, count });
  }

  offer(offer: ImportOffer): void {
    const key = `${offer.field} ${offer.value}`;
    if (!this.#offers.has(key)) this.#offers.set(key, wellFormed(offer));
  }

  policyEvent(event: PolicyEvent): void {
    this.#policyEvents.push(wellFormed(event));
  }

  connection(event: ConnectionEvent): void {
    this.#connections.push(wellFormed(event));
  }

  tools(...listed: Parameters<ImportOutput['tools']>): void {
    this.#catalog.tools(...wellFormed(listed));
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
    if (this.#policyEvents.length > 0) yield { kind: 'policy-events', events: this.#policyEvents };
    if (this.#connections.length > 0) yield { kind: 'connections', events: this.#connections };
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

import { callId, memberNames, validateCall } from '../../engine';
import { isObject, member, readMcpTool, textOrNumber, type UnknownObject } from '../shape';
import { readRfc3339 } from '../time';
import type { TraceFormat, ImportedCall, ImportOutput, FormatReader, SourceRecord } from '../types';
import { UniqueIds } from './ids';

/** What a call has at least one of. */
const KEYS = memberNames('');

class NativeReader implements FormatReader {
  readonly #ids = new UniqueIds();
  readonly #unknown = new Set<string>();
  #count = 0;

  record(record: SourceRecord, out: ImportOutput): void {
    if (record.rest) return this.#rest(record, out);
    this.#count++;
    if (!isObject(record.value) || !KEYS.some((key) => Object.hasOwn(record.value as UnknownObject, key)))
      return out.reject(record, 'not a call: it has none of `tool`, `args`, `agent`, `user`, `resource`, …');
    const value = withTime(record.value, out);
    const stated = textOrNumber(member(value, 'id'));
    const wanted =
      stated ?? (Object.hasOwn(value, 'id') && value['id'] !== '' ? value['id'] : String(record.line ?? this.#count));
    const problems = validateCall({ ...value, id: wanted });
    const [first] = problems;
    if (first || typeof wanted !== 'string') {
      const reason = problems
        .slice(0, 3)
        .map(({ message }) => message)
        .join('; ');
      return out.reject(record, reason === '' ? 'not a call' : reason, first?.pointer);
    }
    this.#noteUnknown(value, out);
    if (stated === undefined)
      out.note(
        'missing-id',
        (n) => `${n} ${n === 1 ? 'call has' : 'calls have'} no id: numbered by their place in the file`,
      );
    const id = this.#ids.claim(wanted, out);
    // What else the call holds travels with it: nothing inside a call is added or dropped.
    const source = id === wanted || Object.hasOwn(value, 'source') ? {} : { source: { id: wanted } };
    // INVARIANT: `validateCall` found nothing wrong, so that this is a call.
    out.call({ ...value, ...source, id: callId(id) } as ImportedCall);
  }

  /** Members that no call has decide nothing: a name that was mistaken would else make a fact unknown without a word. */
  #noteUnknown(value: UnknownObject, out: ImportOutput): void {
    for (const path of unknownMembers(value)) {
      if (this.#unknown.size < 5) this.#unknown.add(path);
      out.note('unknown-member', (n) => {
        const names = [...this.#unknown].map((name) => `\`${name}\``).join(', ');
        return `${n} ${n === 1 ? 'member is' : 'members are'} not known and not read: ${names}`;
      });
    }
  }

  /** A bundle around the calls: what it knows of tools is worth having. */
  #rest({ value }: SourceRecord, out: ImportOutput): void {
    const catalog = isObject(value) ? member(value, 'catalog') : undefined;
    const resources = isObject(catalog) ? member(catalog, 'resources') : undefined;
    if (!Array.isArray(resources)) return;
    for (const resource of resources as unknown[]) {
      if (!isObject(resource)) continue;
      const slug = member(resource, 'slug');
      const tools = member(resource, 'tools');
      if (typeof slug !== 'string' || !Array.isArray(tools)) continue;
      const named = (tools as unknown[]).flatMap((tool) => readMcpTool(tool) ?? []);
      out.tools({ slug }, named);
    }
  }

  end(): void {
    // Nothing is held back.
  }
}

/** Paths of members that the engine does not know. What `source` and `args` hold is the caller's own. */
function unknownMembers(value: UnknownObject, around = ''): readonly string[] {
  const known = memberNames(around);
  return Object.entries(value).flatMap(([name, inner]) => {
    const path = around === '' ? name : `${around}.${name}`;
    if (!known.includes(name)) return path === 'source' ? [] : [path.slice(0, 60)];
    return isObject(inner) && memberNames(path).length > 0 ? unknownMembers(inner, path) : [];
  });
}

/** The call with its time as the engine takes it; unknown where it is RFC 3339 and CEL has no such time. */
function withTime(value: UnknownObject, out: ImportOutput): UnknownObject {
  const stated = member(value, 'time');
  const read = typeof stated === 'string' ? readRfc3339(stated) : null;
  if (read === null) return value;
  if ('time' in read) return read.time === stated ? value : { ...value, time: read.time };
  out.note(
    'time-unreadable',
    (n) => `${n} ${n === 1 ? 'time' : 'times'} could not be read (a leap second, the year 0): left unknown`,
  );
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== 'time'));
}

/** An entry of a log about a call says what happened, and who did it. */
const isEntry = (value: UnknownObject): boolean =>
  ['actor', 'action', 'event', 'details'].some((key) => Object.hasOwn(value, key));

export const native: TraceFormat = {
  id: 'native',
  label: 'Calls (native)',
  layout: 'json',
  wrappers: ['trace', 'calls'],
  detect({ values, text }) {
    const calls = values.filter(
      (value) =>
        isObject(value) &&
        isObject(member(value, 'tool')) &&
        typeof member(value, 'id') === 'string' &&
        !isEntry(value),
    );
    if (calls.length > 0) return { confidence: 0.9, words: 'calls with `id` and `tool`' };
    if (/"format"\s*:\s*"policy-bundle"/.test(text))
      return { confidence: 0.95, words: 'a bundle, whose `trace` holds calls' };
    const likely = values.some(
      (value) =>
        isObject(value) && !isEntry(value) && (isObject(member(value, 'tool')) || isObject(member(value, 'args'))),
    );
    return likely ? { confidence: 0.5, words: 'objects with `tool` or `args`' } : null;
  },
  reader: () => new NativeReader(),
};

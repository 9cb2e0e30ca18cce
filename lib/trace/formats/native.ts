import { callId, validateCall } from '../../engine';
import { isObject, member, readMcpTool, textOrNumber } from '../shape';
import type { Format, ImportedCall, Output, Reader, SourceRecord } from '../types';
import { UniqueIds } from './ids';

/** What a call has at least one of. */
const KEYS = ['id', 'time', 'agent', 'instance', 'user', 'resource', 'tool', 'args', 'ip', 'userAgent', 'recorded'];

class NativeReader implements Reader {
  readonly #ids = new UniqueIds();
  #count = 0;

  record(record: SourceRecord, out: Output): void {
    if (record.rest) return this.#rest(record, out);
    this.#count++;
    const { value } = record;
    if (!isObject(value) || !KEYS.some((key) => Object.hasOwn(value, key)))
      return out.reject(record, 'not a call: it has none of `tool`, `args`, `agent`, `user`, `resource`, …');
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

  /** A bundle around the calls: what it knows of tools is worth having. */
  #rest({ value }: SourceRecord, out: Output): void {
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

export const native: Format = {
  id: 'native',
  label: 'Calls (native)',
  layout: 'json',
  wrappers: ['trace', 'calls'],
  detect({ values, text }) {
    const calls = values.filter(
      (value) => isObject(value) && isObject(member(value, 'tool')) && typeof member(value, 'id') === 'string',
    );
    if (calls.length > 0) return { confidence: 0.9, words: 'calls with `id` and `tool`' };
    if (/"format"\s*:\s*"policy-bundle"/.test(text))
      return { confidence: 0.95, words: 'a bundle, whose `trace` holds calls' };
    const likely = values.some(
      (value) => isObject(value) && (isObject(member(value, 'tool')) || isObject(member(value, 'args'))),
    );
    return likely ? { confidence: 0.5, words: 'objects with `tool` or `args`' } : null;
  },
  reader: () => new NativeReader(),
};

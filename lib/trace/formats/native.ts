import { callId } from '../../engine';
import { isObject, member, type Obj, readMcpTool } from '../shape';
import { isRfc3339 } from '../time';
import type { Format, ImportedCall, Output, Reader, SourceRecord } from '../types';
import { UniqueIds } from './ids';

/** What a call's members must be (specification, 1 "Shapes"); any of them may be missing (unknown) or null (absent). */
type Kind = 'string' | 'strings' | 'boolean' | { readonly [key: string]: Kind };
const SHAPE = {
  agent: { slug: 'string', name: 'string', tags: 'strings' },
  instance: { id: 'string', name: 'string', tags: 'strings', client: { name: 'string', version: 'string' } },
  user: { id: 'string', email: 'string', name: 'string', groups: 'strings' },
  resource: { slug: 'string', name: 'string', tags: 'strings' },
  tool: {
    name: 'string',
    title: 'string',
    annotations: {
      readOnlyHint: 'boolean',
      destructiveHint: 'boolean',
      idempotentHint: 'boolean',
      openWorldHint: 'boolean',
    },
  },
  ip: 'string',
  userAgent: 'string',
} as const satisfies { [key: string]: Kind };
const KEYS = [...Object.keys(SHAPE), 'id', 'time', 'args', 'recorded'];

interface Fault {
  readonly path: string;
  readonly reason: string;
}

const WORDS = { string: 'a string', strings: 'a list of strings', boolean: 'true or false' } as const;

function fits(value: unknown, kind: 'string' | 'strings' | 'boolean'): boolean {
  if (kind === 'strings') return Array.isArray(value) && value.every((item) => typeof item === 'string');
  return typeof value === kind;
}

function check(value: unknown, kind: Kind, path: string): Fault | null {
  if (value === undefined || value === null) return null;
  const name = path.slice(1).replaceAll('/', '.');
  if (typeof kind === 'string') return fits(value, kind) ? null : { path, reason: `\`${name}\` is not ${WORDS[kind]}` };
  if (!isObject(value)) return { path, reason: `\`${name}\` is not an object` };
  for (const [key, inner] of Object.entries(kind)) {
    const fault = check(member(value, key), inner, `${path}/${key}`);
    if (fault) return fault;
  }
  return null;
}

/** The first thing that keeps a value from being a call, or null. */
export function callFault(value: unknown): Fault | null {
  if (!isObject(value)) return { path: '', reason: 'a call is an object' };
  if (!KEYS.some((key) => Object.hasOwn(value, key)))
    return { path: '', reason: 'not a call: it has none of `tool`, `args`, `agent`, `user`, `resource`, …' };
  const id = member(value, 'id');
  if (id !== undefined && typeof id !== 'string' && typeof id !== 'number')
    return { path: '/id', reason: '`id` is not a string' };
  const time = member(value, 'time');
  if (time !== undefined && time !== null && (typeof time !== 'string' || !isRfc3339(time)))
    return { path: '/time', reason: `\`time\` is not RFC 3339 (such as \`2026-11-22T10:00:00Z\`)` };
  const args = member(value, 'args');
  if (args !== undefined && args !== null && !isObject(args))
    return { path: '/args', reason: '`args` is not an object' };
  for (const [key, kind] of Object.entries(SHAPE)) {
    const fault = check(member(value, key), kind, `/${key}`);
    if (fault) return fault;
  }
  return recordedFault(member(value, 'recorded'));
}

function recordedFault(recorded: unknown): Fault | null {
  if (recorded === undefined || recorded === null) return null;
  if (!isObject(recorded)) return { path: '/recorded', reason: '`recorded` is not an object' };
  const effect = member(recorded, 'effect');
  if (effect !== 'allow' && effect !== 'deny')
    return { path: '/recorded/effect', reason: '`recorded.effect` is neither `allow` nor `deny`' };
  for (const key of ['ruleId', 'ruleName', 'reason']) {
    const fault = check(member(recorded, key), 'string', `/recorded/${key}`);
    if (fault) return fault;
  }
  return null;
}

class NativeReader implements Reader {
  readonly #ids = new UniqueIds();
  #count = 0;

  record(record: SourceRecord, out: Output): void {
    if (record.rest) return this.#rest(record, out);
    this.#count++;
    const fault = callFault(record.value);
    if (fault) return out.reject(record, fault.reason, fault.path);
    const call = record.value as Obj;
    const stated = member(call, 'id');
    if (stated === undefined || stated === '')
      out.note(
        'missing-id',
        (n) => `${n} ${n === 1 ? 'call has' : 'calls have'} no id: numbered by their place in the file`,
      );
    const wanted = stated === undefined || stated === '' ? String(this.#count) : String(stated);
    const id = this.#ids.claim(wanted, out);
    // What else the call holds travels with it: nothing inside a call is added or dropped.
    const source = id === wanted || Object.hasOwn(call, 'source') ? {} : { source: { id: wanted } };
    out.call({ ...call, ...source, id: callId(id) } as ImportedCall);
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

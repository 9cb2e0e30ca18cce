import { CALL_FIELDS } from '../engine';
import { parse } from './source/exact';
import { isObject, member, type UnknownObject, text } from './shape';
import { readTime } from './time';
import {
  DEFAULT_FIELDS,
  type ImportedCall,
  MAPPED_FIELDS,
  type MappedField,
  type FieldMapping,
  type ImportOutput,
} from './types';

/**
 * Names under which exports write each field, without case, `_`, `-`, spaces and dots; the most specific first.
 * An entry's path matches by its whole, or without the containers around it (`details.toolName` as `toolname`).
 */
const NAMES: { readonly [F in MappedField]: readonly string[] } = {
  id: ['eventid', 'entryid', 'auditid', 'callid', 'uuid', 'id'],
  time: ['timestamp', 'time', 'starttime', 'eventtime', 'occurredat', 'createdat', 'datetime', 'date', 'ts'],
  'agent.slug': ['agentslug', 'agent', 'detailsagent', 'agentid'],
  'agent.name': ['agentname'],
  'agent.tags': ['agenttags'],
  'instance.id': ['instanceid', 'instance', 'agentinstanceid'],
  'instance.name': ['instancename'],
  'instance.tags': ['instancetags'],
  'instance.client.name': ['clientname', 'instanceclientname', 'client'],
  'instance.client.version': ['clientversion', 'instanceclientversion'],
  'instance.client.protocolVersion': ['protocolversion', 'mcpprotocolversion', 'clientprotocolversion'],
  'user.id': ['userid', 'user', 'actoruserid', 'userapikeyuserid'],
  'user.email': ['useremail', 'email', 'actoruseremail', 'userapikeyuseremail'],
  'user.name': ['username'],
  'user.groups': ['usergroups', 'groups', 'actorusergroups'],
  'resource.slug': [
    'resourceslug',
    'mcptarget',
    'mcpbackend',
    'mcpserverdisplayname',
    'mcpserver',
    'mcpserverslug',
    'mcpservername',
    'mcptoolcallmetadatamcpservername',
    'serverslug',
    'servername',
    'server',
    'resource',
    'resourceid',
  ],
  'resource.name': ['resourcename'],
  'resource.tags': ['resourcetags'],
  'tool.name': [
    'toolname',
    'tool',
    'mcptool',
    'mcptoolname',
    'genaitoolname',
    'mcpresourcename',
    'callidentifier',
    'mcptoolcallmetadataname',
  ],
  'tool.title': ['tooltitle'],
  ip: ['ipaddress', 'ip', 'clientip', 'srcaddr', 'sourceip', 'remoteaddr'],
  userAgent: ['useragent'],
  args: [
    'arguments',
    'args',
    'mcptoolcallmetadataarguments',
    'toolarguments',
    'toolargs',
    'requestargs',
    'toolinput',
    'input',
    'parameters',
    'params',
    'requestbody',
  ],
  'recorded.effect': ['recordedeffect', 'policyeffect', 'policydecision', 'decision', 'effect', 'outcome'],
  'recorded.ruleId': ['recordedruleid', 'policyruleid', 'matchedruleid', 'ruleid'],
  'recorded.ruleName': [
    'recordedrulename',
    'policyrulename',
    'matchedrulename',
    'rulename',
    'rule',
    'policyrule',
    'matchedrule',
    'policyname',
  ],
  'recorded.reason': ['recordedreason', 'policyreason', 'errortype', 'reason', 'denyreason'],
  'recorded.policyDigest': ['recordedpolicydigest', 'policydigest'],
  action: [
    'actionoperation',
    'actionmethod',
    'actiontype',
    'actionname',
    'mcpmethodname',
    'mcpmethod',
    'calltype',
    'action',
    'eventtype',
    'eventname',
    'event',
  ],
  'actor.type': ['actortype'],
  'actor.id': ['actorid', 'actor'],
  'actor.email': ['actoremail'],
  'actor.name': ['actorname', 'actordisplayname'],
};

/** Names that say what they hold wherever they are in an entry: the last member of a path, where no path has one of `NAMES`. */
const DEEP_NAMES: { readonly [F in MappedField]?: readonly string[] } = {
  'resource.slug': ['mcpserver', 'mcpservername', 'servername', 'serverslug', 'server'],
  'tool.name': ['toolname', 'mcptoolname', 'tool', 'mcptool'],
  args: ['toolarguments', 'toolargs', 'toolinput', 'arguments', 'args'],
};

export type ReadMapping =
  { readonly ok: true; readonly mapping: FieldMapping } | { readonly ok: false; readonly messages: readonly string[] };

/** Validates a mapping that was written by hand or stored: an object from fields to names. */
export function readMapping(value: unknown): ReadMapping {
  if (!isObject(value)) return { ok: false, messages: ['a mapping is an object from fields to columns or paths'] };
  const messages = Object.entries(value).flatMap(([field, path]) => {
    if (!(MAPPED_FIELDS as readonly string[]).includes(field)) return [`\`${field}\` is no field that can be mapped`];
    return typeof path === 'string' ? [] : [`\`${field}\` is not mapped to a text`];
  });
  return messages.length > 0 ? { ok: false, messages } : { ok: true, mapping: value as FieldMapping };
}

/** A name without case, separators and other signs, as `NAMES` lists it. */
export const squash = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** The paths of an entry's members that hold no further named members; lists and empty objects count as one. */
export function pathsOf(value: unknown, prefix = '', depth = 0): string[] {
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const path = `${prefix}${key}`;
    return isObject(inner) && depth < 4 ? [path, ...pathsOf(inner, `${path}.`, depth + 1)] : [path];
  });
}

const MAX_SAMPLES = 3;
const MAX_SAMPLE = 60;

/** A few distinct values under each name, as texts. Null prototype: a column may be called anything. */
export function samplesOf(
  entries: readonly UnknownObject[],
  available: readonly string[],
): Readonly<Record<string, readonly string[]>> {
  const samples = Object.create(null) as Record<string, readonly string[]>;
  for (const path of available) {
    const found = new Set<string>();
    for (const entry of entries) {
      if (found.size >= MAX_SAMPLES) break;
      const value = valueAt(entry, path);
      if (value === undefined || value === null || value === '') continue;
      const shown = typeof value === 'string' ? value : JSON.stringify(value);
      found.add(shown.length > MAX_SAMPLE ? `${shown.slice(0, MAX_SAMPLE - 1)}…` : shown);
    }
    if (found.size > 0) samples[path] = [...found];
  }
  return samples;
}

const ACTION_NAMES = ['action.operation', 'action.method', 'action.type', 'action.name'];

/** Guesses where each field is; what the caller gave goes before any guess. */
export function guessMapping(
  available: readonly string[],
  given: FieldMapping,
  fields: readonly MappedField[],
): FieldMapping {
  const squashed = available.map((path) => ({ path, whole: squash(path), ends: endsOf(path) }));
  const mapping: { [F in MappedField]?: string } = {};
  // What is taken by hand is not guessed again for another field.
  const taken = new Set(Object.values(given));
  for (const field of MAPPED_FIELDS) {
    const chosen = given[field];
    if (chosen !== undefined) {
      if (chosen !== '') mapping[field] = chosen;
      continue;
    }
    if (!fields.includes(field)) continue;
    const free = squashed.filter(({ path }) => !taken.has(path));
    // An action that is an object is named by one of its members.
    const parted = field === 'action' && ACTION_NAMES.some((path) => available.includes(path));
    const exact = free.find(({ path }) => path === field && !parted);
    const found = exact ?? firstMatch(free, NAMES[field]) ?? deepMatch(free, DEEP_NAMES[field] ?? []);
    if (!found) continue;
    mapping[field] = found.path;
    taken.add(found.path);
  }
  return mapping;
}

/** Equal for tables of the same columns, and for entries of the same members, whatever these hold inside. */
export const shapeOf = (names: readonly string[]): string => [...new Set(names)].sort().join('\n');

interface MemberCandidate {
  readonly path: string;
  readonly whole: string;
  readonly ends: readonly string[];
}

function firstMatch(candidates: readonly MemberCandidate[], names: readonly string[]): MemberCandidate | undefined {
  for (const name of names) {
    const found = candidates.find(({ whole }) => whole === name) ?? candidates.find(({ ends }) => ends.includes(name));
    if (found) return found;
  }
  return undefined;
}

function deepMatch(candidates: readonly MemberCandidate[], names: readonly string[]): MemberCandidate | undefined {
  for (const name of names) {
    const found = candidates.find(({ path }) => squash(path.slice(path.lastIndexOf('.') + 1)) === name);
    if (found) return found;
  }
  return undefined;
}

/** Members that only hold others: what they hold is named as if it stood outside. */
const CONTAINERS = new Set([
  'details',
  'detail',
  'data',
  'context',
  'metadata',
  'meta',
  'attributes',
  'payload',
  'properties',
  'event',
  'entry',
  'source',
  'fields',
  'extra',
  'jsonpayload',
]);

/** The names of a path without the containers around it: `details.tool.name` gives `toolname`. */
function endsOf(path: string): string[] {
  const parts = path.split('.');
  const first = parts.findIndex((part) => !CONTAINERS.has(squash(part)));
  return first > 0 ? [squash(parts.slice(first).join('.'))] : [];
}

/** Members that name what holds them. */
const NAMING = new Set(['name', 'slug', 'operation', 'id']);

/** The value at a dotted path; a key that itself holds dots is found as it stands. */
export function valueAt(entry: UnknownObject, path: string): unknown {
  const whole = member(entry, path);
  if (whole !== undefined) return whole;
  for (let dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
    const inner = member(entry, path.slice(0, dot));
    const rest = path.slice(dot + 1);
    // Some entries of a log write the name alone where others write an object.
    const found = isObject(inner) ? valueAt(inner, rest) : NAMING.has(rest) ? text(inner) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A single text: of a text, a number, a boolean, or of an object by the names that name things. */
export function textOf(value: unknown, keys: readonly string[] = ['slug', 'id', 'name']): string | undefined {
  if (typeof value === 'string') return value.trim() === '' ? undefined : value.trim();
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (!isObject(value)) return undefined;
  return keys.map((key) => textOf(member(value, key))).find((found) => found !== undefined);
}

/** A list of texts: of a list, or of a text with `,`, `;` or `|` between them. */
export function textsOf(value: unknown): readonly string[] | undefined {
  if (Array.isArray(value)) return (value as unknown[]).flatMap((item) => textOf(item, ['name', 'slug', 'id']) ?? []);
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const list = parse(value);
  if (Array.isArray(list)) return textsOf(list);
  return value
    .split(/[,;|]/)
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

export { parse as parseJson };

/** The words for a decision that exports use, and HTTP's status: 403, or success. Undefined where a word says neither. */
export function effectOf(value: unknown): 'allow' | 'deny' | undefined {
  const status = /^[1-5]\d\d$/.exec(textOf(value) ?? '')?.[0];
  if (status !== undefined) return status === '403' ? 'deny' : status.startsWith('2') ? 'allow' : undefined;
  const word =
    typeof value === 'boolean'
      ? value
        ? 'allow'
        : 'deny'
      : textOf(value)
          ?.toLowerCase()
          .replace(/[^a-z]/g, '');
  if (word === undefined) return undefined;
  if (/^(allow|allowed|permit|permitted|accept|accepted|granted|true)$/.test(word)) return 'allow';
  if (/^(deny|denied|block|blocked|reject|rejected|refused|forbidden|false)$/.test(word)) return 'deny';
  return undefined;
}

const TEXT_FIELDS = DEFAULT_FIELDS.filter((field) => CALL_FIELDS[field].kind === 'text');
const LIST_FIELDS = DEFAULT_FIELDS.filter((field) => CALL_FIELDS[field].kind === 'texts');

/** An address as proxies log it, without its port: `10.0.0.1:4000`, `[::1]:4000`. */
const withoutPort = (address: string): string =>
  /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(address)?.[1] ?? /^\[([^\]]+)\](?::\d+)?$/.exec(address)?.[1] ?? address;

/** The facts of an entry by its mapping, but for `id`, `args`, the recorded decision and the actor. */
export function mappedFacts(entry: UnknownObject, mapping: FieldMapping, out: ImportOutput): Omit<ImportedCall, 'id'> {
  const facts: Record<string, unknown> = {};
  const set = (field: string, value: unknown): void => {
    const parts = field.split('.');
    let at = facts;
    for (const part of parts.slice(0, -1)) {
      const inner = at[part];
      at = isObject(inner) ? (inner as Record<string, unknown>) : ((at[part] = {}) as Record<string, unknown>);
    }
    at[parts[parts.length - 1] ?? ''] = value;
  };
  const stated = mapping.time === undefined ? undefined : valueAt(entry, mapping.time);
  if (stated !== undefined && stated !== null && stated !== '') {
    const read = readTime(stated);
    if ('time' in read) set('time', read.time);
    else out.note('time-unreadable', (n) => `${n} ${n === 1 ? 'time' : 'times'} could not be read: left unknown`);
    if ('zoneless' in read)
      out.note('time-zoneless', (n) => `${n} ${n === 1 ? 'time names' : 'times name'} no zone: read as UTC`);
  }
  for (const field of TEXT_FIELDS) {
    const path = mapping[field];
    const value =
      path === undefined
        ? undefined
        : textOf(valueAt(entry, path), field.endsWith('.name') ? ['name', 'slug', 'id'] : undefined);
    if (value !== undefined) set(field, field === 'ip' ? withoutPort(value) : value);
  }
  // A column called `user` may hold addresses.
  const user = facts.user;
  if (isObject(user) && typeof user.id === 'string' && user.id.includes('@') && user.email === undefined) {
    const { id, ...rest } = user;
    facts.user = { ...rest, email: id };
  }
  for (const field of LIST_FIELDS) {
    const path = mapping[field];
    const value = path === undefined ? undefined : textsOf(valueAt(entry, path));
    if (value !== undefined) set(field, value);
  }
  return facts as Omit<ImportedCall, 'id'>;
}

/** The recorded decision of an entry by its mapping. */
export function recordedOf(entry: UnknownObject, mapping: FieldMapping, out: ImportOutput): ImportedCall['recorded'] {
  const read = (field: MappedField): unknown =>
    mapping[field] === undefined ? undefined : valueAt(entry, mapping[field]);
  const stated = read('recorded.effect');
  const reason = textOf(read('recorded.reason'));
  const effect =
    effectOf(stated) ??
    (reason !== undefined && /polic(y|ies).*(den|block|reject)|(den|block|reject).*polic(y|ies)/i.test(reason)
      ? 'deny'
      : undefined);
  if (effect === undefined) {
    if (stated !== undefined && stated !== null && stated !== '')
      out.note(
        'effect-unreadable',
        (n) => `${n} recorded ${n === 1 ? 'decision is' : 'decisions are'} neither allow nor deny: left out`,
      );
    return undefined;
  }
  const ruleId = textOf(read('recorded.ruleId'));
  const ruleName = textOf(read('recorded.ruleName'), ['name', 'id']);
  const policyDigest = textOf(read('recorded.policyDigest'));
  return {
    effect,
    ...(ruleId === undefined ? {} : { ruleId }),
    ...(ruleName === undefined ? {} : { ruleName }),
    ...(reason === undefined ? {} : { reason }),
    ...(policyDigest === undefined ? {} : { policyDigest }),
  };
}

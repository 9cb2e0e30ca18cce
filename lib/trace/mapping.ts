import { isObject, type UnknownObject } from './shape';
import { MAPPED_FIELDS, type FieldMapping, type MappedField } from './types';
import { valueAt } from './mapped-facts';

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
  'tools.allowed': ['allowedtools', 'toolsallowed', 'permittedtools', 'toolspermitted'],
  'tools.denied': ['deniedtools', 'toolsdenied', 'blockedtools', 'toolsblocked'],
  'tools.conditional': ['conditionaltools', 'toolsconditional', 'gatedtools', 'toolsgated'],
  'tools.listed': ['toolaccess', 'effectiveaccess', 'toolpermissions', 'tools'],
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

/** Members that only hold others: what they hold is named as if it were outside. */
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

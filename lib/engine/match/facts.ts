/**
 * The facts of one call (docs/semantics.md, "Calls, and facts that are not known"), read so that nothing in a call, whatever it holds, can
 * throw: a key that is missing is unknown, `null` is known to be absent, and so is a value of another type than the fact has.
 *
 * INVARIANT: only the members named here reach a condition.
 */
import { isObject } from '../../json';
import { activation, parseTimestamp, type Activation } from '../../cel';
import { memberNames, type FactName } from '../model/call-fields';
import type { Facet, Json, JsonObject } from '../model/model';
import { argumentValue, type Readings } from '../model/readings';
import type { ScopeFacts, FactValues } from './scope';

/** A text as it is: null where known to be absent, undefined where unknown. */
type FactText = string | null | undefined;
type FactTexts = readonly string[] | null | undefined;
type CallFields = JsonObject;
/** An object of a call. Where the object itself is unknown, so are its fields; where it is absent, they are too. */
type CallPart = CallFields | null | undefined;

const asPart = (value: Json | undefined): CallPart => (value === undefined || isObject(value) ? value : null);
const asText = (value: Json | undefined): FactText => (value === undefined || typeof value === 'string' ? value : null);

function asTexts(value: Json | undefined): FactTexts {
  if (value === undefined) return undefined;
  if (!Array.isArray(value)) return null;
  const list: readonly unknown[] = value;
  return list.every((item) => typeof item === 'string') ? list : list.filter((item) => typeof item === 'string');
}

/** A call as the engine reads it. What is not an object is a call of which nothing is known. */
export const readCall = (call: unknown): CallFields => (isObject(call) ? (call as CallFields) : {});

export const callIdOf = (call: CallFields): string => asText(call['id']) ?? '';
export const argumentsOf = (call: CallFields): CallPart => asPart(call['args']);

// What routes are found by is read of every call: each key is written out, as a key in a variable is looked up much more slowly.
const agent = (call: CallFields): CallPart => asPart(call['agent']);
const instance = (call: CallFields): CallPart => asPart(call['instance']);
const user = (call: CallFields): CallPart => asPart(call['user']);
const resource = (call: CallFields): CallPart => asPart(call['resource']);
const tool = (call: CallFields): CallPart => asPart(call['tool']);
const client = (call: CallFields): CallPart => clientOf(instance(call));
const clientOf = (of: CallPart): CallPart => of && asPart(of['client']);
const annotationsOf = (of: CallPart): CallPart => of && asPart(of['annotations']);
const idOf = (of: CallPart): FactText => of && asText(of['id']);
const nameOf = (of: CallPart): FactText => of && asText(of['name']);
const slugOf = (of: CallPart): FactText => of && asText(of['slug']);
const emailOf = (of: CallPart): FactText => of && asText(of['email']);
const titleOf = (of: CallPart): FactText => of && asText(of['title']);
const versionOf = (of: CallPart): FactText => of && asText(of['version']);
const protocolOf = (of: CallPart): FactText => of && asText(of['protocolVersion']);
const tagsOf = (of: CallPart): FactTexts => of && asTexts(of['tags']);
const groupsOf = (of: CallPart): FactTexts => of && asTexts(of['groups']);

export const toolName = (call: CallFields): FactText => nameOf(tool(call));

/** A fact that selectors are matched against: one text or several, null where known to be absent, undefined where unknown. */
export type FacetFact = FactText | FactTexts;

/** How the facts behind each facet are read from a call, in the order of `SOURCES`. */
export const FACET_READS: { readonly [F in Facet]: readonly ((call: CallFields) => FacetFact)[] } = {
  resources: [(call) => slugOf(resource(call)), (call) => tagsOf(resource(call))],
  agents: [(call) => slugOf(agent(call)), (call) => tagsOf(agent(call))],
  instances: [(call) => idOf(instance(call)), (call) => tagsOf(instance(call))],
  users: [(call) => idOf(user(call)), (call) => emailOf(user(call))],
  groups: [(call) => groupsOf(user(call))],
};

const valuesOf = (fact: FacetFact): FactValues =>
  fact === undefined ? undefined : fact === null ? [] : typeof fact === 'string' ? [fact] : fact;

/** What the selectors of a facet are matched against. */
export const facetFacts = (call: CallFields, facet: Facet): readonly FactValues[] =>
  FACET_READS[facet].map((read) => valuesOf(read(call)));

/** The facts of all facets. */
export function scopeFacts(call: CallFields): ScopeFacts {
  return {
    resources: facetFacts(call, 'resources'),
    agents: facetFacts(call, 'agents'),
    instances: facetFacts(call, 'instances'),
    users: facetFacts(call, 'users'),
    groups: facetFacts(call, 'groups'),
  };
}

const HINTS = memberNames('tool.annotations');

/** Reads each fact from a call: a value, null where absent, undefined where unknown. */
const READ_FACT: { readonly [F in FactName]: (call: CallFields) => Json | undefined } = {
  'agent.slug': (call) => slugOf(agent(call)),
  'agent.name': (call) => nameOf(agent(call)),
  'agent.tags': (call) => tagsOf(agent(call)),
  'instance.id': (call) => idOf(instance(call)),
  'instance.name': (call) => nameOf(instance(call)),
  'instance.tags': (call) => tagsOf(instance(call)),
  // Whether there is a client is a fact of its own, so that where it is unknown so is `has(instance.client)`.
  'instance.client': (call) => client(call) && {},
  // Of a client that is not known they are absent, not unknown: its own path says so.
  'instance.client.name': (call) => nameOf(client(call) ?? null),
  'instance.client.version': (call) => versionOf(client(call) ?? null),
  'instance.client.protocolVersion': (call) => protocolOf(client(call) ?? null),
  'user.id': (call) => idOf(user(call)),
  'user.email': (call) => emailOf(user(call)),
  'user.name': (call) => nameOf(user(call)),
  'user.groups': (call) => groupsOf(user(call)),
  'resource.slug': (call) => slugOf(resource(call)),
  'resource.name': (call) => nameOf(resource(call)),
  'resource.tags': (call) => tagsOf(resource(call)),
  'tool.name': (call) => nameOf(tool(call)),
  'tool.title': (call) => titleOf(tool(call)),
  'tool.annotations': (call) => annotations(annotationsOf(tool(call))),
  'request.args': argumentsOf,
  'request.time': time,
  'request.ip': (call) => asText(call['ip']),
  'request.user_agent': (call) => asText(call['userAgent']),
};

/** All members of the variables. */
export const MEMBERS: readonly { readonly path: string; readonly read: (call: CallFields) => Json | undefined }[] =
  Object.entries(READ_FACT).map(([path, read]) => ({ path, read }));

/** Annotations that are present are complete: a hint that is not there is absent. */
function annotations(hints: CallPart): CallPart {
  if (!hints) return hints;
  const known: Record<string, Json> = {};
  for (const hint of HINTS) {
    const value = hints[hint];
    if (typeof value === 'boolean') known[hint] = value;
  }
  return known;
}

function time(call: CallFields): FactText {
  const written = asText(call['time']);
  return written && parseTimestamp(written) ? written : written === undefined ? undefined : null;
}

export type CallMembers = typeof MEMBERS;

/** The members that conditions which read these CEL paths can tell apart; a path may end early, where an index is not constant. */
export function membersRead(reads: Iterable<string>): CallMembers {
  const paths = [...reads];
  return MEMBERS.filter((member) => paths.some((path) => within(path, member.path) || within(member.path, path)));
}

/** Whether a path is that of `whole` or of something in it. */
const within = (path: string, whole: string): boolean =>
  path === whole || (path.startsWith(whole) && /^[.[]/.test(path.slice(whole.length)));

/** The paths of all facts that conditions can read. */
export const FACT_PATHS: readonly string[] = MEMBERS.map((member) => member.path);

/** A call's facts as a condition sees them: the parameters of CEL's `activation`. */
export interface ConditionFacts {
  readonly variables: Readonly<Record<string, JsonObject>>;
  readonly unknown: readonly string[];
  readonly timestampAt: readonly string[];
}

/** The facts as conditions see them. */
export function activationOf(call: CallFields, members: CallMembers, readings: Readings): Activation {
  const { variables, unknown, timestampAt } = conditionFacts(call, members);
  const { request = {} } = variables;
  const args = request['args'] === undefined ? {} : { args: argumentValue(request['args'], readings) };
  return activation({ ...variables, request: { ...request, ...args } }, unknown, timestampAt);
}

/** What is absent is left out, what is unknown is named. */
export function conditionFacts(call: CallFields, members: CallMembers = MEMBERS): ConditionFacts {
  const client: Record<string, Json> = {};
  const variables: Record<string, Record<string, Json>> = {
    agent: {},
    instance: {},
    user: {},
    resource: {},
    tool: {},
    request: {},
  };
  const unknown: string[] = [];
  for (const { path, read } of members) {
    const value = read(call);
    const [variable = '', field = '', inner] = path.split('.');
    if (value === undefined) unknown.push(path);
    else if (value === null) continue;
    else if (inner !== undefined) client[inner] = value;
    else (variables[variable] ??= {})[field] = path === 'instance.client' ? client : value;
  }
  return { variables, unknown, timestampAt: unknown.includes('request.time') ? [] : ['request.time'] };
}

/**
 * The facts of one call (specification, "Calls, and facts that are not known"), read so that nothing in a call, whatever it holds, can
 * throw: a key that is missing is unknown, `null` is known to be absent, and so is a value of another type than the fact has.
 *
 * INVARIANT: only the members named here reach a condition.
 */
import { activation, parseTimestamp, type Activation } from '../cel';
import type { Facet, Json, JsonObject } from './model';
import type { ScopeFacts, Values } from './scope';

/** A text as it stands: null where known to be absent, undefined where unknown. */
type Text = string | null | undefined;
type Texts = readonly string[] | null | undefined;
type Fields = JsonObject;
/** An object of a call. Where the object itself is unknown, so are its fields; where it is absent, they are too. */
type Part = Fields | null | undefined;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function part(of: Part, key: string): Part {
  if (!of) return of;
  const value = of[key];
  return value === undefined || isFields(value) ? value : null;
}

function text(of: Part, key: string): Text {
  if (!of) return of;
  const value = of[key];
  return value === undefined || typeof value === 'string' ? value : null;
}

function texts(of: Part, key: string): Texts {
  if (!of) return of;
  const value = of[key];
  if (value === undefined) return undefined;
  if (!Array.isArray(value)) return null;
  const list: readonly unknown[] = value;
  return list.every((item) => typeof item === 'string') ? list : list.filter((item) => typeof item === 'string');
}

/** A call as the engine reads it. What is not an object is a call of which nothing is known. */
export const readCall = (call: unknown): Fields => (isFields(call) ? call : {});

export const callIdOf = (call: Fields): string => text(call, 'id') ?? '';
export const argumentsOf = (call: Fields): Part => part(call, 'args');
export const toolName = (call: Fields): Text => text(part(call, 'tool'), 'name');

/** A fact that selectors are held against, as it stands: one text or several, null where known to be absent, undefined where unknown. */
export type FacetFact = Text | Texts;

const resource = (call: Fields): Part => part(call, 'resource');
const agent = (call: Fields): Part => part(call, 'agent');
const instance = (call: Fields): Part => part(call, 'instance');
const user = (call: Fields): Part => part(call, 'user');

/** How the facts behind each facet are read from a call, in the order of `SOURCES`. */
export const FACET_READS: { readonly [F in Facet]: readonly ((call: Fields) => FacetFact)[] } = {
  resources: [(call) => text(resource(call), 'slug'), (call) => texts(resource(call), 'tags')],
  agents: [(call) => text(agent(call), 'slug'), (call) => texts(agent(call), 'tags')],
  instances: [(call) => text(instance(call), 'id'), (call) => texts(instance(call), 'tags')],
  users: [(call) => text(user(call), 'id'), (call) => text(user(call), 'email')],
  groups: [(call) => texts(user(call), 'groups')],
};

const valuesOf = (fact: FacetFact): Values =>
  fact === undefined ? undefined : fact === null ? [] : typeof fact === 'string' ? [fact] : fact;

/** What the selectors of a facet are held against. */
export const facetFacts = (call: Fields, facet: Facet): readonly Values[] =>
  FACET_READS[facet].map((read) => valuesOf(read(call)));

/** The facts of all facets. */
export function scopeFacts(call: Fields): ScopeFacts {
  return {
    resources: facetFacts(call, 'resources'),
    agents: facetFacts(call, 'agents'),
    instances: facetFacts(call, 'instances'),
    users: facetFacts(call, 'users'),
    groups: facetFacts(call, 'groups'),
  };
}

const HINTS = ['readOnlyHint', 'destructiveHint', 'idempotentHint', 'openWorldHint'] as const;

/** All members of the variables, each read from a call: a value, null where absent, undefined where unknown. */
export const MEMBERS: readonly { readonly path: string; readonly read: (call: Fields) => Json | undefined }[] = [
  { path: 'agent.slug', read: (call) => text(part(call, 'agent'), 'slug') },
  { path: 'agent.name', read: (call) => text(part(call, 'agent'), 'name') },
  { path: 'agent.tags', read: (call) => texts(part(call, 'agent'), 'tags') },
  { path: 'instance.id', read: (call) => text(part(call, 'instance'), 'id') },
  { path: 'instance.name', read: (call) => text(part(call, 'instance'), 'name') },
  { path: 'instance.tags', read: (call) => texts(part(call, 'instance'), 'tags') },
  // Whether there is a client is a fact of its own, so that where it is unknown so is `has(instance.client)`.
  {
    path: 'instance.client',
    read: (call) => (part(part(call, 'instance'), 'client') ? {} : part(part(call, 'instance'), 'client')),
  },
  { path: 'instance.client.name', read: (call) => clientText(call, 'name') },
  { path: 'instance.client.version', read: (call) => clientText(call, 'version') },
  { path: 'user.id', read: (call) => text(part(call, 'user'), 'id') },
  { path: 'user.email', read: (call) => text(part(call, 'user'), 'email') },
  { path: 'user.name', read: (call) => text(part(call, 'user'), 'name') },
  { path: 'user.groups', read: (call) => texts(part(call, 'user'), 'groups') },
  { path: 'resource.slug', read: (call) => text(part(call, 'resource'), 'slug') },
  { path: 'resource.name', read: (call) => text(part(call, 'resource'), 'name') },
  { path: 'resource.tags', read: (call) => texts(part(call, 'resource'), 'tags') },
  { path: 'tool.name', read: (call) => text(part(call, 'tool'), 'name') },
  { path: 'tool.title', read: (call) => text(part(call, 'tool'), 'title') },
  { path: 'tool.annotations', read: (call) => annotations(part(part(call, 'tool'), 'annotations')) },
  { path: 'request.args', read: (call) => part(call, 'args') },
  { path: 'request.time', read: time },
  { path: 'request.ip', read: (call) => text(call, 'ip') },
  { path: 'request.user_agent', read: (call) => text(call, 'userAgent') },
];

/** A field of the client; absent, not unknown, while the client itself is unknown: its own path says so. */
function clientText(call: Fields, key: string): Text {
  const client = part(part(call, 'instance'), 'client');
  return client ? text(client, key) : null;
}

/** Annotations that are present are complete: a hint that is not there is absent. */
function annotations(hints: Part): Part {
  if (!hints) return hints;
  const known: Record<string, Json> = {};
  for (const hint of HINTS) {
    const value = hints[hint];
    if (typeof value === 'boolean') known[hint] = value;
  }
  return known;
}

function time(call: Fields): Text {
  const written = text(call, 'time');
  return written && parseTimestamp(written) ? written : written === undefined ? undefined : null;
}

export type Members = typeof MEMBERS;

/** The members that conditions which read these CEL paths can tell apart; a path may end early, where an index is not constant. */
export function membersRead(reads: Iterable<string>): Members {
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
export function activationOf(call: Fields, members: Members): Activation {
  const { variables, unknown, timestampAt } = conditionFacts(call, members);
  return activation(variables, unknown, timestampAt);
}

/** What is absent is left out, what is unknown is named. */
export function conditionFacts(call: Fields, members: Members = MEMBERS): ConditionFacts {
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

import type { BundleTest } from '../bundle';
import {
  buildFromFields,
  type Call,
  type CallFieldPath,
  type CallFieldWith,
  type Catalog,
  type Json,
  type JsonObject,
} from '../engine';

/** What a value is, for whoever looks through the values. */
export type ValueKind = 'argument' | 'person' | 'name' | 'address' | 'text';

/** What is done with each value; an object's key is asked about as well. */
export interface BundleVisitor {
  value<T extends string | number>(value: T, kind: ValueKind): T;
  key(key: string): string;
  callId(id: string): string;
  /** A field that is not known here, and so is left out. */
  drop(path: string): void;
  /** Whether the policy has a rule of this id or name: recorded decisions speak of them. */
  isRule(text: string): boolean;
}

type WalkedFields = Readonly<Record<string, unknown>>;
type ValueMapper = (value: never, visit: BundleVisitor, whole: WalkedFields) => unknown;

/** Maps the known fields of an object; null stays null, and what is missing stays missing. */
const fields =
  (path: string, known: Readonly<Record<string, ValueMapper>>): ValueMapper =>
  (value: WalkedFields | null, visit) => {
    if (value === null) return null;
    const mapped: Record<string, unknown> = {};
    for (const [key, field] of Object.entries(value)) {
      const mapper = Object.hasOwn(known, key) ? known[key] : undefined;
      if (mapper === undefined) visit.drop(`${path}.${key}`);
      else mapped[key] = field === null ? null : mapper(field as never, visit, value);
    }
    return mapped;
  };

const as = (kind: ValueKind) => (value: string, visit: BundleVisitor) => visit.value(value, kind);
const each =
  (mapper: ValueMapper): ValueMapper =>
  (list: readonly unknown[], visit, whole) =>
    list.map((item) => (item === null ? null : mapper(item as never, visit, whole)));
const keep: ValueMapper = (value) => value;

/** A display name that says no more than the slug beside it stays. */
const nameBeside = (value: string, visit: BundleVisitor, whole: WalkedFields): string => {
  const plain = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
  const slug = whole['slug'];
  return typeof slug === 'string' && plain(slug) === plain(value) ? value : visit.value(value, 'name');
};

const rule = (value: string, visit: BundleVisitor): string =>
  visit.isRule(value) ? value : visit.value(value, 'name');

function argument(value: Json, visit: BundleVisitor): Json {
  if (typeof value === 'string' || typeof value === 'number') return visit.value(value, 'argument');
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => argument(item, visit));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value as JsonObject).map(([key, item]) => [visit.key(key), argument(item, visit)]),
  );
}

/** A digest says nothing of the call; another text in its place may. */
const digest = (value: string, visit: BundleVisitor): string =>
  /^(?:sha256:)?[0-9a-f]{64}$/i.test(value) ? value : visit.value(value, 'text');

/** What is done with each field of a call. The compiler asks for a choice where the engine's table of fields has a new one. */
const CALL_VALUES: { readonly [P in Exclude<CallFieldPath, CallFieldWith<{ kind: 'object' }>>]: ValueMapper } = {
  id: (id: string, visit: BundleVisitor) => visit.callId(id),
  time: keep,
  'agent.slug': keep,
  'agent.name': nameBeside,
  'agent.tags': keep,
  'instance.id': as('name'),
  'instance.name': as('name'),
  'instance.tags': keep,
  'instance.client.name': keep,
  'instance.client.version': keep,
  'instance.client.protocolVersion': keep,
  'user.id': as('person'),
  'user.email': as('person'),
  'user.name': as('person'),
  'user.groups': each(as('name')),
  'resource.slug': keep,
  'resource.name': nameBeside,
  'resource.tags': keep,
  'tool.name': keep,
  'tool.title': keep,
  'tool.annotations.readOnlyHint': keep,
  'tool.annotations.destructiveHint': keep,
  'tool.annotations.idempotentHint': keep,
  'tool.annotations.openWorldHint': keep,
  args: argument,
  ip: as('address'),
  userAgent: as('address'),
  'recorded.effect': keep,
  'recorded.ruleId': rule,
  'recorded.ruleName': rule,
  'recorded.reason': as('text'),
  'recorded.policyDigest': digest,
};

/** What an object of a call may have beside the fields that the engine reads. */
const FURTHER_MEMBERS: { readonly [P in CallFieldPath]?: Readonly<Record<string, ValueMapper>> } = {
  'tool.annotations': { title: keep },
};

/** INVARIANT: building fills in those of the objects. The catalog describes users, clients and annotations as a call does. */
const MAPPERS = { ...CALL_VALUES } as Record<CallFieldPath, ValueMapper>;
const CALL = fields(
  'call',
  buildFromFields<ValueMapper>((path, { kind }, members) => {
    if (kind !== 'object') return MAPPERS[path];
    return (MAPPERS[path] = fields(path.slice(path.lastIndexOf('.') + 1), { ...FURTHER_MEMBERS[path], ...members }));
  }),
);
const { user: USER, 'instance.client': CLIENT, 'tool.annotations': ANNOTATIONS } = MAPPERS;

const DECIDED_BY = fields('decidedBy', { kind: keep, ruleId: keep, ruleIds: keep, default: keep, waitsFor: keep });
const TEST = fields('test', {
  name: as('text'),
  call: CALL,
  expect: fields('expect', { effect: keep, decidedBy: DECIDED_BY }),
});

/** Keywords of JSON Schema whose texts are the schema's own. */
const SCHEMA_WORDS = ['type', 'format', '$ref', '$schema', '$id', 'required', 'pattern'];

function schema(value: Json, visit: BundleVisitor): Json {
  if (typeof value === 'string') return visit.value(value, 'text');
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => schema(item, visit));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value as JsonObject).map(([key, item]) => [
      key,
      // A property may be named like a keyword; then it is an object.
      SCHEMA_WORDS.includes(key) && (typeof item !== 'object' || Array.isArray(item)) ? item : schema(item, visit),
    ]),
  );
}

const TOOL = fields('tool', {
  name: keep,
  title: keep,
  description: as('text'),
  inputSchema: schema,
  annotations: ANNOTATIONS,
});
const CATALOG = fields('catalog', {
  resources: each(fields('resource', { slug: keep, name: nameBeside, tags: keep, tools: each(TOOL) })),
  agents: each(fields('agent', { slug: keep, name: nameBeside, tags: keep })),
  instances: each(
    fields('instance', {
      id: as('name'),
      name: as('name'),
      agent: keep,
      user: as('person'),
      tags: keep,
      client: CLIENT,
    }),
  ),
  users: each(USER),
  groups: each(fields('group', { name: as('name') })),
});

export const mapCall = (call: Call, visit: BundleVisitor): Call => CALL(call as never, visit, {}) as Call;
export const mapTest = (test: BundleTest, visit: BundleVisitor): BundleTest =>
  TEST(test as never, visit, {}) as BundleTest;
export const mapCatalog = (catalog: Partial<Catalog>, visit: BundleVisitor): Partial<Catalog> =>
  CATALOG(catalog as never, visit, {}) as Partial<Catalog>;

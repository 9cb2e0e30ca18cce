/**
 * The fields of a call, each once (docs/semantics.md, "Calls, and facts that are not known"): what kind of value it has, what a missing key
 * means, and by which path a condition reads it. Validation, facts, the shapes of bundles, stored rows, redaction, and the fields that
 * importers fill are derived from this table or checked against it by the compiler.
 *
 * To add a field: name it in `Call`, and follow the compiler. `lib/call-fields.test.ts` sends every field through all of them.
 */
import type { Call } from './model';

type Leaf = string | boolean | readonly string[];
type IsMap<T> = string extends keyof T ? true : false;
type PathsBelow<Path extends string, T> = T extends Leaf
  ? never
  : IsMap<T> extends true
    ? never
    : PathsOf<T, `${Path}.`>;
type PathsOf<T, Prefix extends string> = {
  [K in keyof T & string]-?: `${Prefix}${K}` | PathsBelow<`${Prefix}${K}`, NonNullable<T[K]>>;
}[keyof T & string];

/** A field's path in the JSON of a call: `instance.client.name`. */
export type CallFieldPath = PathsOf<Call, ''>;

type MemberAt<T, K> = K extends keyof T ? NonNullable<T[K]> : never;
type ValueAt<T, Path extends string> = Path extends `${infer K}.${infer Rest}`
  ? ValueAt<MemberAt<T, K>, Rest>
  : MemberAt<T, Path>;
type KindOf<T> = T extends string
  ? 'text' | 'time' | 'effect'
  : T extends boolean
    ? 'flag'
    : T extends readonly string[]
      ? 'texts'
      : IsMap<T> extends true
        ? 'map'
        : 'object';

/** `time` is RFC 3339; `effect` is `allow` or `deny`; `map` is JSON of any shape; `object` has the fields that the table lists under it. */
export type CallFieldKind = 'text' | 'time' | 'effect' | 'flag' | 'texts' | 'map' | 'object';

export interface CallField {
  readonly kind: CallFieldKind;
  /** What a key means that is missing where the object around it is there. */
  readonly missing: 'unknown' | 'absent' | 'invalid';
  /** The path under which conditions read the field; null where they cannot. */
  readonly cel: string | null;
}

export const CALL_FIELDS = {
  id: { kind: 'text', missing: 'invalid', cel: null },
  time: { kind: 'time', missing: 'unknown', cel: 'request.time' },
  agent: { kind: 'object', missing: 'unknown', cel: 'agent' },
  'agent.slug': { kind: 'text', missing: 'unknown', cel: 'agent.slug' },
  'agent.name': { kind: 'text', missing: 'unknown', cel: 'agent.name' },
  'agent.tags': { kind: 'texts', missing: 'unknown', cel: 'agent.tags' },
  instance: { kind: 'object', missing: 'unknown', cel: 'instance' },
  'instance.id': { kind: 'text', missing: 'unknown', cel: 'instance.id' },
  'instance.name': { kind: 'text', missing: 'unknown', cel: 'instance.name' },
  'instance.tags': { kind: 'texts', missing: 'unknown', cel: 'instance.tags' },
  'instance.client': { kind: 'object', missing: 'unknown', cel: 'instance.client' },
  'instance.client.name': { kind: 'text', missing: 'unknown', cel: 'instance.client.name' },
  'instance.client.version': { kind: 'text', missing: 'unknown', cel: 'instance.client.version' },
  'instance.client.protocolVersion': { kind: 'text', missing: 'unknown', cel: 'instance.client.protocolVersion' },
  user: { kind: 'object', missing: 'unknown', cel: 'user' },
  'user.id': { kind: 'text', missing: 'unknown', cel: 'user.id' },
  'user.email': { kind: 'text', missing: 'unknown', cel: 'user.email' },
  'user.name': { kind: 'text', missing: 'unknown', cel: 'user.name' },
  'user.groups': { kind: 'texts', missing: 'unknown', cel: 'user.groups' },
  resource: { kind: 'object', missing: 'unknown', cel: 'resource' },
  'resource.slug': { kind: 'text', missing: 'unknown', cel: 'resource.slug' },
  'resource.name': { kind: 'text', missing: 'unknown', cel: 'resource.name' },
  'resource.tags': { kind: 'texts', missing: 'unknown', cel: 'resource.tags' },
  tool: { kind: 'object', missing: 'unknown', cel: 'tool' },
  'tool.name': { kind: 'text', missing: 'unknown', cel: 'tool.name' },
  'tool.title': { kind: 'text', missing: 'unknown', cel: 'tool.title' },
  'tool.annotations': { kind: 'object', missing: 'unknown', cel: 'tool.annotations' },
  'tool.annotations.readOnlyHint': { kind: 'flag', missing: 'absent', cel: 'tool.annotations.readOnlyHint' },
  'tool.annotations.destructiveHint': { kind: 'flag', missing: 'absent', cel: 'tool.annotations.destructiveHint' },
  'tool.annotations.idempotentHint': { kind: 'flag', missing: 'absent', cel: 'tool.annotations.idempotentHint' },
  'tool.annotations.openWorldHint': { kind: 'flag', missing: 'absent', cel: 'tool.annotations.openWorldHint' },
  args: { kind: 'map', missing: 'unknown', cel: 'request.args' },
  ip: { kind: 'text', missing: 'unknown', cel: 'request.ip' },
  userAgent: { kind: 'text', missing: 'unknown', cel: 'request.user_agent' },
  recorded: { kind: 'object', missing: 'absent', cel: null },
  'recorded.effect': { kind: 'effect', missing: 'invalid', cel: null },
  'recorded.ruleId': { kind: 'text', missing: 'absent', cel: null },
  'recorded.ruleName': { kind: 'text', missing: 'absent', cel: null },
  'recorded.reason': { kind: 'text', missing: 'absent', cel: null },
  'recorded.policyDigest': { kind: 'text', missing: 'absent', cel: null },
} as const satisfies { readonly [P in CallFieldPath]: CallField & { readonly kind: KindOf<ValueAt<Call, P>> } };

type CallFieldTable = typeof CALL_FIELDS;

/** The fields of which the table says this. */
export type CallFieldWith<Description> = {
  [P in CallFieldPath]: CallFieldTable[P] extends Description ? P : never;
}[CallFieldPath];

/** A fact as conditions read it, unknown or absent by itself: `request.ip`. Present annotations are one fact, with all their hints. */
export type FactName = {
  [P in CallFieldPath]: CallFieldTable[P] extends { missing: 'unknown'; cel: infer Cel extends `${string}.${string}` }
    ? Cel
    : never;
}[CallFieldPath];

/** A field by its path in a call; undefined where the table has none. */
export const callField = (path: string): CallField | undefined =>
  Object.hasOwn(CALL_FIELDS, path) ? CALL_FIELDS[path as CallFieldPath] : undefined;

/** The paths of all fields, an object before its members. */
export const CALL_FIELD_PATHS = Object.keys(CALL_FIELDS) as readonly CallFieldPath[];

/** The names of an object's members; with an empty path, of the call's own. */
export const memberNames = (path: string): readonly string[] => MEMBER_NAMES.get(path) ?? [];

/** Those without which the object is not valid. */
export const requiredMembers = (path: string): readonly string[] =>
  memberNames(path).filter((name) => fieldIn(path, name).missing === 'invalid');

const pathIn = (object: string, name: string) => (object === '' ? name : `${object}.${name}`) as CallFieldPath;
const fieldIn = (object: string, name: string): CallField => CALL_FIELDS[pathIn(object, name)];

const MEMBER_NAMES = new Map<string, string[]>();
for (const path of CALL_FIELD_PATHS) {
  const dot = path.lastIndexOf('.');
  const around = path.slice(0, Math.max(0, dot));
  MEMBER_NAMES.set(around, [...(MEMBER_NAMES.get(around) ?? []), path.slice(dot + 1)]);
}

/** Builds a value for each field, the members of an object before the object; gives those of the call's own fields by name. */
export function buildFromFields<T>(
  build: (path: CallFieldPath, field: CallField, members: Readonly<Record<string, T>>) => T,
): Readonly<Record<string, T>> {
  const within = (around: string): Record<string, T> =>
    Object.fromEntries(
      memberNames(around).map((name) => {
        const path = pathIn(around, name);
        return [name, build(path, CALL_FIELDS[path], within(path))];
      }),
    );
  return within('');
}

/** Steps into the JSON of a call (`['args', 'to', 0]`), or of what a condition names (`['request', 'args', 'to', 0]`). */
export type CallPath = readonly (string | number)[];

const BY_CEL = new Map(CALL_FIELD_PATHS.map((path) => [CALL_FIELDS[path].cel, path]));

/** Where in a call the value is that a condition reads by these steps; undefined where there is none, as inside a text. */
export function callPathOf(steps: CallPath): CallPath | undefined {
  const [root, member, ...inner] = steps;
  if (typeof root !== 'string' || typeof member !== 'string') return undefined;
  const path = BY_CEL.get(`${root}.${member}` as FactName);
  if (path === undefined) return undefined;
  const { kind } = CALL_FIELDS[path];
  return inner.length > 0 && (kind === 'text' || kind === 'time') ? undefined : [...path.split('.'), ...inner];
}

/** The steps by which a condition reads what is at a path of a call. */
export function celPathOf([root = '', ...inner]: CallPath): CallPath {
  const cel = callField(String(root))?.cel ?? `request.${String(root)}`;
  return [...cel.split('.'), ...inner];
}

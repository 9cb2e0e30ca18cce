import { isObject } from '../json';
import {
  buildFromFields,
  EFFECTS,
  FACETS,
  memberNames,
  requiredMembers,
  STATUSES,
  validateReadings,
  type CallFieldKind,
} from '../engine';
import { type CallPartName, PARTS } from '../trace';
import type { StoreTable } from './backend';

/**
 * Checks of what is read back. They ask for the shape that the rest of the code relies on, not for a good policy: one
 * that the gateway would refuse is still the user's work. Each gives the first problem, or null.
 */
type RowCheck = (value: unknown) => string | null;

const typed =
  (type: 'string' | 'number' | 'boolean'): RowCheck =>
  (value) =>
    typeof value === type ? null : `is not a ${type}`;
const text = typed('string');
const boolean = typed('boolean');
const count: RowCheck = (value) => (Number.isSafeInteger(value) && (value as number) >= 0 ? null : 'is not a count');
const time: RowCheck = (value) => (typeof value === 'number' && Number.isFinite(value) ? null : 'is not a time');
const oneOf =
  (values: readonly string[]): RowCheck =>
  (value) =>
    typeof value === 'string' && values.includes(value) ? null : `is none of ${values.join(', ')}`;
const orNull =
  (check: RowCheck): RowCheck =>
  (value) =>
    value === null ? null : check(value);

/** An object with these members; others are left alone. Optional ones may be missing. */
function object(
  members: Readonly<Record<string, RowCheck>>,
  optional: Readonly<Record<string, RowCheck>> = {},
): RowCheck {
  const needed = Object.entries(members);
  const allowed = Object.entries(optional);
  return (value) => {
    if (!isObject(value)) return 'is not an object';
    for (const [name, check] of needed) {
      const problem = check(value[name]);
      if (problem !== null) return `${name} ${problem}`;
    }
    for (const [name, check] of allowed) {
      const member = value[name];
      const problem = member === undefined ? null : check(member);
      if (problem !== null) return `${name} ${problem}`;
    }
    return null;
  };
}

const list =
  (check: RowCheck): RowCheck =>
  (value) => {
    if (!Array.isArray(value)) return 'is not a list';
    for (let i = 0; i < value.length; i++) {
      const problem = check(value[i]);
      if (problem !== null) return `${i} ${problem}`;
    }
    return null;
  };
const texts = list(text);

/** JSON as a value: also what structured cloning would let through and JSON would not is refused (dates, maps, cycles). */
const json: RowCheck = (value) => (jsonWithin(value, 1_000) ? null : 'is not JSON');
function jsonWithin(value: unknown, depth: number): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (depth === 0 || typeof value !== 'object') return false;
  if (Array.isArray(value)) return value.every((item) => jsonWithin(item, depth - 1));
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return false;
  return Object.values(value).every((item) => jsonWithin(item, depth - 1));
}
const jsonObject: RowCheck = (value) => (isObject(value) ? json(value) : 'is not an object');

const rule = object({
  id: text,
  name: text,
  description: text,
  effect: oneOf(EFFECTS),
  status: oneOf(STATUSES),
  scope: object(Object.fromEntries(FACETS.map((facet) => [facet, texts]))),
  tools: texts,
  condition: orNull(text),
});

const readings: RowCheck = (value) => validateReadings(value)[0]?.message ?? null;
const settings = object({ gatedWhenFalse: oneOf(['continue', 'deny']) }, { readings });

const annotations: RowCheck = (value) => (isObject(value) ? null : 'is not an object');
const tool = object({ name: text }, { title: text, description: text, inputSchema: jsonObject, annotations });
const client = object({}, Object.fromEntries(memberNames('instance.client').map((name) => [name, text])));
const catalog = object(
  {},
  {
    resources: list(object({ slug: text }, { name: text, tags: texts, tools: list(tool) })),
    agents: list(object({ slug: text }, { name: text, tags: texts })),
    instances: list(object({ id: text }, { name: text, agent: text, user: text, tags: texts, client })),
    users: list(object({}, { id: text, email: text, name: text, groups: texts })),
    groups: list(object({ name: text })),
  },
);

const uniqueRules: RowCheck = (value) => {
  const problem = list(rule)(value);
  if (problem !== null) return problem;
  const seen = new Set<string>();
  for (const { id } of value as { id: string }[]) {
    if (seen.has(id)) return `has two rules with the id \`${id}\``;
    seen.add(id);
  }
  return null;
};

/** The fields of a call, each of which may be null but for those that must be there. */
const callFields = buildFromFields<RowCheck>((path, { kind, missing }, members) => {
  const check = fieldCheck(path, kind, members);
  return missing === 'invalid' ? check : orNull(check);
});

function fieldCheck(path: string, kind: CallFieldKind, members: Readonly<Record<string, RowCheck>>): RowCheck {
  switch (kind) {
    case 'text':
    case 'time':
      return text;
    case 'flag':
      return boolean;
    case 'texts':
      return texts;
    case 'effect':
      return oneOf(['allow', 'deny']);
    case 'map':
      return jsonObject;
    case 'object':
      return objectOfFields(path, members);
  }
}

function objectOfFields(path: string, members: Readonly<Record<string, RowCheck>>): RowCheck {
  const required = new Set(requiredMembers(path));
  const those = (wanted: boolean) => Object.entries(members).filter(([name]) => required.has(name) === wanted);
  return object(Object.fromEntries(those(true)), Object.fromEntries(those(false)));
}

const call = objectOfFields('', callFields);

/** Texts of parts that were found sound: the same ones are in chunk after chunk. */
const soundTexts = new Set<string>();
const MOST_SOUND_TEXTS = 50_000;

function partText(name: CallPartName, written: unknown): string | null {
  if (typeof written !== 'string') return 'is not a string';
  const key = `${name} ${written}`;
  if (written === '' || soundTexts.has(key)) return null;
  try {
    const problem = callFields[name]?.(JSON.parse(written)) ?? null;
    if (problem !== null) return problem;
  } catch {
    return 'is not JSON';
  }
  if (soundTexts.size >= MOST_SOUND_TEXTS) soundTexts.clear();
  soundTexts.add(key);
  return null;
}

/** Calls by columns, as `packCalls` makes them. */
const packedHead: RowCheck = (value) => {
  if (!isObject(value)) return 'is not an object';
  const { size, times, parts: columns } = value;
  const problem = count(size);
  if (problem !== null) return `size ${problem}`;
  if (!(times instanceof Float64Array) || times.length !== size) return 'times are not as many as the calls';
  if (!isObject(columns)) return 'parts is not an object';
  for (const name of PARTS) {
    const { texts: written, codes } = isObject(columns[name]) ? columns[name] : {};
    if (!Array.isArray(written) || !(codes instanceof Uint16Array) || codes.length !== size)
      return `${name} is not a column of the calls`;
    for (let i = 0; i < written.length; i++) {
      const wrong = partText(name, written[i]);
      if (wrong !== null) return `${name} ${i} ${wrong}`;
    }
    if (codes.some((code) => code >= written.length)) return `${name} has a code without a value`;
  }
  return null;
};

const test = object({
  name: text,
  call,
  expect: object({ effect: oneOf(['allow', 'deny', 'conditional']) }, { decidedBy: jsonObject }),
});

const members = { name: text, description: text, settings };
const optionalMembers = { notes: text, catalog, tests: list(test), extra: jsonObject };
const content = object({ ...members, rules: uniqueRules }, optionalMembers);

const ops = list((op) => {
  if (isObject(op) && Array.isArray(op.copy) && op.copy.length === 2) return list(count)(op.copy);
  return isObject(op) ? list(rule)(op.put) : 'is not an object';
});
const patch = object(
  {},
  { set: object({}, { ...members, ...optionalMembers }), unset: list(oneOf(Object.keys(optionalMembers))), rules: ops },
);

const policy: RowCheck = (value) => {
  const shape = object(
    {
      id: text,
      revision: count,
      content,
      first: count,
      cursor: count,
      last: count,
      createdAt: time,
      updatedAt: time,
      deletedAt: orNull(time),
    },
    { archivedAt: orNull(time) },
  )(value);
  if (shape !== null) return shape;
  const { first, cursor, last } = value as { first: number; cursor: number; last: number };
  return first >= 1 && first - 1 <= cursor && cursor <= last ? null : 'has a cursor outside of its log';
};

const CHECKS: Readonly<Record<Exclude<StoreTable, 'quarantine'>, RowCheck>> = {
  policies: policy,
  log: object({ policyId: text, position: count, label: text, at: time, forward: patch, backward: patch }),
  versions: object({ id: text, policyId: text, name: text, at: time, content }),
  drafts: object({ policyId: text, ruleId: text, rule, index: orNull(count), open: boolean, at: time }, { base: rule }),
  settings: object({ key: text, value: json }),
  traces: object({
    id: text,
    name: text,
    addedAt: time,
    format: text,
    calls: count,
    chunks: count,
    rejects: count,
    catalog: orNull(catalog),
    info: jsonObject,
  }),
  chunks: object({ traceId: text, index: count, head: packedHead }),
  lines: object({ traceId: text, index: count, text }),
  imports: object({ traceId: text, at: time }),
  cases: object({ id: text, name: text, savedAt: time, text }),
};

/** What is wrong with a row that was read back, or null: "rules 0 effect is none of allow, deny, gated". */
export function problemOf(table: Exclude<StoreTable, 'quarantine'>, row: unknown): string | null {
  return CHECKS[table](row);
}

import { isObject } from '../../json';
import {
  BOOL,
  DOUBLE,
  JSON_VALUE,
  NULL,
  STRING,
  listOf,
  objectOf,
  sameType,
  type TypeField,
  type TypeFields,
  type Type,
} from './types';

/** Deeper than this a schema says no more than "some JSON". */
const MAX_DEPTH = 8;

/**
 * The type of `request.args` where any of these tools may be called, from their input schemas (JSON Schema, as MCP's `inputSchema`): for
 * `advise` and for completion. Total: what a schema says in a way that is not understood (`$ref`, unions) is just JSON.
 *
 * A member is optional unless every schema requires it. An object is open unless it lists its properties without permitting others by name.
 */
export function argsType(schemas: readonly unknown[]): Type {
  const types = schemas.map(rootType).filter((type) => type.fields);
  const [first] = types;
  if (!first || types.length < schemas.length) return objectOf(merge(types), true, JSON_VALUE);
  return types.length === 1
    ? first
    : objectOf(
        merge(types),
        types.some((type) => type.open),
        JSON_VALUE,
      );
}

/** Types of whole schemas: many rules cover the same tools. */
const known = new WeakMap<object, Type>();

function rootType(schema: unknown): Type {
  if (!isObject(schema)) return JSON_VALUE;
  let type = known.get(schema);
  if (!type) known.set(schema, (type = schemaType(schema, 0)));
  return type;
}

/** The members of any of the types; one that another lacks is optional, one whose types differ is just JSON. */
function merge(types: readonly Type[]): TypeFields {
  const byName = new Map<string, TypeField[]>();
  for (const { fields = {} } of types) {
    for (const [name, field] of Object.entries(fields)) {
      const found = byName.get(name);
      if (found) found.push(field);
      else byName.set(name, [field]);
    }
  }
  return Object.fromEntries([...byName].map(([name, found]) => [name, mergeField(found, types.length)]));
}

function mergeField(found: readonly TypeField[], types: number): TypeField {
  const [first, ...others] = found;
  const type = first?.type ?? JSON_VALUE;
  const same = others.every((other) => sameType(type, other.type) && !type.fields && !other.type.fields);
  const doc = found.find((field) => field.doc)?.doc;
  return {
    type: same ? type : JSON_VALUE,
    optional: found.length < types || found.some((field) => field.optional),
    ...(doc === undefined ? {} : { doc }),
  };
}

function schemaType(schema: unknown, depth: number): Type {
  if (!isObject(schema) || depth > MAX_DEPTH) return JSON_VALUE;
  switch (schema['type']) {
    case 'string':
      return STRING;
    case 'number':
    case 'integer':
      // INVARIANT: a double also for `integer`: that is what JSON's numbers become.
      return DOUBLE;
    case 'boolean':
      return BOOL;
    case 'null':
      return NULL;
    case 'array':
      return listOf(schemaType(schema['items'], depth + 1));
    case 'object':
      return objectType(schema, depth);
    default:
      return JSON_VALUE;
  }
}

function objectType(schema: Readonly<Record<string, unknown>>, depth: number): Type {
  const { properties, required, additionalProperties: others } = schema;
  const members = isObject(properties) ? Object.entries(properties) : [];
  const needed = new Set<unknown>(Array.isArray(required) ? required : []);
  const fields = Object.fromEntries(
    members.map(([name, member]): [string, TypeField] => {
      const doc = isObject(member) && typeof member['description'] === 'string' ? member['description'] : undefined;
      const type = schemaType(member, depth + 1);
      return [name, { type, optional: !needed.has(name), ...(doc === undefined ? {} : { doc }) }];
    }),
  );
  const open = others === true || isObject(others) || (members.length === 0 && others !== false);
  return objectOf(fields, open, JSON_VALUE);
}

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
  const types = schemas.map((schema) => schemaType(schema, 0)).filter((type) => type.fields);
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

/** The members of any of the types; one that another lacks is optional, one whose types differ is just JSON. */
function merge(types: readonly Type[]): TypeFields {
  const names = new Set(types.flatMap(({ fields }) => Object.keys(fields ?? {})));
  return Object.fromEntries(
    [...names].map((name): [string, TypeField] => {
      const found = types.flatMap(({ fields }) => (fields && Object.hasOwn(fields, name) ? [fields[name]] : []));
      const [type = JSON_VALUE, ...others] = found.flatMap((field) => (field ? [field.type] : []));
      const doc = found.find((field) => field?.doc)?.doc;
      return [
        name,
        {
          type: others.every((other) => sameType(type, other) && !type.fields && !other.fields) ? type : JSON_VALUE,
          optional: found.length < types.length || found.some((field) => field?.optional),
          ...(doc === undefined ? {} : { doc }),
        },
      ];
    }),
  );
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

/**
 * The JSON Schemas of the covered tools' arguments, read for what a person wants to know of an argument. Total: what a schema says in a way
 * that is not understood is left out. Local references are followed, alternatives (`anyOf`, `oneOf`) and parts (`allOf`) looked into.
 */
import { isObject } from '../json';
import type { Json, JsonObject } from '../engine';
import type { CoveredTool } from './context';

/** A schema, with the whole that its references point into, and the tool whose argument it describes. */
export interface SchemaNode {
  readonly schema: JsonObject;
  readonly root: JsonObject;
  readonly tool: string;
  /** Whether what holds it names it as required. */
  readonly required: boolean;
}

/** References and alternatives nested deeper than this are not followed: a schema may refer to itself. */
const MAX_DEPTH = 6;

const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);

const rootsFound = new WeakMap<readonly CoveredTool[], readonly SchemaNode[]>();

/** Where the arguments of these tools begin. */
export function argumentRoots(tools: readonly CoveredTool[]): readonly SchemaNode[] {
  const found = rootsFound.get(tools) ?? findRoots(tools);
  rootsFound.set(tools, found);
  return found;
}

function findRoots(tools: readonly CoveredTool[]): readonly SchemaNode[] {
  return tools.flatMap(({ tool }) =>
    isObject(tool.inputSchema)
      ? [{ schema: tool.inputSchema, root: tool.inputSchema, tool: tool.name, required: true }]
      : [],
  );
}

/** The schema without references and combinators: each of its alternatives and parts. */
export function branchesOf(node: SchemaNode, depth = 0): readonly SchemaNode[] {
  if (depth > MAX_DEPTH) return [];
  const { schema, root } = node;
  const found: SchemaNode[] = [node];
  const follow = (inner: Json | undefined) => {
    if (isObject(inner)) found.push(...branchesOf({ ...node, schema: inner }, depth + 1));
  };
  if (typeof schema['$ref'] === 'string') follow(referred(root, schema['$ref']));
  for (const key of ['anyOf', 'oneOf', 'allOf']) {
    const inner = schema[key];
    if (isList(inner)) inner.forEach(follow);
  }
  return found;
}

/** What a local reference (`#/$defs/label`) points at, as JSON Pointer reads it (RFC 6901). */
function referred(root: JsonObject, reference: string): Json | undefined {
  if (!reference.startsWith('#')) return undefined;
  let at: Json | undefined = root;
  for (const step of reference.slice(1).split('/').slice(1)) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
    at = isObject(at) && Object.hasOwn(at, key) ? at[key] : undefined;
  }
  return at;
}

type SchemaMembers = ReadonlyMap<string, readonly SchemaNode[]>;

// INVARIANT: the arrays of nodes are kept with what was found from them, so that it is worked out once for the tools of a rule,
// not with every key: a rule may cover hundreds of tools.
const membersFound = new WeakMap<readonly SchemaNode[], SchemaMembers>();

/** The members with the schemas of each: those of the most tools first, else in the order of the schemas. */
export function membersOf(nodes: readonly SchemaNode[]): SchemaMembers {
  const found = membersFound.get(nodes) ?? findMembers(nodes);
  membersFound.set(nodes, found);
  return found;
}

function findMembers(nodes: readonly SchemaNode[]): SchemaMembers {
  const found = new Map<string, SchemaNode[]>();
  for (const { schema, ...rest } of nodes.flatMap((node) => branchesOf(node))) {
    const { properties, required } = schema;
    if (!isObject(properties)) continue;
    for (const [name, member] of Object.entries(properties)) {
      if (!isObject(member)) continue;
      const node = { ...rest, schema: member, required: isList(required) && required.includes(name) };
      const before = found.get(name);
      if (before) before.push(node);
      else found.set(name, [node]);
    }
  }
  return new Map([...found].toSorted(([, a], [, b]) => countTools(b) - countTools(a)));
}

/** How many tools have one of these. */
export const countTools = (nodes: readonly SchemaNode[]): number => new Set(nodes.map((node) => node.tool)).size;

/** The schemas of an element of a list. */
export function elementNodes(nodes: readonly SchemaNode[]): readonly SchemaNode[] {
  return nodes.flatMap((node) =>
    branchesOf(node).flatMap(({ schema, ...rest }) =>
      isObject(schema['items']) ? [{ ...rest, schema: schema['items'], required: true }] : [],
    ),
  );
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'string',
  // Whatever a schema says of whole numbers: a number in JSON is a double in CEL.
  number: 'double',
  integer: 'double',
  boolean: 'bool',
  null: 'null',
  array: 'list',
  object: 'map',
};

/** The CEL types that a value of these schemas may have; empty where they do not say. */
export function kindsOf(nodes: readonly SchemaNode[]): readonly string[] {
  const kinds = nodes.flatMap((node) =>
    branchesOf(node).flatMap(({ schema }) => {
      const { type } = schema;
      const written = (isList(type) ? type : [type]).flatMap((one) => (typeof one === 'string' ? [one] : []));
      if (written.length > 0) return written.map((one) => KINDS[one] ?? 'dyn');
      return valuesIn(schema).map((value) => KINDS[jsonType(value)] ?? 'dyn');
    }),
  );
  return [...new Set(kinds)];
}

const jsonType = (value: Json): string =>
  value === null ? 'null' : isList(value) ? 'array' : typeof value === 'object' ? 'object' : typeof value;

/** The type as a person reads it: `string`, `list(string)`, `string or list(string)`. */
export function typeWords(nodes: readonly SchemaNode[]): string {
  const kinds = kindsOf(nodes);
  const words = kinds.map((kind) => {
    if (kind !== 'list') return kind;
    const element = typeWords(elementNodes(nodes));
    return element === 'dyn' ? 'list' : `list(${element})`;
  });
  return words.length === 0 ? 'dyn' : words.join(' or ');
}

/** The first description that one of the schemas gives. */
export function descriptionOf(nodes: readonly SchemaNode[]): string | undefined {
  for (const node of nodes) {
    for (const { schema } of branchesOf(node)) {
      if (typeof schema['description'] === 'string' && schema['description'] !== '') return schema['description'];
    }
  }
  return undefined;
}

/** Values that a schema names, and whether they are all there may be. */
export interface NamedValue {
  readonly value: Json;
  readonly from: 'enum' | 'example' | 'default';
}

/** The values that the schemas name, the permitted ones first. */
export function namedValues(nodes: readonly SchemaNode[]): readonly NamedValue[] {
  const all = nodes.flatMap((node) =>
    branchesOf(node).flatMap(({ schema }): NamedValue[] => {
      const { examples, default: initial } = schema;
      return [
        ...valuesIn(schema).map((value): NamedValue => ({ value, from: 'enum' })),
        ...(isList(examples) ? examples : []).map((value): NamedValue => ({ value, from: 'example' })),
        ...(initial === undefined ? [] : [{ value: initial, from: 'default' } satisfies NamedValue]),
      ];
    }),
  );
  const order = ['enum', 'example', 'default'];
  const first = new Map<string, NamedValue>();
  for (const one of all.toSorted((a, b) => order.indexOf(a.from) - order.indexOf(b.from))) {
    const key = JSON.stringify(one.value);
    if (!first.has(key)) first.set(key, one);
  }
  return [...first.values()];
}

function valuesIn(schema: JsonObject): readonly Json[] {
  if (isList(schema['enum'])) return schema['enum'];
  return schema['const'] === undefined ? [] : [schema['const']];
}

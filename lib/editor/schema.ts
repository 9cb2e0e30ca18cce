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

/** Lists within lists are named no deeper than this: a schema may refer to itself. */
const MAX_LISTS = 6;

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

/**
 * The schemas without references and combinators: each of their alternatives and parts.
 *
 * INVARIANT: each schema once, so that the work is linear in the size of the catalog: alternatives may refer to what holds them, or a
 * thousand times to the same one.
 */
export function branchesOf(nodes: readonly SchemaNode[]): readonly SchemaNode[] {
  const found: SchemaNode[] = [];
  const seen = new Set<JsonObject>();
  const open = nodes.toReversed();
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const { schema, root } = node;
    if (seen.has(schema)) continue;
    seen.add(schema);
    found.push(node);
    const inner: (Json | undefined)[] = [];
    if (typeof schema['$ref'] === 'string') inner.push(referred(root, schema['$ref']));
    for (const key of ['anyOf', 'oneOf', 'allOf']) {
      const parts = schema[key];
      if (isList(parts)) for (const part of parts) inner.push(part);
    }
    for (const part of inner.toReversed()) if (isObject(part)) open.push({ ...node, schema: part });
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
  for (const { schema, ...rest } of branchesOf(nodes)) {
    const { properties, required } = schema;
    if (!isObject(properties)) continue;
    const needed = new Set(isList(required) ? required : []);
    for (const [name, member] of Object.entries(properties)) {
      if (!isObject(member)) continue;
      const node = { ...rest, schema: member, required: needed.has(name) };
      const before = found.get(name);
      if (before) before.push(node);
      else found.set(name, [node]);
    }
  }
  return new Map(
    [...found]
      .map(([name, of]) => ({ name, of, tools: countTools(of) }))
      .toSorted((a, b) => b.tools - a.tools)
      .map(({ name, of }) => [name, of]),
  );
}

/** How many tools have one of these. */
export const countTools = (nodes: readonly SchemaNode[]): number => new Set(nodes.map((node) => node.tool)).size;

/** The schemas of an element of a list. */
export function elementNodes(nodes: readonly SchemaNode[]): readonly SchemaNode[] {
  return branchesOf(nodes).flatMap(({ schema, ...rest }) =>
    isObject(schema['items']) ? [{ ...rest, schema: schema['items'], required: true }] : [],
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
  const kinds = branchesOf(nodes).flatMap(({ schema }) => {
    const { type } = schema;
    const written = (isList(type) ? type : [type]).flatMap((one) => (typeof one === 'string' ? [one] : []));
    if (written.length > 0) return written.map((one) => KINDS[one] ?? 'dyn');
    return valuesIn(schema).map((value) => KINDS[jsonType(value)] ?? 'dyn');
  });
  return [...new Set(kinds)];
}

const jsonType = (value: Json): string =>
  value === null ? 'null' : isList(value) ? 'array' : typeof value === 'object' ? 'object' : typeof value;

/** The type as a person reads it: `string`, `list(string)`, `string or list(string)`. */
export function typeWords(nodes: readonly SchemaNode[], depth = 0): string {
  const kinds = kindsOf(nodes);
  const words = kinds.map((kind) => {
    if (kind !== 'list') return kind;
    const element = depth < MAX_LISTS ? typeWords(elementNodes(nodes), depth + 1) : 'dyn';
    return element === 'dyn' ? 'list' : `list(${element})`;
  });
  return words.length === 0 ? 'dyn' : words.join(' or ');
}

/** The first description that one of the schemas gives. */
export function descriptionOf(nodes: readonly SchemaNode[]): string | undefined {
  for (const { schema } of branchesOf(nodes)) {
    if (typeof schema['description'] === 'string' && schema['description'] !== '') return schema['description'];
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
  const all = branchesOf(nodes).flatMap(({ schema }): NamedValue[] => {
    const { examples, default: initial } = schema;
    return [
      ...valuesIn(schema).map((value): NamedValue => ({ value, from: 'enum' })),
      ...(isList(examples) ? examples : []).map((value): NamedValue => ({ value, from: 'example' })),
      ...(initial === undefined ? [] : [{ value: initial, from: 'default' } satisfies NamedValue]),
    ];
  });
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

import { parse } from './source/exact';
import type { Annotations, CatalogTool, JsonObject } from '../engine';
import { isObject, type UnknownObject } from '../json';

/** Looking into values of unknown shape. */
export { isObject, type UnknownObject };

/** An own member, so that `constructor` and `__proto__` are what the source says, or nothing. */
export const member = (object: UnknownObject, key: string): unknown =>
  Object.hasOwn(object, key) ? object[key] : undefined;

export const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** A text, or a number written as one (ids). */
export const textOrNumber = (value: unknown): string | undefined =>
  typeof value === 'number' ? String(value) : text(value);

/** INVARIANT: only for values that came out of `JSON.parse`. */
export const asJsonObject = (value: UnknownObject): JsonObject => value as JsonObject;

/** Arguments as chat formats write them: a JSON text, or the object itself. */
export type ReadArgs = { readonly args: JsonObject } | { readonly fault: string };

export function readArguments(value: unknown): ReadArgs {
  if (isObject(value)) return { args: asJsonObject(value) };
  if (typeof value !== 'string') return { fault: 'the arguments are not an object' };
  const parsed = parse(value);
  if (parsed === undefined) return { fault: 'the arguments do not parse as JSON' };
  return isObject(parsed) ? { args: asJsonObject(parsed) } : { fault: 'the arguments are not an object' };
}

const HINTS = ['readOnlyHint', 'destructiveHint', 'idempotentHint', 'openWorldHint'] as const;

/** The hints that are stated; a source's other annotations are no facts of a call. */
export function readAnnotations(value: unknown): Annotations | undefined {
  if (!isObject(value)) return undefined;
  const hints = HINTS.flatMap((hint) => {
    const stated = member(value, hint);
    return typeof stated === 'boolean' ? [[hint, stated] as const] : [];
  });
  return Object.fromEntries(hints);
}

/** A tool as MCP lists it (`name`, `title`, `inputSchema`, …), or undefined. */
export function readMcpTool(value: unknown): CatalogTool | undefined {
  if (!isObject(value)) return undefined;
  const name = text(member(value, 'name'));
  if (name === undefined) return undefined;
  const annotations = member(value, 'annotations');
  const title =
    text(member(value, 'title')) ?? (isObject(annotations) ? text(member(annotations, 'title')) : undefined);
  return tool(name, title, member(value, 'description'), member(value, 'inputSchema'), readAnnotations(annotations));
}

/** A tool as model providers declare it: OpenAI's `function` with `parameters`, Anthropic's `input_schema`. */
export function readDeclaredTool(value: unknown): CatalogTool | undefined {
  if (!isObject(value)) return undefined;
  const inner = member(value, 'function');
  const declared = isObject(inner) ? inner : value;
  const name = text(member(declared, 'name'));
  if (name === undefined) return undefined;
  const schema = member(declared, 'parameters') ?? member(declared, 'input_schema');
  return tool(name, undefined, member(declared, 'description'), schema, undefined);
}

function tool(
  name: string,
  title: string | undefined,
  description: unknown,
  schema: unknown,
  annotations: Annotations | undefined,
): CatalogTool {
  return {
    name,
    ...(title === undefined ? {} : { title }),
    ...(typeof description === 'string' ? { description } : {}),
    ...(isObject(schema) ? { inputSchema: asJsonObject(schema) } : {}),
    ...(annotations === undefined ? {} : { annotations }),
  };
}

import { asJsonObject, isObject, member, type UnknownObject, readArguments, type ReadArgs } from '../shape';

/** A tool call as a part of a conversation states it. */
export interface ToolCallPart {
  /** As the conversation names the tool; undefined where it does not. */
  readonly name: string | undefined;
  /** The arguments, why they cannot be read, or null where the source does not record them. */
  readonly args: ReadArgs | null;
  /** The id that the source gives the call. */
  readonly id?: unknown;
  /** The MCP server, where the part states it beside the name. */
  readonly server?: string;
  /** True for tools that the client or the provider runs itself: such a call reaches no gateway. */
  readonly local?: boolean;
  /** True for Anthropic's `tool_use` blocks, whose tools are the client's own unless the name says otherwise. */
  readonly block?: boolean;
  /** Why the part is no whole call, though it is meant to be one. */
  readonly broken?: string;
  /** Where name and arguments are in the part, as JSON pointers. */
  readonly nameAt: string;
  readonly argsAt: string;
}

/**
 * What an object in a conversation is: a tool call; `answer`, data in which no call is looked for (results, approvals,
 * settings); or null for anything else, whose members are looked into.
 */
export type PartReading = ToolCallPart | 'answer' | null;

/**
 * Arguments as conversations hold them: an object or its JSON text. Providers write nothing, `null` or `""` for a tool
 * without parameters; what does not parse is a fault.
 */
export function readCallArguments(value: unknown): ReadArgs {
  if (value === undefined || value === null) return { args: {} };
  if (typeof value === 'string' && value.trim() === '') return { args: {} };
  return readArguments(value);
}

/** Arguments that are always an object where the format is kept (`input` of `tool_use`), or a text without characters. */
export function readInput(value: unknown): ReadArgs {
  if (isObject(value)) return { args: asJsonObject(value) };
  return value === '' || value === null || value === undefined ? { args: {} } : { fault: 'the input is not an object' };
}

/** The first of some members that is there, with its name. */
export function firstOf(
  object: UnknownObject,
  keys: readonly string[],
): { readonly key: string; readonly value: unknown } | null {
  const key = keys.find((name) => Object.hasOwn(object, name));
  return key === undefined ? null : { key, value: member(object, key) };
}

/**
 * What a gateway logs when an agent instance connects: which tools it may use, as lists of names or as tools with what becomes of each. A
 * mapping says where they are, since the names of members vary.
 */
import type { DecisionEffect } from '../engine';
import type { ConnectionField, ListedTool } from './connection';
import { effectOf, textOf } from './mapped-facts';
import { isObject, member, type UnknownObject } from './shape';

const EFFECTS: Readonly<Record<Exclude<ConnectionField, 'tools.listed'>, DecisionEffect>> = {
  'tools.allowed': 'allow',
  'tools.denied': 'deny',
  'tools.conditional': 'conditional',
};

/** Tools that are kept of one event. */
const MOST_TOOLS = 5_000;

/**
 * The tools of an entry, each once; one that is listed in two ways is there twice. Empty where the entry lists none.
 * @param resource the server that the entry names for all
 * @param unread called for each tool of which it cannot be read what becomes of it
 */
export function listedTools(
  read: (field: ConnectionField) => unknown,
  resource: string | undefined,
  unread: () => void,
): readonly ListedTool[] {
  const found = new Map<string, ListedTool>();
  const take = (value: unknown, server: string | undefined, effect: DecisionEffect | undefined): void => {
    if (found.size >= MOST_TOOLS) return;
    if (Array.isArray(value)) return (value as readonly unknown[]).forEach((item) => take(item, server, effect));
    const listed = toolOf(value, server, effect);
    if (listed !== undefined) {
      const key = JSON.stringify([listed.resource, listed.tool, listed.effect]);
      if (!found.has(key)) found.set(key, listed);
    } else if (isObject(value) && nameOf(value) !== undefined && said(value)) unread();
    else if (isObject(value)) for (const [name, tools] of Object.entries(value)) takeOf(tools, name, server, effect);
  };
  /** A member of an object: the tools of a server, or a tool by its name. */
  const takeOf = (
    value: unknown,
    name: string,
    server: string | undefined,
    effect: DecisionEffect | undefined,
  ): void => {
    const word = effectWordOf(value);
    if (Array.isArray(value) || isObject(value)) take(value, name, effect);
    else if (effect === undefined && word !== undefined) take(name, server, word);
    else if (effect === undefined && typeof value === 'string') unread();
  };
  for (const [field, effect] of Object.entries(EFFECTS)) take(read(field as ConnectionField), resource, effect);
  take(read('tools.listed'), resource, undefined);
  return [...found.values()];
}

const SERVER = ['server', 'mcpServer', 'mcp_server', 'serverName', 'server_name', 'resource', 'resourceSlug'];
const SAID = ['effect', 'access', 'decision', 'status', 'policyEffect', 'policy_effect', 'permission', 'allowed'];
const NAMES = ['name', 'tool', 'toolName', 'tool_name'];

function toolOf(
  value: unknown,
  server: string | undefined,
  effect: DecisionEffect | undefined,
): ListedTool | undefined {
  const isText = typeof value === 'string';
  if (!isText && !isObject(value)) return undefined;
  const tool = isText ? textOf(value) : nameOf(value);
  const said = effect ?? (isText ? undefined : firstOf(value, SAID, effectWordOf));
  if (tool === undefined || said === undefined) return undefined;
  const resource = (isText ? undefined : firstOf(value, SERVER, (one) => textOf(one))) ?? server;
  return { ...(resource === undefined ? {} : { resource }), tool, effect: said };
}

const nameOf = (value: UnknownObject): string | undefined => firstOf(value, NAMES, (one) => textOf(one, NAMES));
/** Whether something is said of what becomes of a tool, readable or not. */
const said = (value: UnknownObject): boolean => SAID.some((key) => textOf(member(value, key)) !== undefined);

export const unreadTools = (n: number): string =>
  `${n} listed ${n === 1 ? 'tool is' : 'tools are'} neither allowed, denied nor conditional: left out`;

function firstOf<T>(
  value: UnknownObject,
  keys: readonly string[],
  read: (value: unknown) => T | undefined,
): T | undefined {
  for (const key of keys) {
    const found = read(member(value, key));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What a word says of a tool before any call. */
export function effectWordOf(value: unknown): DecisionEffect | undefined {
  if (/^(?:conditional|conditionally|gated|depends)$/i.test(textOf(value) ?? '')) return 'conditional';
  return effectOf(value);
}

import type { JsonObject } from '../engine';
import { squash } from './mapping';
import { asJsonObject, isObject, member, type UnknownObject } from './shape';
import { parse } from './source/exact';

/** `unreadable`: cut off, or no JSON, so that the arguments are unknown. */
type EntryArguments = { readonly args?: JsonObject | null; readonly unreadable?: true } | { readonly fault: string };

/** Arguments of an entry, read at a path of its mapping: an object, its JSON text, or the MCP request that holds them. */
export function argsOf(value: unknown, path = ''): EntryArguments {
  const last = squash(path.slice(path.lastIndexOf('.') + 1));
  const read = typeof value === 'string' ? parse(value) : value;
  if (last === 'requestbody' || isCallRequest(read)) return argsOfBody(read);
  if (last === 'params' && isObject(read) && isCallParams(read)) return plainArgs(member(read, 'arguments'));
  return plainArgs(value);
}

/** A whole JSON-RPC request: gateways log it as they got it. */
const isCallRequest = (value: unknown): boolean =>
  isObject(value) && Object.hasOwn(value, 'jsonrpc') && member(value, 'method') === 'tools/call';

/** Members of the parameters of `tools/call` (https://modelcontextprotocol.io/specification/2025-11-25/schema#calltoolrequestparams). */
const CALL_PARAMS = new Set(['name', 'arguments', '_meta', 'task']);

const isCallParams = (value: UnknownObject): boolean =>
  typeof member(value, 'name') === 'string' &&
  isObject(member(value, 'arguments')) &&
  Object.keys(value).every((key) => CALL_PARAMS.has(key));

/** A request's body: the MCP message, or its parameters. Of a body that is not recorded, or is neither, the arguments are unknown. */
function argsOfBody(body: unknown): EntryArguments {
  if (!isObject(body)) return {};
  const inner = member(body, 'params');
  const params = Object.hasOwn(body, 'jsonrpc') && isObject(inner) ? inner : body;
  if (Object.hasOwn(params, 'arguments')) return plainArgs(member(params, 'arguments') ?? {});
  return typeof member(params, 'name') === 'string' ? { args: {} } : {};
}

function plainArgs(value: unknown): EntryArguments {
  if (value === undefined || value === '') return {};
  if (value === null) return { args: null };
  const read = typeof value === 'string' ? parse(value) : value;
  if (read === null) return { args: null };
  if (isObject(read)) return { args: asJsonObject(read) };
  return read === undefined ? { unreadable: true } : { fault: 'the arguments are not an object' };
}

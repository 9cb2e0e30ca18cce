/** The client and the server, as messages of the Model Context Protocol name them. */
import { isObject, member, type UnknownObject, text } from '../shape';
import type { McpClient } from './mcp-session';

/** Keys of `_meta` in revision 2026-07-28. */
const META = 'io.modelcontextprotocol/';

export const serverName = (info: unknown): string | undefined =>
  isObject(info) ? text(member(info, 'name')) : undefined;

export function clientOf(info: unknown, protocol: unknown): McpClient | undefined {
  const name = isObject(info) ? text(member(info, 'name')) : undefined;
  const version = isObject(info) ? text(member(info, 'version')) : undefined;
  const protocolVersion = text(protocol);
  if (name === undefined && version === undefined && protocolVersion === undefined) return undefined;
  return {
    ...(name === undefined ? {} : { name }),
    ...(version === undefined ? {} : { version }),
    ...(protocolVersion === undefined ? {} : { protocolVersion }),
  };
}

/** The client of a request, as revision 2026-07-28 states it. */
export function clientInMeta(params: UnknownObject): McpClient | undefined {
  const meta = member(params, '_meta');
  if (!isObject(meta)) return undefined;
  return clientOf(member(meta, `${META}clientInfo`), member(meta, `${META}protocolVersion`));
}

/** The server of a result, as revision 2026-07-28 states it. */
export const serverInMeta = (meta: unknown): string | undefined =>
  serverName(isObject(meta) ? member(meta, `${META}serverInfo`) : undefined);

import { plain } from '../../../lib/cli';
import { isRecord, memberOf } from './members';

/** The members of a call's `params` that must be objects where they are there, besides its arguments. */
const OBJECTS = ['_meta', 'inputResponses', 'task'] as const;

/**
 * Why a message that asks for a tool call is none, in a sentence for the client and the log; undefined for a call that is whole, and for
 * any other message. The shape is that of `CallToolRequest` in the MCP schema (https://modelcontextprotocol.io/specification).
 */
export function callFault(message: unknown): string | undefined {
  if (memberOf(message, 'method') !== 'tools/call') return undefined;
  const params = memberOf(message, 'params');
  if (!isRecord(params)) return `the \`params\` of the call are ${kindOf(params)}, and must be an object`;
  const name = memberOf(params, 'name');
  if (typeof name !== 'string') return `the \`name\` of the tool is ${kindOf(name)}, and must be a text`;
  const tool = `the call of \`${plain(name.slice(0, 200))}\``;
  const args = memberOf(params, 'arguments');
  if (args !== undefined && !isRecord(args))
    return `the arguments of ${tool} are ${kindOf(args)}, and must be an object`;
  for (const key of OBJECTS) {
    const value = memberOf(params, key);
    if (value !== undefined && !isRecord(value))
      return `\`${key}\` of ${tool} is ${kindOf(value)}, and must be an object`;
  }
  const state = memberOf(params, 'requestState');
  if (state !== undefined && typeof state !== 'string')
    return `\`requestState\` of ${tool} is ${kindOf(state)}, and must be a text`;
  const token = memberOf(memberOf(params, '_meta'), 'progressToken');
  if (token !== undefined && typeof token !== 'string' && !Number.isInteger(token))
    return `\`progressToken\` of ${tool} is ${kindOf(token)}, and must be a text or an integer`;
  return undefined;
}

function kindOf(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  return typeof value === 'string' ? 'a text' : `a ${typeof value}`;
}

/** What takes the place of an answer that is not passed on: the call fails at once, and says why. */
import { isJSONRPCErrorResponse, isJSONRPCResultResponse } from '@modelcontextprotocol/client';
import { isObject } from '../../../lib/json';
import { MAX_RESULT_BYTES } from './limits';

type RequestId = string | number;

const errorAnswer = (id: RequestId | null, message: string): object => ({
  jsonrpc: '2.0',
  id,
  error: { code: -32_603, message },
});

export const tooLargeAnswer = (id: RequestId | null): object =>
  errorAnswer(id, `the answer of the server is larger than ${String(MAX_RESULT_BYTES)} bytes and is not passed on`);

/** Of a value that is an answer by its `id`, and not one that JSON-RPC and MCP allow: an error that says what is wrong. */
export function invalidAnswer(value: unknown): object | undefined {
  if (!isObject(value) || Object.hasOwn(value, 'method')) return undefined;
  const { id } = value;
  if (typeof id !== 'string' && typeof id !== 'number') return undefined;
  if (isJSONRPCResultResponse(value) || isJSONRPCErrorResponse(value)) return undefined;
  return errorAnswer(id, `the answer of the server is no valid response: ${faultOf(value)}`);
}

function faultOf(answer: Readonly<Record<string, unknown>>): string {
  if (answer['jsonrpc'] !== '2.0') return '`jsonrpc` is not "2.0"';
  const [result, error] = [Object.hasOwn(answer, 'result'), Object.hasOwn(answer, 'error')];
  if (result && error) return 'it has both `result` and `error`';
  if (result)
    return isObject(answer['result'])
      ? '`result` is not as MCP has it'
      : `\`result\` is ${kindOf(answer['result'])}, not an object`;
  return error ? '`error` has no `code` and `message`' : 'it has neither `result` nor `error`';
}

const kindOf = (value: unknown): string =>
  value === null
    ? 'null'
    : Array.isArray(value)
      ? 'a list'
      : typeof value === 'string'
        ? 'a text'
        : `a ${typeof value}`;

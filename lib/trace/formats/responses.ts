import { conversationFormat, holds } from '../conversation/reader';
import type { Dialect } from '../conversation/walk';
import { member, type UnknownObject, text } from '../shape';
import type { ImportOutput } from '../types';

/*
 * OpenAI's Responses API: requests (`input`), responses (`output`), lists of either, streamed events, batch outputs.
 * `function_call` is the application's tool; `mcp_call` names its server in `server_label`, `mcp_list_tools` lists what that
 * server has; the provider's own tools (`web_search_call`, …) and those that take a text (`custom_tool_call`) reach no gateway.
 * Source: openai/openai-python `src/openai/types/responses/` (`response_output_item.py`, `response_input_item.py`,
 * `response_stream_event.py`); platform.openai.com/docs/guides/tools-connectors-mcp.
 */

function dialect(): Dialect {
  const approvals = new Approvals();
  return {
    // The same call is in the item's events and in the whole response.
    uniqueIds: true,
    startsTurn: (value) => member(value, 'type') === 'response.created',
    intercept(value) {
      const type = member(value, 'type');
      if (typeof type === 'string') approvals.see(type, value);
      return null;
    },
    end: (out) => approvals.end(out),
  };
}

/** So many requests are remembered; a file with more has its first ones counted. */
const MOST_APPROVALS = 100_000;

/** Requests to approve a call, until the call that they were for is seen. */
class Approvals {
  readonly #made = new Set<string>();
  readonly #requested = new Set<string>();

  see(type: string, item: UnknownObject): void {
    if (type === 'mcp_approval_request') this.#add(this.#requested, text(member(item, 'id')));
    else if (type === 'mcp_call') this.#add(this.#made, text(member(item, 'approval_request_id')));
  }

  #add(ids: Set<string>, id: string | undefined): void {
    if (id !== undefined && ids.size < MOST_APPROVALS) ids.add(id);
  }

  end(out: ImportOutput): void {
    const left = [...this.#requested].filter((id) => !this.#made.has(id)).length;
    if (left === 0) return;
    out.note(
      'only-requested',
      (n) => `${n} ${n === 1 ? 'call was' : 'calls were'} submitted for approval, and none was made here: left out`,
      left,
    );
  }
}

const ITEMS = new Set([
  'function_call',
  'function_call_output',
  'mcp_call',
  'mcp_list_tools',
  'mcp_approval_request',
  'custom_tool_call',
  'web_search_call',
  'file_search_call',
  'computer_call',
  'code_interpreter_call',
  'local_shell_call',
]);

const isItem = (value: UnknownObject): boolean => ITEMS.has(String(member(value, 'type')));
const isResponse = (value: UnknownObject): boolean => member(value, 'object') === 'response';
const isEvent = (value: UnknownObject): boolean => /^response\.\w+/.test(String(member(value, 'type')));

export const responses = conversationFormat({
  id: 'responses',
  label: 'OpenAI Responses',
  wrappers: ['data', 'items', 'responses'],
  dialect,
  silent: (value) =>
    typeof member(value, 'type') === 'string' ||
    isResponse(value) ||
    Object.hasOwn(value, 'custom_id') ||
    Object.hasOwn(value, 'input'),
  detect({ text: head, values }) {
    if (holds(values, (value) => isResponse(value) || isItem(value) || isEvent(value)))
      return { confidence: 0.93, words: 'items of the Responses API' };
    return /"object"\s*:\s*"response"|"type"\s*:\s*"(function_call|mcp_call)"/.test(head)
      ? { confidence: 0.91, words: 'items of the Responses API' }
      : null;
  },
});

import { readPart } from '../conversation/parts';
import { conversationFormat, holds } from '../conversation/reader';
import { RepeatedCalls } from '../conversation/repeated';
import { type CallSink, type PartPlace, placeByMcpName, type ToolPlace } from '../conversation/sink';
import type { ToolCallPart } from '../conversation/part';
import type { Dialect } from '../conversation/walk';
import { isObject, member, type UnknownObject, text } from '../shape';
import type { ImportOutput } from '../types';

/*
 * Codex: the rollouts of its sessions (`~/.codex/sessions/YYYY/MM/DD/rollout-*.jsonl`) and what `codex exec --json` prints.
 * A call of a server's tool is a `function_call` named `mcp__server__tool` (once `server__tool`; later the server's part is in
 * `namespace`), and an event `mcp_tool_call_end`, which names server and tool exactly. All other tools are Codex's own.
 * Source: openai/codex `codex-rs/protocol/src/models.rs` (`ResponseItem`), `codex-rs/protocol/src/protocol.rs` (`RolloutItem`,
 * `McpToolCallEndEvent`, `McpInvocation`), `codex-rs/codex-mcp/src/tools.rs`, `codex-rs/exec/src/exec_events.rs`.
 */

function placeTool(name: string): ToolPlace {
  const known = placeByMcpName(name);
  if (known.server !== undefined) return known;
  const [, server, tool] = /^(.+?)__(.+)$/s.exec(name) ?? [];
  return server === undefined || tool === undefined ? { tool: name, local: true } : { server, tool };
}

/** Events that tell of Codex's own tools, which are in the items too. */
const OWN_EVENTS = new Set(['view_image_tool_call', 'mcp_list_tools_response']);
const OWN_ITEMS = new Set(['command_execution', 'file_change', 'web_search']);

/** A function call's name may be shortened, which an event's never is: calls of one id are compared by their arguments. */
const byArguments = (part: ToolCallPart): ToolCallPart => ({ ...part, name: undefined });

/** The sessions of a file: a call is held until its event or its output says which tool it was. */
class Rollout {
  readonly #sink: CallSink;
  readonly #held = new Map<string, { readonly part: ToolCallPart; readonly at: PartPlace }>();
  readonly #repeated = new RepeatedCalls();
  #threads = 0;

  constructor(sink: CallSink) {
    this.#sink = sink;
  }

  /** `codex exec` counts its items anew in each run. */
  thread(out: ImportOutput): void {
    this.end(out);
    this.#threads++;
  }

  /** The conversation of what follows. */
  get conversation(): string {
    return this.#threads < 2 ? 'session' : `session ${this.#threads}`;
  }

  /** A line's payload, or a line of the older form, which has none. */
  item(item: UnknownObject, at: PartPlace, out: ImportOutput): boolean {
    const type = String(member(item, 'type'));
    const id = text(member(item, 'call_id'));
    if (type === 'mcp_tool_call_begin' || type === 'mcp_tool_call_end') return this.#event(item, id, at, out);
    if (type === 'mcp_tool_call') return this.#item(item, text(member(item, 'id')), at, out);
    if (OWN_ITEMS.has(type)) {
      if (member(item, 'status') !== 'in_progress') this.#sink.leaveOut(type);
      return true;
    }
    if (OWN_EVENTS.has(type)) return true;
    if (type.endsWith('_call_output')) {
      if (id !== undefined) this.#release(id, out);
      return true;
    }
    const part = readPart(item, 'payload', null);
    if (part === null) return false;
    if (part === 'answer') return true;
    if (id === undefined || type !== 'function_call') this.#sink.take(part, at, out);
    else if (!this.#isRepeated(id, part, type, out)) {
      this.#release(id, out);
      this.#held.set(id, { part, at });
    }
    return true;
  }

  end(out: ImportOutput): void {
    for (const id of [...this.#held.keys()]) this.#release(id, out);
  }

  #event(item: UnknownObject, id: string | undefined, at: PartPlace, out: ImportOutput): boolean {
    const call = member(item, 'invocation');
    if (!isObject(call)) return false;
    const part = readPart({ ...call, type: 'mcp_tool_call' }, 'invocation', null);
    if (part === null || part === 'answer') return false;
    const first = id === undefined ? undefined : this.#held.get(id);
    if (id !== undefined && this.#isRepeated(id, part, String(member(item, 'type')), out) && first === undefined)
      return true;
    if (id !== undefined) this.#held.delete(id);
    const place = first?.at ?? { ...at, path: `${at.path}/invocation` };
    this.#sink.take({ ...part, id }, place, out);
    return true;
  }

  /** `codex exec` prints an item when it begins and when it ends. */
  #item(item: UnknownObject, id: string | undefined, at: PartPlace, out: ImportOutput): boolean {
    const part = readPart(item, 'item', null);
    if (part === null || part === 'answer') return false;
    const key = `${this.#threads} ${id ?? ''}`;
    if (id === undefined || !this.#repeated.has(key, part, {}, out)) this.#sink.take(part, at, out);
    if (member(item, 'status') !== 'in_progress') this.#repeated.answered(key);
    return true;
  }

  /** The item and the events of a call are of different forms; of each form it has one. */
  #isRepeated(id: string, part: ToolCallPart, form: string, out: ImportOutput): boolean {
    return this.#repeated.has(id, byArguments(part), { list: form }, out);
  }

  #release(id: string, out: ImportOutput): void {
    const held = this.#held.get(id);
    if (!held) return;
    this.#held.delete(id);
    this.#sink.take(held.part, held.at, out);
  }
}

function dialect(sink: CallSink): Dialect {
  const rollout = new Rollout(sink);
  return {
    // What was summed up has been read before.
    closed: (key) => key === 'replacement_history',
    intercept(value, place, out) {
      if (member(value, 'type') === 'thread.started') rollout.thread(out);
      const at = { ...place, conversation: rollout.conversation };
      const key = ['payload', 'item'].find((name) => isObject(member(value, name)));
      const inner = key === undefined ? value : member(value, key);
      if (!isObject(inner) || typeof member(inner, 'type') !== 'string') return null;
      return rollout.item(inner, key === undefined ? at : { ...at, path: `${at.path}/${key}` }, out) ? 'read' : null;
    },
    end: (out) => rollout.end(out),
  };
}

const LINES = new Set(['session_meta', 'response_item', 'event_msg', 'turn_context', 'compacted']);
const EVENTS = /^(thread\.started|turn\.(started|completed|failed)|item\.(started|updated|completed))$/;

const isLine = (value: UnknownObject): boolean => {
  const type = member(value, 'type');
  if (typeof type !== 'string') return member(value, 'record_type') === 'state';
  return (LINES.has(type) && isObject(member(value, 'payload'))) || EVENTS.test(type);
};

export const codex = conversationFormat({
  id: 'codex',
  label: 'Codex session',
  place: placeTool,
  dialect,
  conversation: () => 'session',
  agent: 'codex',
  silent: (value) => ['type', 'record_type', 'instructions'].some((key) => Object.hasOwn(value, key)),
  detect: ({ values }) =>
    holds(values, isLine, 0) ? { confidence: 0.97, words: 'the rollout of a Codex session' } : null,
});

import { conversationFormat, shows } from '../conversation/reader';
import type { CallSink, PartPlace } from '../conversation/sink';
import { MessageChunks } from '../conversation/streams/message-chunks';
import type { Dialect } from '../conversation/walk';
import { isObject, member, type UnknownObject, text } from '../shape';
import type { ImportOutput } from '../types';
import { isLangchainEvent, ToolRuns } from './langchain-events';

/*
 * LangChain and LangGraph: messages of `model_dump`, `messages_to_dict` (under `data`), `dumps` (the `lc` constructor, under
 * `kwargs`), states and checkpoints of LangGraph (`values.messages`, `channel_values`), streamed updates and message chunks,
 * events (`langchain-events.ts`).
 * A call is in `tool_calls` with `args`; `content` and `additional_kwargs` hold it once more, as the provider wrote it.
 * Source: langchain-ai/langchain `libs/core/langchain_core/messages/ai.py`, `…/messages/tool.py` (`ToolCall`, `ToolCallChunk`,
 * `InvalidToolCall`), `…/load/dump.py`; langchain-ai/langgraph `libs/checkpoint`, LangGraph Server's `ThreadState`.
 */

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value) && value.length > 0;

/** A model's message that events bring in pieces; the event at its end has it whole. */
class EventPieces {
  readonly #sink: CallSink;
  readonly #runs = new Map<string, MessageChunks>();

  constructor(sink: CallSink) {
    this.#sink = sink;
  }

  /** True for an event with a piece, which holds no more than that. */
  event(value: UnknownObject, runs: ToolRuns, at: PartPlace, out: ImportOutput): boolean {
    const kind = member(value, 'event');
    const run = `${at.conversation} ${text(member(value, 'run_id')) ?? ''}`;
    if (kind === 'on_chat_model_end') this.#runs.delete(run);
    const data = member(value, 'data');
    const chunk = kind === 'on_chat_model_stream' && isObject(data) ? member(data, 'chunk') : undefined;
    if (!isObject(chunk)) return false;
    const kwargs = member(chunk, 'kwargs');
    const message = isObject(kwargs) ? kwargs : chunk;
    const pieces = member(message, 'tool_call_chunks');
    if (isList(pieces)) pieces.filter(isObject).forEach((piece) => runs.called(piece, at));
    const streamed = this.#runs.get(run) ?? new MessageChunks(this.#sink);
    this.#runs.set(run, streamed);
    const path = `${at.path}/data/chunk${message === chunk ? '' : '/kwargs'}`;
    streamed.read(message, { ...at, path }, out);
    return true;
  }

  end(out: ImportOutput): void {
    for (const streamed of this.#runs.values()) streamed.end(out);
  }
}

function dialect(sink: CallSink): Dialect {
  const runs = new ToolRuns(sink);
  const pieces = new EventPieces(sink);
  return {
    uniqueIds: true,
    closed: (key, parent) =>
      key === 'additional_kwargs' &&
      (isList(member(parent, 'tool_calls')) || isList(member(parent, 'invalid_tool_calls'))),
    intercept(value, at, out) {
      if (runs.event(value, at) || pieces.event(value, runs, at, out)) return 'read';
      runs.called(value, at);
      return null;
    },
    end(out) {
      pieces.end(out);
      runs.end(out);
    },
  };
}

const TYPES = new Set(['ai', 'AIMessage', 'AIMessageChunk', 'human', 'HumanMessage', 'tool', 'ToolMessage', 'system']);

/** A message of LangChain's: by its type beside a content, or as the constructor of a message. */
function isMessage(value: UnknownObject): boolean {
  if (member(value, 'lc') === 1 && isObject(member(value, 'kwargs'))) return true;
  if (!TYPES.has(String(member(value, 'type')))) return false;
  const inner = member(value, 'data');
  return Object.hasOwn(value, 'content') || (isObject(inner) && Object.hasOwn(inner, 'content'));
}

/** Calls with `args`, without OpenAI's `function` around name and arguments. */
const hasCalls = (value: UnknownObject): boolean => {
  const calls = member(value, 'tool_calls');
  return (
    isList(calls) && calls.some((call) => isObject(call) && Object.hasOwn(call, 'args') && Object.hasOwn(call, 'name'))
  );
};

/** The thread of a state: its snapshots repeat the messages before them. */
function threadOf(value: UnknownObject): string | undefined {
  if (isLangchainEvent(value)) {
    const metadata = member(value, 'metadata');
    const session = isObject(metadata) ? text(member(metadata, 'thread_id')) : undefined;
    return session === undefined ? 'events' : `thread ${session}`;
  }
  const config = member(value, 'config');
  const inner = isObject(config) ? member(config, 'configurable') : member(value, 'checkpoint');
  const thread = isObject(inner) ? text(member(inner, 'thread_id')) : text(member(value, 'thread_id'));
  return thread === undefined ? stateOf(value) : `thread ${thread}`;
}

/** States that do not name their thread: those that begin with the same message are of the same one. */
function stateOf(value: UnknownObject): string | undefined {
  const values = member(value, 'values');
  const messages = member(isObject(values) ? values : value, 'messages');
  const first = isList(messages) ? messages[0] : undefined;
  if (!isObject(first)) return undefined;
  const kwargs = member(first, 'kwargs') ?? member(first, 'data');
  const id = text(member(first, 'id')) ?? (isObject(kwargs) ? text(member(kwargs, 'id')) : undefined);
  return id === undefined ? undefined : `messages from ${id}`;
}

export const langchain = conversationFormat({
  id: 'langchain',
  label: 'LangChain, LangGraph',
  wrappers: ['conversations', 'threads', 'data'],
  dialect,
  conversation: threadOf,
  // LangGraph streams a message beside what is known of it (`langgraph_node`, …).
  silent: (value) =>
    ['values', 'event', 'lc', 'type', 'next', 'langgraph_node'].some((key) => Object.hasOwn(value, key)),
  detect: (head) =>
    shows(
      head,
      (value) => isMessage(value) || hasCalls(value) || isLangchainEvent(value),
      /"event"\s*:\s*"on_(tool|chat_model)_(start|stream|end)"|"tool_calls"\s*:\s*\[\s*\{\s*"name"\s*:\s*"[^"]*"\s*,\s*"args"/,
    )
      ? { confidence: 0.94, words: 'messages of LangChain' }
      : null,
});

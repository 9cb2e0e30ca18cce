import { callId } from '../../engine';
import { conversationLook } from '../sightings';
import { isObject, member, type Obj, readArguments, readDeclaredTool, text } from '../shape';
import type { Format, Output, Reader, SourceRecord } from '../types';
import { ConversationIds } from './ids';

/** Keys under which an object holds the messages of one conversation. */
const LISTS = ['messages', 'traj', 'trajectory', 'conversation', 'turns', 'history', 'input', 'output'] as const;
/** What a message can be recognized by: chat messages have a role, items of the Responses API a type. */
const isMessage = (value: unknown): value is Obj =>
  isObject(value) &&
  (typeof member(value, 'role') === 'string' ||
    member(value, 'type') === 'function_call' ||
    member(value, 'type') === 'function_call_output');

/** Where request logs keep what went over the wire. */
const WRAPPED = ['request', 'body', 'response'] as const;

/** Depth is bounded: a wrapper inside a wrapper inside a wrapper is nothing that a log writes. */
function holdsConversation(value: Obj, depth = 0): boolean {
  if ([...LISTS, 'choices'].some((key) => Array.isArray(member(value, key)))) return true;
  return (
    depth < 2 &&
    WRAPPED.some((key) => {
      const inner = member(value, key);
      return isObject(inner) && holdsConversation(inner, depth + 1);
    })
  );
}

interface Place {
  readonly record: SourceRecord;
  readonly conversation: number;
  readonly path: string;
}

class OpenAiReader implements Reader {
  readonly #ids = new ConversationIds();

  record(record: SourceRecord, out: Output): void {
    const { value } = record;
    if (Array.isArray(value)) return this.#messages(value as unknown[], this.#place(record, out), out);
    if (!isObject(value))
      return out.reject(record, 'not a conversation: expected an object with `messages`, or a message');
    this.#declared(member(value, 'tools'), out);
    if (record.rest) return;
    if (isMessage(value)) {
      // Messages one by one: those of a top-level list are one conversation, those on lines of their own another.
      const key = record.path === '' ? 'lines' : `list ${record.root}`;
      return this.#message(value, { record, conversation: this.#ids.conversation(key, out), path: '' }, out);
    }
    if (!holdsConversation(value))
      return out.reject(record, 'not a conversation: it has no list of messages (`messages`, `traj`, …)');
    this.#conversation(value, this.#place(record, out), out);
  }

  end(): void {
    // Nothing is held back.
  }

  #place(record: SourceRecord, out: Output): Place {
    return { record, conversation: this.#ids.conversation(`entry ${record.root}${record.path}`, out), path: '' };
  }

  /** A conversation by any of its shapes: a list of messages, a response's choices, or one of these a level down. */
  #conversation(value: Obj, place: Place, out: Output): void {
    for (const key of LISTS) {
      const list = member(value, key);
      if (Array.isArray(list)) this.#messages(list as unknown[], { ...place, path: `${place.path}/${key}` }, out);
    }
    const choices = member(value, 'choices');
    if (Array.isArray(choices)) {
      (choices as unknown[]).forEach((choice, i) => {
        const message = isObject(choice) ? member(choice, 'message') : undefined;
        if (isMessage(message)) this.#message(message, { ...place, path: `${place.path}/choices/${i}/message` }, out);
      });
    }
    for (const key of WRAPPED) {
      const inner = member(value, key);
      if (!isObject(inner) || !holdsConversation(inner)) continue;
      this.#declared(member(inner, 'tools'), out);
      this.#conversation(inner, { ...place, path: `${place.path}/${key}` }, out);
    }
  }

  #messages(messages: readonly unknown[], place: Place, out: Output): void {
    messages.forEach((message, i) => {
      const path = `${place.path}/${i}`;
      if (isObject(message)) this.#message(message, { ...place, path }, out);
      else out.reject(place.record, 'a message is not an object', path);
    });
  }

  #message(message: Obj, place: Place, out: Output): void {
    if (member(message, 'type') === 'function_call') return this.#call(message, member(message, 'call_id'), place, out);
    const calls = member(message, 'tool_calls');
    if (Array.isArray(calls)) {
      (calls as unknown[]).forEach((call, i) => {
        const path = `${place.path}/tool_calls/${i}`;
        if (!isObject(call)) return this.#refuse(place, 'a tool call is not an object', path, out);
        const inner = member(call, 'function');
        if (isObject(inner)) this.#call(inner, member(call, 'id'), { ...place, path: `${path}/function` }, out);
        else this.#call(call, member(call, 'id'), { ...place, path }, out);
      });
    }
    // The older form: one call a message, without an id.
    const single = member(message, 'function_call');
    if (isObject(single)) this.#call(single, undefined, { ...place, path: `${place.path}/function_call` }, out);
  }

  /** `place.path` is that of the object with `name` and `arguments`. */
  #call(called: Obj, sourceId: unknown, place: Place, out: Output): void {
    out.claim(called);
    const name = text(member(called, 'name'));
    if (name === undefined) return this.#refuse(place, 'a tool call without a name', `${place.path}/name`, out);
    const read = readArguments(member(called, 'arguments'));
    if ('fault' in read)
      return this.#refuse(place, `call of \`${name}\`: ${read.fault}`, `${place.path}/arguments`, out);
    const id = text(sourceId);
    out.call({
      id: callId(this.#ids.next(place.conversation)),
      tool: { name },
      args: read.args,
      ...(id === undefined ? {} : { source: { id } }),
    });
  }

  #refuse(place: Place, reason: string, path: string, out: Output): void {
    this.#ids.next(place.conversation);
    out.reject(place.record, reason, path);
  }

  #declared(tools: unknown, out: Output): void {
    if (!Array.isArray(tools)) return;
    const read = (tools as unknown[]).flatMap((tool) => readDeclaredTool(tool) ?? []);
    if (read.length > 0) out.tools(null, read);
  }
}

export const openai: Format = {
  id: 'openai',
  label: 'OpenAI chat',
  layout: 'json',
  wrappers: ['conversations', 'trajectories', 'results', 'items', 'samples', 'data'],
  lookOf: conversationLook,
  detect({ text: head, values }) {
    if (/"tool_calls"\s*:|"function_call"\s*[:,]/.test(head))
      return { confidence: 0.9, words: 'chat messages with `tool_calls`' };
    const conversation = values.some(
      (value) => isObject(value) && LISTS.some((key) => Array.isArray(member(value, key))),
    );
    if (conversation || /"(messages|traj)"\s*:\s*\[/.test(head))
      return { confidence: 0.6, words: 'conversations with lists of messages' };
    return values.some(isMessage) ? { confidence: 0.5, words: 'messages with a `role`' } : null;
  },
  reader: () => new OpenAiReader(),
};

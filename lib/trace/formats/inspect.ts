import { readPart } from '../conversation/parts';
import { conversationFormat, shows } from '../conversation/reader';
import { RepeatedCalls, type WrittenPlace } from '../conversation/repeated';
import type { CallSink } from '../conversation/sink';
import { type Dialect, type WalkPlace, writtenAt } from '../conversation/walk';
import { asJsonObject, isObject, member, type UnknownObject, text } from '../shape';

/*
 * Logs of Inspect AI (`inspect log dump`, or `--log-format json`): `samples` with `messages`, whose `tool_calls` name the tool
 * in `function`, and with `events`, which repeat those calls and hold those of sub-agents.
 * Source: UKGovernmentBEIS/inspect_ai `src/inspect_ai/log/_log.py` (`EvalLog`, `EvalSample`),
 * `src/inspect_ai/tool/_tool_call.py` (`ToolCall`), `src/inspect_ai/event/_tool.py` (`ToolEvent`), `…/log/_condense.py`.
 */

/** Requests and answers as the provider had them, and what is no conversation. */
const CLOSED = new Set(['call', 'store', 'scores', 'metadata', 'attachments', 'choices', 'pending']);

const REFERENCE = /^attachment:\/\/(\w+)$/;

/** Long texts of events are kept apart, and referred to. */
function resolve(value: unknown, attachments: UnknownObject): unknown {
  if (typeof value === 'string') {
    const key = REFERENCE.exec(value)?.[1];
    return key === undefined ? value : (member(attachments, key) ?? value);
  }
  if (Array.isArray(value)) return (value as unknown[]).map((item) => resolve(item, attachments));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolve(item, attachments)]));
}

/** Events inside events belong to one list. */
function placeOf(at: WalkPlace): WrittenPlace {
  const place = writtenAt(at);
  return { ...place, list: place.list?.replace(/(\/events)\/.*$/s, '$1') };
}

function dialect(sink: CallSink): Dialect {
  let attachments: UnknownObject = {};
  const repeated = new RepeatedCalls();
  return {
    closed: (key) => CLOSED.has(key),
    intercept(value, at, out) {
      if (Object.hasOwn(value, 'messages') && Object.hasOwn(value, 'epoch')) {
        const kept = member(value, 'attachments');
        attachments = isObject(kept) ? kept : {};
        return null;
      }
      const event = member(value, 'event') === 'tool';
      if (!event && typeof member(value, 'function') !== 'string') return null;
      if (member(value, 'role') === 'tool') return null;
      const part = readPart(value, 'tool_calls', null);
      if (part === null || part === 'answer') return null;
      const args =
        part.args && 'args' in part.args && Object.keys(attachments).length > 0
          ? { args: asJsonObject(resolve(part.args.args, attachments) as UnknownObject) }
          : part.args;
      const call = { ...part, args };
      // The messages come first; an event of the same id is the same call.
      const id = text(member(value, 'id'));
      if (id === undefined || !repeated.has(`${at.conversation} ${id}`, call, placeOf(at), out))
        sink.take(call, at, out);
      // The tool may be an agent, whose calls are events inside this one.
      return event ? { inside: 'events' } : 'read';
    },
  };
}

const isCall = (value: UnknownObject): boolean =>
  typeof member(value, 'function') === 'string' &&
  isObject(member(value, 'arguments')) &&
  typeof member(value, 'id') === 'string';

export const inspect = conversationFormat({
  id: 'inspect',
  label: 'Inspect AI log',
  wrappers: ['samples'],
  dialect,
  silent: (value) => Object.hasOwn(value, 'epoch') || Object.hasOwn(value, 'eval'),
  detect: (head) =>
    shows(head, isCall, /"eval"\s*:\s*\{[^]*"samples"\s*:\s*\[/)
      ? { confidence: 0.97, words: 'samples of Inspect AI' }
      : null,
});

import { conversationFormat, shows } from '../conversation/reader';
import type { Dialect } from '../conversation/walk';
import { isObject, member, type UnknownObject } from '../shape';

/*
 * Gemini's Live API: the messages of its WebSocket, one by one, in a list or in envelopes. The server's `toolCall` holds a list
 * `functionCalls` of `id`, `name` and `args`; the client's `toolResponse` answers it; `setup` declares the tools. The Python
 * SDK's dumps write `tool_call` and `function_calls`. A cancelled call (`toolCallCancellation`) was sent before, and counts.
 * Source: ai.google.dev/api/live (`BidiGenerateContentServerMessage`, `BidiGenerateContentToolCall`,
 * `BidiGenerateContentToolResponse`); googleapis/python-genai `google/genai/types.py` (`LiveServerToolCall`).
 */

/** The server's message with calls. */
function isCallMessage(value: UnknownObject): boolean {
  const camel = member(value, 'toolCall');
  if (isObject(camel)) return Array.isArray(member(camel, 'functionCalls'));
  const snake = member(value, 'tool_call');
  return isObject(snake) && Array.isArray(member(snake, 'function_calls'));
}

const MESSAGES = ['setup', 'serverContent', 'realtimeInput', 'clientContent', 'toolResponse', 'toolCallCancellation'];
const EVENTS = ['setupComplete', 'sessionResumptionUpdate', 'goAway', 'usageMetadata', 'voiceActivity'];
const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const NAMES = [...MESSAGES, ...EVENTS].flatMap((name) => [name, snakeCase(name)]);

/** Answers are data, whatever they hold. */
const dialect = (): Dialect => ({ closed: (key) => key === 'toolResponse' || key === 'tool_response' });

export const geminiLive = conversationFormat({
  id: 'gemini-live',
  label: 'Gemini Live API',
  wrappers: ['messages', 'events'],
  dialect,
  conversation: () => 'session',
  silent: (value) =>
    NAMES.some((name) => Object.hasOwn(value, name)) ||
    Object.values(value).some((inner) => isObject(inner) && NAMES.some((name) => Object.hasOwn(inner, name))),
  detect: (head) =>
    shows(head, isCallMessage, /"(toolCall|tool_call)"\s*:\s*\{\s*"(functionCalls|function_calls)"\s*:\s*\[/, 3)
      ? { confidence: 0.95, words: 'messages with `toolCall.functionCalls`' }
      : null,
});

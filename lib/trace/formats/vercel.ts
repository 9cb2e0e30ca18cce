import { conversationFormat, shows } from '../conversation/reader';
import { member, type UnknownObject } from '../shape';

/*
 * The Vercel AI SDK: model messages (`tool-call` parts with `input`, before version 5 `args`), UI messages (`tool-NAME` and
 * `dynamic-tool` parts, before version 5 `toolInvocations` and `tool-invocation`), results of `generateText`, and the stream
 * of UI messages (`tool-input-available`).
 * Source: vercel/ai `packages/ai/src/ui/ui-messages.ts`, `packages/provider-utils/src/types/content-part.ts`,
 * `packages/ai/src/ui-message-stream/ui-message-chunks.ts`; ai-sdk.dev/docs/migration-guides/migration-guide-5-0.
 */

function isToolPart(value: UnknownObject): boolean {
  if (Array.isArray(member(value, 'toolInvocations'))) return true;
  const type = member(value, 'type');
  if (typeof type !== 'string') return false;
  if (['tool-call', 'tool-result', 'tool-invocation', 'dynamic-tool', 'tool-input-available'].includes(type))
    return true;
  return type.startsWith('tool-') && typeof member(value, 'toolCallId') === 'string';
}

export const vercel = conversationFormat({
  id: 'vercel',
  label: 'Vercel AI SDK',
  wrappers: ['conversations', 'chats', 'data'],
  // A result keeps what its steps have once more.
  dialect: () => ({
    uniqueIds: true,
    // A stream says where a message and each step of it begin; a message's `step-start` is a part of its list.
    startsTurn: (value) => ['start', 'start-step'].includes(String(member(value, 'type'))),
  }),
  silent: (value) => typeof member(value, 'type') === 'string',
  detect: (head) =>
    shows(head, isToolPart, /"toolCallId"\s*:\s*"[^"]*"\s*,\s*"toolName"/)
      ? { confidence: 0.94, words: 'messages of the AI SDK with tool parts' }
      : null,
});

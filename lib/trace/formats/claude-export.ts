import { conversationFormat, shows } from '../conversation/reader';
import { placeOrLocal } from '../conversation/sink';
import { member, type UnknownObject } from '../shape';

/*
 * `conversations.json` of claude.ai's data export: conversations with `chat_messages`, whose `content` has `tool_use` blocks.
 * `integration_name` is the connector that runs the tool; without it the tool is the app's own (`artifacts`, `web_search`).
 * Source: support.claude.com ("Export your Claude data"); fields as described at portable-ai-memory.org/providers/anthropic.
 */

const isConversation = (value: UnknownObject): boolean => Array.isArray(member(value, 'chat_messages'));

export const claudeExport = conversationFormat({
  id: 'claude-export',
  label: 'claude.ai export',
  wrappers: ['conversations'],
  place: placeOrLocal,
  silent: isConversation,
  detect: (head) =>
    shows(head, isConversation, /"chat_messages"\s*:\s*\[/, 2)
      ? { confidence: 0.97, words: 'conversations with `chat_messages`' }
      : null,
});

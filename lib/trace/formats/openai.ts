import { conversationFormat, holds, shows } from '../conversation/reader';
import { isChunk } from '../conversation/streams/completion-chunks';
import { isObject, member, type UnknownObject } from '../shape';

/*
 * OpenAI's chat completions: requests (`messages`), responses (`choices`), streamed chunks (`delta`), batch outputs
 * (`response.body`), fine-tuning files, and the many logs that keep messages of this shape.
 * Source: github.com/openai/openai-openapi (`ChatCompletionMessageToolCall`, `ChatCompletionStreamResponseDelta`);
 * openai/openai-python `types/chat/chat_completion_message.py` (`tool_calls`, the older `function_call`).
 */

const hasCalls = (value: UnknownObject): boolean =>
  Array.isArray(member(value, 'tool_calls')) || isObject(member(value, 'function_call'));

const LISTS = ['messages', 'traj', 'trajectory', 'conversation', 'turns', 'history'];

export const openai = conversationFormat({
  id: 'openai',
  label: 'OpenAI chat',
  wrappers: ['conversations', 'trajectories', 'results', 'items', 'samples', 'data', 'log', 'logs'],
  silent: (value) => isChunk(value) || Object.hasOwn(value, 'custom_id') || Object.hasOwn(value, 'choices'),
  detect(start) {
    const { text: head, values } = start;
    if (shows(start, hasCalls, /"tool_calls"\s*:|"function_call"\s*:/))
      return { confidence: 0.9, words: 'chat messages with `tool_calls`' };
    const conversation = holds(values, (value) => LISTS.some((key) => Array.isArray(member(value, key))), 2);
    if (conversation || /"(messages|traj)"\s*:\s*\[/.test(head))
      return { confidence: 0.6, words: 'conversations with lists of messages' };
    return holds(values, (value) => typeof member(value, 'role') === 'string', 0)
      ? { confidence: 0.5, words: 'messages with a `role`' }
      : null;
  },
});

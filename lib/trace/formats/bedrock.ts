import { conversationFormat, shows } from '../conversation/reader';
import { isConverseEvent } from '../conversation/streams/converse-events';
import { isObject, member, type UnknownObject } from '../shape';

/*
 * Amazon Bedrock's Converse API: requests, answers (`output.message`), streamed events, and the model invocation log, which
 * keeps both. A call is a content block with `toolUse`.
 * Source: docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ToolUseBlock.html, API_runtime_ConverseStreamOutput.html
 * (`contentBlockStart`, `contentBlockDelta`, `contentBlockStop`); …/userguide/model-invocation-logging.html.
 */

const hasId = (value: unknown): boolean => isObject(value) && typeof member(value, 'toolUseId') === 'string';

const isBlock = (value: UnknownObject): boolean =>
  hasId(member(value, 'toolUse')) || hasId(member(value, 'toolResult'));

export const bedrock = conversationFormat({
  id: 'bedrock',
  label: 'Amazon Bedrock Converse',
  wrappers: ['conversations'],
  silent: isConverseEvent,
  detect: (head) =>
    shows(head, isBlock, /"toolUse"\s*:\s*\{[^{}]*"toolUseId"/)
      ? { confidence: 0.94, words: 'content blocks with `toolUse`' }
      : null,
});

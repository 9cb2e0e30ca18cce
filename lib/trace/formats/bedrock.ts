import { conversationFormat, shows } from '../conversation/reader';
import { readPart } from '../conversation/parts';
import type { CallSink } from '../conversation/sink';
import { StreamedCalls } from '../conversation/streamed';
import type { Dialect } from '../conversation/walk';
import { isObject, member, type UnknownObject, textOrNumber } from '../shape';

/*
 * Amazon Bedrock's Converse API: requests, answers (`output.message`), streamed events, and the model invocation log, which
 * keeps both. A call is a content block with `toolUse`.
 * Source: docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ToolUseBlock.html, API_runtime_ConverseStreamOutput.html
 * (`contentBlockStart`, `contentBlockDelta`, `contentBlockStop`); …/userguide/model-invocation-logging.html.
 */

const objectAt = (value: unknown, key: string): UnknownObject | undefined => {
  const inner = isObject(value) ? member(value, key) : undefined;
  return isObject(inner) ? inner : undefined;
};

/** Blocks that arrive in pieces; the events come bare or under the name of their kind. */
function dialect(sink: CallSink): Dialect {
  const streamed = new StreamedCalls(sink);
  return {
    intercept(value, at, out) {
      const started = objectAt(value, 'contentBlockStart');
      const delta = objectAt(value, 'contentBlockDelta');
      const stopped = objectAt(value, 'contentBlockStop');
      const event = started ?? delta ?? stopped;
      if (!event) return null;
      const key = `${at.conversation} ${textOrNumber(member(event, 'contentBlockIndex')) ?? ''} `;
      const use = objectAt(objectAt(started, 'start'), 'toolUse');
      const part = use ? readPart(use, 'toolUse', null) : null;
      if (part !== null && part !== 'answer')
        streamed.start(key, part, { ...at, path: `${at.path}/contentBlockStart/start/toolUse` }, out);
      const piece = objectAt(objectAt(delta, 'delta'), 'toolUse');
      if (piece) streamed.append(key, member(piece, 'input'));
      if (stopped) streamed.finish(key, out);
      return 'read';
    },
    end: (out) => streamed.end(out),
  };
}

const EVENTS = [
  'messageStart',
  'contentBlockStart',
  'contentBlockDelta',
  'contentBlockStop',
  'messageStop',
  'metadata',
];
const isEvent = (value: UnknownObject): boolean => EVENTS.some((key) => objectAt(value, key) !== undefined);

const isBlock = (value: UnknownObject): boolean => {
  const use = objectAt(value, 'toolUse') ?? objectAt(value, 'toolResult');
  return use !== undefined && typeof member(use, 'toolUseId') === 'string';
};

export const bedrock = conversationFormat({
  id: 'bedrock',
  label: 'Amazon Bedrock Converse',
  wrappers: ['conversations'],
  dialect,
  conversation: (value) => (isEvent(value) ? 'stream' : undefined),
  silent: isEvent,
  detect: (head) =>
    shows(head, isBlock, /"toolUse"\s*:\s*\{[^{}]*"toolUseId"/)
      ? { confidence: 0.94, words: 'content blocks with `toolUse`' }
      : null,
});

import { conversationFormat, shows } from '../conversation/reader';
import { isObject, member, type UnknownObject } from '../shape';

/*
 * Google's Gemini API and Vertex AI: requests (`contents`), answers (`candidates`), batches of both, and the SDKs' histories.
 * A call is a part with `functionCall` (`function_call` in the Python SDK's dumps); without `args` it has none.
 * Source: ai.google.dev/api/caching#FunctionCall (`Part`, `FunctionCall`), ai.google.dev/gemini-api/docs/function-calling;
 * googleapis/python-genai `google/genai/types.py`.
 */

/** A part of Gemini's: a call or its answer, with `args` or `response` in the place of a text. */
function isFunctionPart(value: UnknownObject): boolean {
  const camel = member(value, 'functionCall') ?? member(value, 'functionResponse');
  if (isObject(camel)) return typeof member(camel, 'name') === 'string';
  const snake = member(value, 'function_call');
  return isObject(snake) && isObject(member(snake, 'args'));
}

export const gemini = conversationFormat({
  id: 'gemini',
  label: 'Gemini API',
  wrappers: ['conversations', 'contents'],
  silent: (value) => ['candidates', 'contents', 'request', 'response'].some((key) => Object.hasOwn(value, key)),
  detect: (head) =>
    shows(head, isFunctionPart, /"functionCall"\s*:\s*\{/)
      ? { confidence: 0.94, words: 'parts with `functionCall`' }
      : null,
});

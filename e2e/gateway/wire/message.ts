import { readJson, type JsonProblem } from '../../../lib/bundle';
import { callFault } from './call-fault';
import { answerableId, EnvelopeScan, type Envelope } from './envelope';
import { memberOf } from './members';

/** A client's message, over stdio and HTTP alike. The arguments in it have a limit of their own. */
export const MAX_MESSAGE_BYTES = 2 * 1024 * 1024;

/** More messages than that in one batch are not taken. */
export const MAX_BATCH = 1000;

/** JSON-RPC 2.0, section 5.1. */
const PARSE_ERROR = -32_700;
const INVALID_REQUEST = -32_600;
const INVALID_PARAMS = -32_602;

/** A message that is not handed on. */
export interface MessageRefusal {
  /** What is wrong, and where: for the client, the audit log and the operator. */
  readonly reason: string;
  readonly code: number;
  readonly envelope: Envelope;
  /** Those of the messages in a batch: it is refused as a whole, and each request in it is answered. */
  readonly batch?: readonly Envelope[];
}

export type ReadMessage =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly refusal: MessageRefusal };

/**
 * Reads a message so that its arguments are decided on, logged and forwarded with the value that the client wrote. What cannot be kept
 * is refused: duplicate keys, numbers that a double changes, lone surrogates, bytes that are not UTF-8, and the key `__proto__`, which
 * some readers drop and others obey. A tool call that is none by its shape is refused, too.
 */
export function readMessage(bytes: Uint8Array): ReadMessage {
  const refuse = (code: number, reason: string, value?: unknown): ReadMessage => ({
    ok: false,
    refusal: { code, reason, ...envelopesOf(bytes, value) },
  });
  let text: string;
  try {
    text = UTF8.decode(bytes);
  } catch {
    return refuse(PARSE_ERROR, 'the message is not UTF-8');
  }
  const { value, problems } = readJson(text, { exactNumbers: true });
  const problem = problems.find(changesTheRequest);
  if (problem !== undefined) return refuse(codeOf(problem), `${placeOf(problem.pointer)}: ${problem.message}`, value);
  const messages = messagesIn(value);
  if (messages.length > MAX_BATCH)
    return refuse(INVALID_REQUEST, `the batch has more than ${String(MAX_BATCH)} messages`, value);
  const proto = pointerToProto(messages);
  if (proto !== undefined)
    return refuse(INVALID_PARAMS, `${placeOf(proto)}: the key \`__proto__\` is not passed on`, value);
  for (const [pointer, message] of messages) {
    const fault = callFault(message);
    if (fault !== undefined)
      return refuse(INVALID_PARAMS, pointer === '' ? fault : `${fault} (message ${pointer.slice(1)})`, value);
  }
  return { ok: true, value };
}

/** It keeps nothing from one message to the next. */
const UTF8 = new TextDecoder('utf-8', { fatal: true });

/** `value`: what was read, where it was. */
function envelopesOf(bytes: Uint8Array, value: unknown): Pick<MessageRefusal, 'envelope' | 'batch'> {
  const envelope = new EnvelopeScan().feed(bytes).envelope;
  if (!Array.isArray(value) || value.length === 0) return { envelope };
  const batch = (value as unknown[]).slice(0, MAX_BATCH).map((message) => {
    const method = memberOf(message, 'method');
    return {
      id: answerableId(memberOf(message, 'id')),
      method: typeof method === 'string' ? method : undefined,
    };
  });
  return { envelope, batch };
}

/** Of JSON that is something else, or a batch that holds something else. */
export function noMessage(bytes: Uint8Array, value: unknown): MessageRefusal {
  const reason = Array.isArray(value)
    ? 'a batch holds JSON-RPC 2.0 messages, at least one'
    : 'this is no JSON-RPC 2.0 message';
  return { code: INVALID_REQUEST, reason, ...envelopesOf(bytes, value) };
}

export function tooLarge(envelope: Envelope): MessageRefusal {
  return { code: INVALID_REQUEST, reason: `the message is larger than ${String(MAX_MESSAGE_BYTES)} bytes`, envelope };
}

/** The answer to a message that is refused, a list for a batch; undefined where none is due, as for a notification. */
export function answerTo({ code, reason, envelope, batch }: MessageRefusal): object | undefined {
  const error = { code, message: `Refused: ${reason}.` };
  if (batch === undefined) return answerFor(envelope, error);
  const answers = batch.flatMap((one) => answerFor(one, error) ?? []);
  return answers.length === 0 ? undefined : answers;
}

function answerFor({ id, method }: Envelope, error: object): object | undefined {
  // A message of which nothing could be read may have been a request: the answer without an id is JSON-RPC's own for that.
  if ((id === undefined) !== (method === undefined)) return undefined;
  return { jsonrpc: '2.0', id: id ?? null, error };
}

/** What is decided on or forwarded, with the client's answers to what a server requires. In a batch the messages are items of a list. */
const REQUEST =
  /^(?:\/\d+)?\/(?:id$|result(?:\/|$)|params\/(?:name$|requestState$|(?:arguments|inputResponses)(?:\/|$)))/;

const PARAMS = /^(?:\/\d+)?\/params\//;

/** A number in `_meta` that loses a digit harms nothing: it is neither decided on nor forwarded. */
function changesTheRequest({ code, pointer }: JsonProblem): boolean {
  return (code !== 'number-inexact' && code !== 'lone-surrogate') || REQUEST.test(pointer);
}

const codeOf = ({ code, pointer }: JsonProblem): number =>
  code === 'json-syntax'
    ? PARSE_ERROR
    : PARAMS.test(pointer) && REQUEST.test(pointer)
      ? INVALID_PARAMS
      : INVALID_REQUEST;

function placeOf(pointer: string): string {
  const [, batch = '', inside] = /^(\/\d+)?\/params\/arguments(.*)$/s.exec(pointer) ?? [];
  const message = batch === '' ? '' : ` of message ${batch.slice(1)}`;
  if (inside === undefined) return pointer === '' ? 'the message' : `\`${pointer.slice(0, 200)}\` of the message`;
  return inside === '' ? `the arguments${message}` : `the argument \`${inside.slice(0, 200)}\`${message}`;
}

const FORWARDED = [['params', 'arguments'], ['params', 'inputResponses'], ['result']] as const;

type PlacedMessage = readonly [pointer: string, message: unknown];

/** The message, or those of a batch, each with its JSON pointer. */
function messagesIn(value: unknown): readonly PlacedMessage[] {
  return Array.isArray(value) ? value.map((message: unknown, i) => [`/${String(i)}`, message] as const) : [['', value]];
}

/** The first own key `__proto__` in what is forwarded of messages. */
function pointerToProto(messages: readonly PlacedMessage[]): string | undefined {
  for (const [pointer, message] of messages) {
    for (const path of FORWARDED) {
      const found = protoIn(path.reduce(memberOf, message), [pointer, ...path].join('/'));
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function protoIn(value: unknown, pointer: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const at = `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    const found = key === '__proto__' ? at : protoIn(inner, at);
    if (found !== undefined) return found;
  }
  return undefined;
}

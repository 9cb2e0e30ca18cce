import { callId } from '../../engine';
import { parseJson } from '../mapped-facts';
import { isObject, member, text, type UnknownObject } from '../shape';
import { conversationLook, unreadCalls } from '../sightings';
import { fromBase64 } from '../source/base64';
import { decode } from '../source/bytes';
import type { TraceFormat, ImportOptions, ImportOutput, FormatReader, SourceRecord } from '../types';
import { mcp } from './mcp';

/** One connection in an archive. */
interface HarSession {
  readonly reader: FormatReader;
  readonly number: number;
  calls: number;
}

/**
 * HTTP archives in which MCP was spoken: requests and their answers (JSON, batches, event streams) of the Streamable
 * HTTP transport and of the older one with a stream beside it. Each connection is a session of its own, read as
 * `formats/mcp.ts` reads it: distinguished by `Mcp-Session-Id`, else by its address. Sources:
 * http://www.softwareishard.com/blog/har-12-spec/ (HAR 1.2) and
 * https://modelcontextprotocol.io/specification/2025-06-18/basic/transports.
 */
class HarReader implements FormatReader {
  readonly #sessions = new Map<string, HarSession>();
  readonly #options: ImportOptions;
  #other = 0;

  constructor(options: ImportOptions) {
    this.#options = options;
  }

  record(record: SourceRecord, out: ImportOutput): void {
    if (record.rest) return;
    const entry = record.value;
    if (!record.path.startsWith('/log/entries/'))
      return out.reject(record, 'not an HTTP archive: it has no `log.entries`');
    if (!isObject(entry)) return out.reject(record, 'an entry is not an object');
    if (!this.#entry(entry, record, out)) this.#other++;
  }

  end(out: ImportOutput): void {
    for (const session of this.#sessions.values()) session.reader.end(inSession(out, session));
    if (this.#other > 0)
      out.note('left-out-other', (n) => `${n} ${n === 1 ? 'entry is' : 'entries are'} no MCP message`, this.#other);
  }

  /** Reads an entry; false where it holds no message. */
  #entry(entry: UnknownObject, record: SourceRecord, out: ImportOutput): boolean {
    const sent = messagesOf(textOf(objectAt(objectAt(entry, 'request'), 'postData')));
    const content = objectAt(objectAt(entry, 'response'), 'content');
    const answer = textOf(content);
    const answered = [...messagesOf(answer), ...socketMessages(entry)];
    if (sent.length === 0 && answered.length === 0) return refuseLookalike(entry, record, out);
    if (sent.length === 0 && refuseUnrecorded(entry, answered, record, out)) return true;
    const session = this.#session(sessionKey(entry, answer));
    const time = member(entry, 'startedDateTime');
    const give = (message: unknown, at: string): void => {
      const value = { ...(typeof time === 'string' ? { timestamp: time } : {}), message };
      session.reader.record({ ...record, value, path: `${record.path}${at}` }, inSession(out, session));
    };
    for (const message of sent) give(message, '/request/postData');
    for (const message of answered) give(message, '/response/content');
    return true;
  }

  #session(key: string): HarSession {
    const known = this.#sessions.get(key);
    if (known) return known;
    const session = { reader: mcp.reader(this.#options, {}), number: this.#sessions.size + 1, calls: 0 };
    this.#sessions.set(key, session);
    return session;
  }
}

/** The output of one of several sessions: its calls are numbered with the session's number. */
function inSession(out: ImportOutput, session: HarSession): ImportOutput {
  return {
    call: (call) => out.call({ ...call, id: callId(`${session.number}-${++session.calls}`) }),
    claim: (item) => out.claim(item),
    reject: (record, reason, path) => out.reject(record, reason, path),
    note: (code, message, count) => out.note(code, message, count),
    offer: (offer) => out.offer(offer),
    policyEvent: (event) => out.policyEvent(event),
    connection: (event) => out.connection(event),
    tools: (resource, tools, suggested) => out.tools(resource, tools, suggested),
    conversation: () => out.conversation(),
  };
}

function objectAt(value: UnknownObject, key: string): UnknownObject {
  const inner = member(value, key);
  return isObject(inner) ? inner : {};
}

/** A body's text; a binary one is base64. */
function textOf(body: UnknownObject): string {
  const stated = text(member(body, 'text')) ?? '';
  if (member(body, 'encoding') !== 'base64') return stated;
  const bytes = fromBase64(stated);
  return bytes === null ? '' : (decode(bytes) ?? '');
}

/** The JSON-RPC messages of a body: one, a batch, or the `data` of an event stream. */
function messagesOf(body: string): readonly UnknownObject[] {
  return valuesOf(body)
    .flat()
    .filter((message): message is UnknownObject => isObject(message) && member(message, 'jsonrpc') === '2.0');
}

/** The JSON values of a body: one, or the `data` of an event stream. */
function valuesOf(body: string): readonly unknown[] {
  const value = parseJson(body);
  return value === undefined ? eventData(body).map(parseJson) : [value];
}

/** The data of each event (https://html.spec.whatwg.org/multipage/server-sent-events.html). */
function eventData(body: string): readonly string[] {
  if (!/^(?:data|event|id|retry)?:/m.test(body)) return [];
  return body.split(/\r\n\r\n|\n\n|\r\r/).map((event) =>
    event
      .split(/\r\n|\n|\r/)
      .flatMap((line) => (line.startsWith('data:') ? [line.slice(5).replace(/^ /, '')] : []))
      .join('\n'),
  );
}

/** What browsers record of a web socket. */
function socketMessages(entry: UnknownObject): readonly UnknownObject[] {
  const list = member(entry, '_webSocketMessages');
  if (!Array.isArray(list)) return [];
  return (list as unknown[]).flatMap((item) => (isObject(item) ? messagesOf(text(member(item, 'data')) ?? '') : []));
}

const SESSION = 'mcp-session-id';

/** What identifies a connection: the address, and the session's id in a header or, in the older transport, in a URL. */
function sessionKey(entry: UnknownObject, answer: string): string {
  const request = objectAt(entry, 'request');
  const url = text(member(request, 'url')) ?? '';
  const [address = ''] = url.split(/[?#]/);
  const endpoint = /^data: ?(\S*[?&]session_?id=\S+)/im.exec(answer)?.[1];
  const older = /[?&]session_?id=([^&#\s]+)/i.exec(endpoint ?? url)?.[1];
  if (older !== undefined) return `${/^[a-z]+:\/\/[^/]*/i.exec(address)?.[0] ?? ''} ${older}`;
  return `${address} ${headerOf(request) ?? headerOf(objectAt(entry, 'response')) ?? ''}`;
}

function headerOf(message: UnknownObject): string | undefined {
  const headers = member(message, 'headers');
  if (!Array.isArray(headers)) return undefined;
  const found = (headers as unknown[]).find(
    (header) => isObject(header) && String(member(header, 'name')).toLowerCase() === SESSION,
  );
  return isObject(found) ? text(member(found, 'value')) : undefined;
}

/** Calls of one model's answer that are listed as rejects. */
const MOST_UNREAD = 100;

/**
 * Rejects what looks like a tool call and is no MCP message: a request that speaks of `tools/call`, and the calls in a model's answer (its
 * request repeats those of earlier answers). True where there was any.
 */
function refuseLookalike(entry: UnknownObject, record: SourceRecord, out: ImportOutput): boolean {
  const request = objectAt(entry, 'request');
  const body = textOf(objectAt(request, 'postData'));
  if (/"method"\s*:\s*"tools\/call"/.test(body)) {
    out.reject(record, 'not read: a request that speaks of `tools/call` and is no JSON-RPC message');
    return true;
  }
  const answer = textOf(objectAt(objectAt(entry, 'response'), 'content'));
  const found = new Set<string>();
  for (const value of valuesOf(answer)) {
    for (const { by } of unreadCalls(value, conversationLook, new Set(), [])) {
      if (found.size < MOST_UNREAD) out.reject(record, modelCall(by), '/response/content');
      found.add(by);
    }
  }
  if (found.size === 0 && headerOf(request) !== undefined && isPost(request) && body === '')
    return refuseBody(record, out);
  return found.size > 0;
}

const modelCall = (by: string): string =>
  `not read: a tool call in a model's answer (${by}); of an HTTP archive only MCP messages are read, so save the conversation by itself`;

const isPost = (request: UnknownObject): boolean => text(member(request, 'method'))?.toUpperCase() === 'POST';

/** An answer to a request whose body the archive lacks may be that of a tool call: the answer alone does not say which. */
function refuseUnrecorded(
  entry: UnknownObject,
  answered: readonly UnknownObject[],
  record: SourceRecord,
  out: ImportOutput,
): boolean {
  const result = (message: UnknownObject): boolean => {
    const found = member(message, 'result');
    return Object.hasOwn(message, 'error') || (isObject(found) && TOOL_RESULT.some((key) => Object.hasOwn(found, key)));
  };
  if (!isPost(objectAt(entry, 'request')) || !answered.some(result)) return false;
  return refuseBody(record, out);
}

const TOOL_RESULT = ['content', 'structuredContent', 'isError'];

function refuseBody(record: SourceRecord, out: ImportOutput): true {
  const reason = 'not read: the archive does not hold the body of this request, which may be a tool call';
  out.reject(record, reason, '/request/postData');
  return true;
}

export const har: TraceFormat = {
  id: 'har',
  label: 'HTTP archive (HAR) with MCP messages',
  layout: 'json',
  wrappers: ['log/entries'],
  detect({ text: head }) {
    const found = /^\s*\{\s*"log"\s*:\s*\{/.test(head) && /"(?:creator|entries|startedDateTime)"\s*:/.test(head);
    return found ? { confidence: 0.97, words: 'requests in `log.entries`' } : null;
  },
  reader: (options) => new HarReader(options),
};

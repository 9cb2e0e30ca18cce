import { callId, type CatalogTool } from '../../engine';
import { asJsonObject, isObject, member, type Obj, readMcpTool, text, textOrNumber } from '../shape';
import { readTime } from '../time';
import type { Format, ImportedCall, Output, Reader, SourceRecord } from '../types';
import { ConversationIds } from './ids';

/** A JSON-RPC message and what the log around it says. */
interface Message {
  readonly body: Obj;
  readonly time?: unknown;
  readonly server?: string;
}

const ENVELOPES = ['message', 'payload', 'data', 'body', 'msg', 'rpc', 'request', 'response'] as const;
const TIMES = ['timestamp', 'time', 'ts', '@timestamp', 'date', 'receivedAt'] as const;
const SERVERS = ['serverName', 'server_name', 'serverId', 'server', 'mcpServer', 'mcp_server'] as const;

const METHODS = /^(initialize$|ping$|(tools|resources|prompts|notifications|completion|logging|sampling|roots)\/)/;

const isJsonRpc = (value: Obj): boolean =>
  member(value, 'jsonrpc') === '2.0' &&
  (member(value, 'method') !== undefined || Object.hasOwn(value, 'result') || Object.hasOwn(value, 'error'));

/** An inspector's history leaves `jsonrpc` out: a method of MCP tells its requests. */
function isBareRequest(value: Obj): boolean {
  const method = member(value, 'method');
  return typeof method === 'string' && METHODS.test(method);
}

/** A message that a log quotes as text. */
function unquote(value: unknown): unknown {
  if (typeof value !== 'string' || !value.startsWith('{')) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

/** A result without its envelope, as an inspector's history keeps answers. */
const isBareResult = (value: unknown): value is Obj =>
  isObject(value) && (Array.isArray(member(value, 'tools')) || isObject(member(value, 'serverInfo')));

/** The messages in a value: itself, or those that a log entry wraps (one, or a request with its response). */
function messagesIn(value: unknown): Message[] {
  if (!isObject(value)) return [];
  if (isJsonRpc(value)) return [{ body: value }];
  const time = TIMES.map((key) => member(value, key)).find((found) => found !== undefined);
  const server = SERVERS.map((key) => text(member(value, key))).find((found) => found !== undefined);
  const around = { ...(time === undefined ? {} : { time }), ...(server === undefined ? {} : { server }) };
  const wrapped = ENVELOPES.flatMap((key) => {
    const inner = unquote(member(value, key));
    if (!isObject(inner)) return [];
    if (isJsonRpc(inner) || isBareRequest(inner)) return [{ body: inner, ...around }];
    return key === 'response' && isBareResult(inner) ? [{ body: { result: inner }, ...around }] : [];
  });
  return wrapped.length === 0 && isBareRequest(value) ? [{ body: value, ...around }] : wrapped;
}

/** What one connection has shown so far. */
interface Session {
  readonly key: string;
  client: { readonly name?: string; readonly version?: string } | null;
  server: string | null;
  readonly tools: Map<string, CatalogTool>;
  readonly requests: Set<string>;
}

class McpReader implements Reader {
  readonly #ids = new ConversationIds();
  #sessions = 0;
  /** The running session of each server that the log tells apart. */
  readonly #current = new Map<string, Session>();

  record(record: SourceRecord, out: Output): void {
    if (record.rest) return;
    if (typeof record.value === 'string')
      return out.note('left-out-other', (n) => `${n} ${n === 1 ? 'line holds' : 'lines hold'} no message`);
    const messages = messagesIn(record.value);
    if (messages.length === 0) return out.reject(record, 'not a JSON-RPC message');
    for (const message of messages) this.#message(message, record, out);
  }

  end(): void {
    // Nothing is held back.
  }

  #session(server: string | undefined, fresh: boolean): Session {
    const known = this.#current.get(server ?? '');
    if (known && !fresh) return known;
    const session = {
      key: String(++this.#sessions),
      client: null,
      server: server ?? null,
      tools: new Map(),
      requests: new Set<string>(),
    };
    this.#current.set(server ?? '', session);
    return session;
  }

  #message(message: Message, record: SourceRecord, out: Output): void {
    const { body } = message;
    const method = member(body, 'method');
    const params = member(body, 'params');
    if (method === 'initialize') return this.#initialize(message, isObject(params) ? params : {}, out);
    if (method === 'tools/call') return this.#call(message, params, record, out);
    const result = member(body, 'result');
    if (isObject(result)) this.#result(message, result, out);
  }

  #initialize({ server }: Message, params: Obj, out: Output): void {
    const session = this.#session(server, true);
    const info = member(params, 'clientInfo');
    if (!isObject(info)) return;
    const name = text(member(info, 'name'));
    const version = text(member(info, 'version'));
    session.client = { ...(name === undefined ? {} : { name }), ...(version === undefined ? {} : { version }) };
    if (name !== undefined) out.offer({ field: 'agent.slug', value: name, from: '`clientInfo.name`' });
  }

  #result({ server }: Message, result: Obj, out: Output): void {
    const session = this.#session(server, false);
    const info = member(result, 'serverInfo');
    const name = isObject(info) ? text(member(info, 'name')) : undefined;
    if (name !== undefined) {
      session.server ??= name;
      out.offer({ field: 'resource.slug', value: name, from: '`serverInfo.name`' });
    }
    const listed = member(result, 'tools');
    if (!Array.isArray(listed)) return;
    const tools = (listed as unknown[]).flatMap((tool) => readMcpTool(tool) ?? []);
    for (const tool of tools) session.tools.set(tool.name, tool);
    const named = server === undefined ? null : { slug: server };
    out.tools(named, tools, session.server ?? undefined);
  }

  #call({ body, time, server }: Message, params: unknown, record: SourceRecord, out: Output): void {
    const session = this.#session(server, false);
    const id = this.#ids.next(this.#ids.conversation(session.key, out));
    const name = isObject(params) ? text(member(params, 'name')) : undefined;
    if (!isObject(params) || name === undefined)
      return out.reject(record, 'a `tools/call` without `params.name`', '/params/name');
    const given = member(params, 'arguments');
    if (given !== undefined && !isObject(given))
      return out.reject(record, '`params.arguments` is not an object', '/params/arguments');
    const request = textOrNumber(member(body, 'id'));
    if (request !== undefined && session.requests.has(request))
      out.note(
        'repeated-request',
        (n) =>
          `${n} ${n === 1 ? 'request repeats' : 'requests repeat'} the id of an earlier one in the same session: each is counted`,
      );
    if (request !== undefined) session.requests.add(request);
    const read = time === undefined ? null : readTime(time);
    const call: ImportedCall = {
      id: callId(id),
      ...(read && 'time' in read ? { time: read.time } : {}),
      ...(session.client ? { instance: { client: session.client } } : {}),
      ...(server === undefined ? {} : { resource: { slug: server } }),
      tool: toolFacts(name, session.tools.get(name)),
      args: given === undefined ? {} : asJsonObject(given),
      ...(request === undefined ? {} : { source: { id: request } }),
    };
    out.call(call);
  }
}

/** A tool that its server listed is wholly known: a title or hints that the list lacks are absent, not unknown. */
function toolFacts(name: string, listed: CatalogTool | undefined): ImportedCall['tool'] & object {
  if (!listed) return { name };
  return { name, title: listed.title ?? null, annotations: listed.annotations ?? null };
}

export const mcp: Format = {
  id: 'mcp',
  label: 'MCP messages (JSON-RPC)',
  layout: 'json',
  wrappers: ['messages', 'log', 'logs', 'entries', 'history', 'events'],
  embedded: true,
  detect({ values, text: head }) {
    const found = values.flatMap(messagesIn);
    const methods = new Set(found.map(({ body }) => member(body, 'method')));
    if (found.length > 0) {
      const words = ['initialize', 'tools/list', 'tools/call'].filter((method) => methods.has(method));
      const what = words.length > 0 ? ` (${words.map((word) => `\`${word}\``).join(', ')})` : '';
      return { confidence: 0.95, words: `JSON-RPC messages${what}` };
    }
    if (/\\?"jsonrpc\\?"\s*:\s*\\?"2\.0\\?"/.test(head))
      return { confidence: 0.8, words: 'text with JSON-RPC messages' };
    return null;
  },
  reader: () => new McpReader(),
};

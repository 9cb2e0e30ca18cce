/**
 * Messages of the Model Context Protocol: NDJSON, JSON, an inspector's history, a client's or proxy's log.
 *
 * Revisions until 2025-11-25 begin a session by `initialize`. Revision 2026-07-28 has none: each request names its client in
 * `params._meta`, each result its server in `result._meta`, and a call that requires input is sent once more with it.
 * https://modelcontextprotocol.io/specification
 */
import { callId } from '../../engine';
import { asJsonObject, isObject, member, type UnknownObject, readMcpTool, text, textOrNumber } from '../shape';
import type { LookOf } from '../sightings';
import { readTime } from '../time';
import type { TraceFormat, ImportedCall, ImportOutput, FormatReader, SourceRecord } from '../types';
import { ConversationIds } from './ids';
import { entryAround, type McpMessage, messagesIn } from './mcp-messages';
import { callKey, type McpClient, McpSession, type WaitingMcpCall } from './mcp-session';
import { noteContinued, noteElsewhere, noteRepeated } from './mcp-notes';
import { SurroundingNumbers } from './mcp-numbers';
import { clientInMeta, clientOf, serverInMeta, serverName } from './mcp-peers';
import { QueuedCall, toolFacts } from './mcp-queued-call';
import { wordsSurroundings } from './mcp-surroundings';

/** Where a client's name is from, in words. */
const IN_META = '`_meta`';
/** Methods that servers do not take for `tools/call`, though their writers may have. */
const LIKE_TOOLS_CALL =
  /^\s*(tools?[/._-](calls?|invoke|execute|run|use)\b.*|tool_?calls?|(call|invoke|execute|run)[/._-]?tools?)\s*$/i;

class McpReader implements FormatReader {
  readonly #ids = new ConversationIds();
  #sessions = 0;
  /** The running session of each connection that the log distinguishes. */
  readonly #current = new Map<string, McpSession>();
  /** Calls in their order, of which the first waits for its answer. */
  readonly #waiting: QueuedCall[] = [];
  /** Servers that results of revision 2026-07-28 name; two are enough to know that there are several. */
  readonly #servers = new Set<string>();
  readonly #numbers = new SurroundingNumbers();
  /** The part of a log, as `tail` heads it. */
  #part = '';
  /** What a list holds before the message that follows. */
  #before = '';

  record(record: SourceRecord, out: ImportOutput): void {
    const { value, before } = record;
    if (record.rest && messagesIn(value).length === 0) return this.#around(value, out);
    if (typeof value === 'string') return this.#words(value, record, out);
    const messages = messagesIn(value, record);
    if (messages.length === 0) {
      if (before === undefined) return out.reject(record, 'not a JSON-RPC message');
      return this.#words(before, record, out);
    }
    const extra = [this.#part, this.#before].filter((part) => part !== '').join('\n');
    for (const message of messages) {
      const surroundings = this.#numbered(extra === '' ? message.surroundings : `${message.surroundings}\n${extra}`);
      this.#message({ ...message, surroundings }, record, out);
    }
    this.#before = '';
  }

  end(out: ImportOutput): void {
    for (const waiting of this.#waiting.splice(0)) {
      // No answer is in the log. Where it shows one server alone, the call was for that.
      if (this.#servers.size === 1) waiting.settle([...this.#servers][0]);
      out.call(waiting.call);
    }
    const mixed = [...this.#current.values()].filter((session) => session.mixed).length;
    if (mixed > 0)
      out.note(
        'mixed-session',
        (n) =>
          `in ${n} ${n === 1 ? 'session' : 'sessions'} messages of several servers run together: what they list is not used for calls`,
        mixed,
      );
  }

  /** What a file says beside the list of its messages. */
  #around(value: unknown, out: ImportOutput): void {
    const { server } = isObject(value) ? entryAround(value) : {};
    if (server !== undefined) out.offer({ field: 'resource.slug', value: server, from: '`server`' });
  }

  /** A line without a message. */
  #words(line: string, record: SourceRecord, out: ImportOutput): void {
    this.#part = /^==> (.{1,200}) <==$/.exec(line.trim())?.[1] ?? this.#part;
    // Lines beside a message (`id:` and `event:` of a server-sent event) say nothing of its connection.
    if (record.path !== '') this.#before += `${wordsSurroundings(line.slice(0, 200))}\n`;
    if (/tools\/call/.test(line))
      return out.reject(record, 'mentions `tools/call`, but no message can be read from it');
    out.note('left-out-other', (n) => `${n} ${n === 1 ? 'line holds' : 'lines hold'} no message`);
  }

  /** The surroundings without numbers that count messages. */
  #numbered(surroundings: string): string {
    const { text: numbered, renamed } = this.#numbers.read(surroundings);
    for (const [from, to] of renamed) for (const session of this.#current.values()) session.rename(from, to);
    return numbered;
  }

  #running({ server, connection }: McpMessage): McpSession | undefined {
    return this.#current.get(JSON.stringify([server, connection]));
  }

  #session(message: McpMessage, fresh: boolean): McpSession {
    const known = this.#running(message);
    if (known && !fresh) return known;
    const session = new McpSession(String(++this.#sessions), known, message.surroundings);
    this.#current.set(JSON.stringify([message.server, message.connection]), session);
    return session;
  }

  #message(message: McpMessage, record: SourceRecord, out: ImportOutput): void {
    const { body } = message;
    const method = member(body, 'method');
    const params = member(body, 'params');
    if (method === 'tools/call') return this.#call(message, params, record, out);
    if (typeof method === 'string' && LIKE_TOOLS_CALL.test(method))
      return out.reject(
        record,
        `the method is \`${method}\`: a tool call of MCP is \`tools/call\``,
        `${message.path}/method`,
      );
    if (typeof method === 'string') return this.#request(message, method, isObject(params) ? params : {}, out);
    const result = member(body, 'result');
    if (isObject(result)) this.#result(message, result, out);
    else {
      const request = this.#session(message, false).answer(textOrNumber(member(body, 'id')), message.surroundings);
      this.#settle(request?.waiting, undefined, out);
    }
  }

  #request(message: McpMessage, method: string, params: UnknownObject, out: ImportOutput): void {
    const initialize = method === 'initialize';
    const client = initialize
      ? clientOf(member(params, 'clientInfo'), member(params, 'protocolVersion'))
      : clientInMeta(params);
    const running = this.#running(message);
    // An `initialize` while another waits for its answer: two connections run together in what the log does not tell apart.
    const second = initialize && running?.isOpening === true;
    const session = this.#session(message, initialize && !second);
    const { surroundings } = message;
    const connection = session.at(surroundings);
    if (second && JSON.stringify(client) !== JSON.stringify(connection.client)) connection.mix();
    if (method === 'notifications/tools/list_changed') session.announceChange(surroundings);
    session.request(textOrNumber(member(message.body, 'id')), { method, surroundings });
    this.#learn(session, surroundings, client, initialize ? '`clientInfo.name`' : IN_META, out);
  }

  #learn(
    session: McpSession,
    surroundings: string,
    client: McpClient | undefined,
    from: string,
    out: ImportOutput,
  ): void {
    if (!client) return;
    const connection = session.at(surroundings);
    // A request of revision 2026-07-28 speaks for itself alone.
    if (!connection.mixed && from !== IN_META) connection.client = client;
    if (client.name !== undefined) out.offer({ field: 'agent.slug', value: client.name, from });
  }

  #result(message: McpMessage, result: UnknownObject, out: ImportOutput): void {
    const session = this.#session(message, false);
    const request = session.answer(textOrNumber(member(message.body, 'id')), message.surroundings);
    const surroundings = request?.surroundings ?? message.surroundings;
    const connection = session.at(surroundings);
    const meta = member(result, '_meta');
    const inMeta = serverInMeta(meta);
    const introduced = serverName(member(result, 'serverInfo'));
    // A result of revision 2026-07-28 names its server for itself alone.
    if (introduced !== undefined) session.serverIs(introduced, surroundings);
    const name = introduced ?? inMeta;
    if (name !== undefined) out.offer({ field: 'resource.slug', value: name, from: '`serverInfo.name`' });
    if (inMeta !== undefined && this.#servers.size < 2) this.#servers.add(inMeta);
    this.#settle(request?.waiting, inMeta, out);
    const agreed = text(member(result, 'protocolVersion'));
    if (agreed !== undefined && !connection.mixed && introduced !== undefined)
      connection.client = { ...connection.client, protocolVersion: agreed };
    if (member(result, 'resultType') === 'input_required' && request?.call !== undefined)
      session.await(request.call, text(member(result, 'requestState')));
    const listed = member(result, 'tools');
    if (!Array.isArray(listed)) return;
    const tools = (listed as unknown[]).flatMap((tool) => readMcpTool(tool) ?? []);
    session.list(tools, surroundings, inMeta);
    const { server } = message;
    out.tools(
      server === undefined ? null : { slug: server },
      tools,
      name ?? (connection.mixed ? undefined : connection.serverName),
    );
  }

  /** Gives out the calls that no longer wait, in their order. */
  #settle(waiting: WaitingMcpCall | undefined, server: string | undefined, out: ImportOutput): void {
    waiting?.settle(server);
    let ready = this.#waiting.findIndex(({ settled }) => !settled);
    if (ready < 0) ready = this.#waiting.length;
    for (const { call } of this.#waiting.splice(0, ready)) out.call(call);
  }

  #call(message: McpMessage, params: unknown, record: SourceRecord, out: ImportOutput): void {
    const { body, path } = message;
    out.claim(body);
    const session = this.#session(message, false);
    const conversation = this.#ids.conversation(session.key, out);
    const name = isObject(params) ? text(member(params, 'name')) : undefined;
    const given = isObject(params) ? member(params, 'arguments') : undefined;
    const refuse = (reason: string, place: string): void => {
      this.#ids.next(conversation);
      out.reject(record, reason, `${path}${place}`);
    };
    if (!isObject(params) || name === undefined) return refuse('a `tools/call` without `params.name`', '/params/name');
    if (given !== undefined && !isObject(given))
      return refuse('`params.arguments` is not an object', '/params/arguments');
    const args = given === undefined ? {} : asJsonObject(given);
    const request = textOrNumber(member(body, 'id'));
    const stated = clientInMeta(params);
    const call = callKey(name, args, stated);
    const state = text(member(params, 'requestState'));
    const continues = isObject(member(params, 'inputResponses')) && session.continues(call, state);
    const { server, surroundings } = message;
    const lists = session.listed(name, surroundings);
    // In revision 2026-07-28 only the answer names the server.
    const queued = !continues && stated !== undefined && lists.length > 0 ? new QueuedCall(lists) : undefined;
    const repeats = session.request(request, {
      method: 'tools/call',
      call,
      surroundings,
      ...(queued === undefined ? {} : { waiting: queued }),
    });
    if (continues) return noteContinued(out);
    if (repeats) noteRepeated(out);
    if (lists.length === 0 && session.listedElsewhere(name, surroundings)) noteElsewhere(out);
    this.#learn(session, surroundings, stated, IN_META, out);
    const client = stated ?? session.at(surroundings).client;
    const read: ImportedCall = {
      id: callId(this.#ids.next(conversation)),
      ...timeOf(message.time),
      ...(Object.keys(client).length > 0 ? { instance: { client } } : {}),
      ...(server === undefined ? {} : { resource: { slug: server } }),
      tool: toolFacts(name, queued === undefined && lists.length === 1 ? lists[0]?.tool : undefined),
      args,
      ...(request === undefined ? {} : { source: { id: request } }),
    };
    if (queued === undefined && this.#waiting.length === 0) return out.call(read);
    this.#waiting.push(queued?.of(read) ?? new QueuedCall([]).of(read, true));
    if (this.#waiting.length > MOST_WAITING) this.#settle(this.#waiting[0], undefined, out);
  }
}

/** So many calls wait for the first of them to be answered. */
const MOST_WAITING = 1_000;

function timeOf(stated: unknown): Pick<ImportedCall, 'time'> {
  const read = stated === undefined ? null : readTime(stated);
  return read && 'time' in read ? { time: read.time } : {};
}

/** A `tools/call` at a place where no message is looked for. */
const lookOf: LookOf = (item, key) => {
  if (key === 'result' || key === 'error') return { kind: 'data' };
  return member(item, 'method') === 'tools/call' ? { kind: 'call', by: '`method` is `tools/call`' } : null;
};

export const mcp: TraceFormat = {
  id: 'mcp',
  label: 'MCP messages (JSON-RPC)',
  layout: 'json',
  wrappers: ['messages', 'log', 'logs', 'entries', 'history', 'events'],
  embedded: true,
  lookOf,
  detect({ values, text: head }) {
    const found = values.flatMap((value) => messagesIn(value));
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

import { isObject, member, type UnknownObject, text, textOrNumber } from '../shape';
import { embeddedValues } from '../source/embedded';
import type { SourceRecord } from '../types';
import { entrySurroundings, wordsSurroundings } from './mcp-surroundings';

/** A JSON-RPC message, and what the log around it says. `path` is its JSON pointer in the record. */
export interface McpMessage {
  readonly body: UnknownObject;
  readonly path: string;
  readonly time?: unknown;
  /** The server by the name that the log gives it, which is also its name for calls. */
  readonly server?: string;
  /** Whatever else distinguishes one connection of the log from another. */
  readonly connection?: string;
  /** What else the log writes around it (`mcp-surroundings.ts`). */
  readonly surroundings: string;
}

type Around = Pick<McpMessage, 'time' | 'server' | 'connection' | 'surroundings'>;

const TIMES = ['timestamp', 'time', 'ts', '@timestamp', 'date', 'receivedAt'] as const;
const SERVERS = ['serverName', 'server_name', 'serverId', 'server', 'mcpServer', 'mcp_server'] as const;
const CONNECTIONS = [
  'sessionId',
  'session_id',
  'session',
  'connectionId',
  'connection_id',
  'connection',
  'conn',
] as const;
/** Members in which a log may quote a message as text. */
const QUOTING = new Set([
  'message',
  'payload',
  'data',
  'body',
  'msg',
  'rpc',
  'request',
  'response',
  'raw',
  'line',
  'log',
  'frame',
]);

const METHODS =
  /^(initialize$|ping$|(tools|resources|prompts|notifications|completion|logging|sampling|roots|server|elicitation|subscriptions)\/)/;

const isJsonRpc = (value: UnknownObject): boolean =>
  member(value, 'jsonrpc') === '2.0' &&
  (member(value, 'method') !== undefined || Object.hasOwn(value, 'result') || Object.hasOwn(value, 'error'));

/** An inspector's history leaves `jsonrpc` out: a method of MCP marks its requests. */
function isBareRequest(value: UnknownObject): boolean {
  const method = member(value, 'method');
  return typeof method === 'string' && METHODS.test(method);
}

/** A result without its envelope, as an inspector's history keeps answers. */
const isBareResult = (value: UnknownObject): boolean =>
  Array.isArray(member(value, 'tools')) || isObject(member(value, 'serverInfo'));

/** Lines of more values are a batch of messages, none of which says what is around another. */
const MOST_ON_LINE = 8;
/** An envelope in an envelope in an envelope: deeper ones no log writes, and what lies deeper is data. */
const MAX_ENVELOPES = 3;

/**
 * The messages in a value: itself, a batch's, or those that a log entry wraps, as values or as text (one, a batch, or a request with its
 * response). `line` is what else its line holds.
 */
export function messagesIn(value: unknown, line: Pick<SourceRecord, 'before' | 'words' | 'onLine'> = {}): McpMessage[] {
  const seen = new Set<string>();
  const { before = '', words = before, onLine = [] } = line;
  let around: Around = { ...wordsAround(before), surroundings: wordsSurroundings(words) };
  // Objects beside the message on its line say what an entry around it would (`{"server":"beta"} {"jsonrpc":…}`).
  for (const beside of onLine.length <= MOST_ON_LINE ? onLine : []) {
    if (beside === value || !isObject(beside) || messagesIn(beside).length > 0) continue;
    const more = entrySurroundings(beside, '');
    around = { ...around, ...entryAround(beside), surroundings: `${around.surroundings}\n${more}` };
  }
  return search(value, '', around, 0, '').filter(({ body }) => {
    // An entry that holds a message as text and as a value holds it once.
    const written = JSON.stringify(body);
    return !seen.has(written) && seen.add(written);
  });
}

function search(value: unknown, path: string, around: Around, depth: number, key: string): McpMessage[] {
  if (depth > MAX_ENVELOPES) return [];
  if (Array.isArray(value))
    return (value as unknown[]).flatMap((item, i) =>
      search(item, `${path}/${i}`, within(around, value as unknown[], String(i)), depth, key),
    );
  if (typeof value === 'string') {
    if (!QUOTING.has(key) || !/[[{]/.test(value)) return [];
    return embeddedValues(value).values.flatMap(({ value: quoted, before }) =>
      // A quotation is no envelope of its own; it is shorter than what quotes it, so that this ends.
      search(quoted, path, { ...wordsAround(before), ...around }, depth, key),
    );
  }
  if (!isObject(value)) return [];
  if (isJsonRpc(value)) return [{ body: value, path, ...around }];
  const inside = { ...around, ...entryAround(value) };
  if (key === 'response' && isBareResult(value)) return [{ body: { result: value }, path, ...around }];
  const wrapped = Object.entries(value).flatMap(([name, inner]) =>
    search(
      inner,
      `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
      within(inside, value, name),
      depth + 1,
      name,
    ),
  );
  return wrapped.length === 0 && isBareRequest(value) ? [{ body: value, path, ...inside }] : wrapped;
}

/** The same with what an entry holds beside the message in `name`. Only of that which can hold one. */
function within(around: Around, entry: UnknownObject | readonly unknown[], name: string): Around {
  const inner = (entry as Readonly<Record<string, unknown>>)[name];
  if (typeof inner !== 'object' && !(typeof inner === 'string' && /[[{]/.test(inner))) return around;
  const beside = entrySurroundings(entry, name);
  return beside === '' ? around : { ...around, surroundings: `${around.surroundings}\n${beside}` };
}

/** What an entry says around its messages. */
export function entryAround(entry: UnknownObject): Omit<Around, 'surroundings'> {
  const time = TIMES.map((key) => member(entry, key)).find((found) => found !== undefined);
  const named = SERVERS.map((key) => member(entry, key)).find((found) => found !== undefined);
  const server = text(isObject(named) ? member(named, 'name') : named);
  const connection = CONNECTIONS.map((key) => textOrNumber(member(entry, key))).find((found) => found !== undefined);
  return {
    ...(time === undefined ? {} : { time }),
    ...(server === undefined ? {} : { server }),
    ...(connection === undefined ? {} : { connection }),
  };
}

const STAMP = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)/i;
const BRACKETED = /\[([^\][{}]{1,80})\]/g;
const LEVEL =
  /^(trace|debug|info|notice|warn|warning|error|err|critical|crit|fatal|alert|emerg|emergency|verbose|log)$/i;
const DIRECTION =
  /->|<-|→|←|=>|<=|^(client|server|stdio|stdin|stdout|stderr|send|sent|recv|received|in|out|request|response|c2s|s2c|http|sse|mcp)$/i;
/** `name | …` as container tools write it, `server=name`. */
const LABEL = /^\s*([\w.@/-]{1,80})\s*\||\b(?:server|server_name|mcp_server)[=:]\s*"?([\w.@/-]{1,80})/i;

/**
 * What the words before a message say: the time where it has a zone, and the connection by its name in brackets or before a bar.
 * Claude Desktop writes `[NAME] … Message from client: {…}` (mcp.log and mcp-server-NAME.log), where NAME is its server's name.
 */
function wordsAround(before: string): Omit<Around, 'surroundings'> {
  if (before.trim() === '') return {};
  const time = STAMP.exec(before)?.[0].replace(',', '.');
  const names = [...before.matchAll(BRACKETED)].map(([, name = '']) => name.trim());
  const bracketed = names.find((name) => !LEVEL.test(name) && !DIRECTION.test(name) && !/^[\d\s:.,TZ+-]*$/.test(name));
  const label = LABEL.exec(before);
  const name = bracketed ?? label?.[1] ?? label?.[2];
  const isServer = bracketed !== undefined && /message from (client|server)/i.test(before);
  return {
    ...(time === undefined ? {} : { time }),
    ...(isServer ? { server: bracketed } : name === undefined ? {} : { connection: name }),
  };
}

import type { CatalogTool, JsonObject } from '../../engine';

/** What a client says of itself. */
export interface McpClient {
  readonly name?: string;
  readonly version?: string;
  readonly protocolVersion?: string;
}

/** A request whose answer has not been seen. `call` is what a `tools/call` asks for. */
interface PendingRequest {
  readonly method: string;
  readonly call?: string;
  /** The call that waits for this answer to be given out. */
  readonly waiting?: WaitingMcpCall;
  /** What the log writes around it. */
  readonly surroundings: string;
}

/** A call whose server, and so what was listed of its tool, is known by the answer only. */
export interface WaitingMcpCall {
  /** `server`: by its own name, where the answer states it. */
  settle(server: string | undefined): void;
}

/** A `tools/call` by what it asks for, and by whom: equal for a call and its retry with the input that the server required. */
export const callKey = (name: string, args: JsonObject, client: McpClient | undefined): string =>
  JSON.stringify([name, args, client?.name, client?.version, client?.protocolVersion]);

/** What a listed tool lends to its calls, as one text. */
const lentFacts = ({ title, annotations }: CatalogTool): string => JSON.stringify([title ?? null, annotations ?? null]);

/** A tool, and the server that listed it where the answer names it (revision 2026-07-28). */
interface SessionTool {
  readonly tool: CatalogTool;
  readonly server: string | undefined;
}

/** What is known of the connection whose messages have the same surroundings. */
class McpConnection {
  client: McpClient = {};
  /** The server by its own name. */
  serverName: string | undefined;
  mixed = false;
  announced = false;
  readonly tools = new Map<string, readonly SessionTool[]>();

  /** The other one is this one. */
  join(other: McpConnection): void {
    this.client = { ...this.client, ...other.client };
    this.serverName ??= other.serverName;
    this.announced ||= other.announced;
    for (const [name, tools] of other.tools) this.tools.set(name, [...(this.tools.get(name) ?? []), ...tools]);
    if (this.mixed || other.mixed) this.mix();
  }

  mix(): void {
    this.mixed = true;
    this.client = {};
    this.tools.clear();
  }
}

/** So many different surroundings are distinguished in one session; a hostile log has no more. */
const MOST_CONNECTIONS = 1_000;

/**
 * What one session has shown so far. Messages of several servers may run together in it: what one connection lists is lent to the calls with
 * the same surroundings alone. Where those do not differ either, an id that is used again before its answer, or two servers' names, show it,
 * and then no list is used for another message.
 */
export class McpSession {
  readonly #connections = new Map<string, McpConnection>();
  readonly #pending = new Map<string, PendingRequest>();
  /** The pending requests of each id. */
  readonly #keysOf = new Map<string, Set<string>>();
  #opening: string | undefined;
  readonly #seen = new Set<string>();
  /** Calls for which the server required input, with the state that the retry brings back. */
  readonly #awaiting = new Map<string, string | undefined>();

  /** `before`: the session that an `initialize` with these surroundings ends; the connections with other ones go on. */
  constructor(
    readonly key: string,
    before?: McpSession,
    surroundings = '',
  ) {
    for (const [around, connection] of before ? before.#connections : [])
      if (around !== surroundings) this.#connections.set(around, connection);
  }

  at(surroundings: string): McpConnection {
    const known = this.#connections.get(surroundings);
    if (known) return known;
    const connection = new McpConnection();
    if (this.#connections.size < MOST_CONNECTIONS) this.#connections.set(surroundings, connection);
    return connection;
  }

  /** What was known by these surroundings is known by others from now on, with what is known by those; or by none. */
  rename(from: string, to: string | undefined): void {
    const connection = this.#connections.get(from);
    if (connection === undefined) return;
    this.#connections.delete(from);
    const known = to === undefined ? undefined : this.#connections.get(to);
    if (known !== undefined) known.join(connection);
    else if (to !== undefined) this.#connections.set(to, connection);
  }

  get mixed(): boolean {
    return [...this.#connections.values()].some(({ mixed }) => mixed);
  }

  /** Notes a request; true where its id repeats that of an earlier one. */
  request(id: string | undefined, pending: PendingRequest): boolean {
    if (id === undefined) return false;
    const key = requestKey(id, pending.surroundings);
    const open = this.#pending.get(key);
    if (open && open.method === pending.method && pending.method === 'tools/list') this.at(pending.surroundings).mix();
    this.#opening = pending.method === 'initialize' ? key : undefined;
    this.#pending.set(key, pending);
    const keys = this.#keysOf.get(id);
    if (keys) keys.add(key);
    else this.#keysOf.set(id, new Set([key]));
    const repeats = this.#seen.has(key);
    this.#seen.add(key);
    return repeats;
  }

  /** Whether an `initialize` is the last request, and waits for its answer. */
  get isOpening(): boolean {
    return this.#opening !== undefined && this.#pending.has(this.#opening);
  }

  /** The request that an answer belongs to: that with the same surroundings, or else the only one with its id. */
  answer(id: string | undefined, surroundings: string): PendingRequest | undefined {
    if (id === undefined) return undefined;
    const own = requestKey(id, surroundings);
    const keys = this.#keysOf.get(id);
    const [only] = keys?.size === 1 ? keys : [];
    const key = this.#pending.has(own) ? own : only;
    const pending = key === undefined ? undefined : this.#pending.get(key);
    if (key === undefined || pending === undefined) return undefined;
    this.#pending.delete(key);
    keys?.delete(key);
    if (keys?.size === 0) this.#keysOf.delete(id);
    return pending;
  }

  /** The server names itself. */
  serverIs(name: string, surroundings: string): void {
    const connection = this.at(surroundings);
    if (connection.serverName !== undefined && connection.serverName !== name) connection.mix();
    connection.serverName ??= name;
  }

  /**
   * Notes what the server lists. Two lists that describe one tool differently, with no change announced before, may come from two servers:
   * then neither lends its facts to a call.
   */
  list(tools: readonly CatalogTool[], surroundings: string, server?: string): void {
    const connection = this.at(surroundings);
    if (connection.mixed) return;
    const before = (tool: CatalogTool) => connection.tools.get(tool.name) ?? [];
    const contradicts = tools.some((tool) =>
      before(tool).some((known) => known.server === server && lentFacts(known.tool) !== lentFacts(tool)),
    );
    if (contradicts && !connection.announced) return connection.mix();
    for (const tool of tools) {
      const others = before(tool).filter((known) => known.server !== server);
      connection.tools.set(tool.name, [...others, { tool, server }]);
    }
  }

  /** The server announces that its list of tools changes. */
  announceChange(surroundings: string): void {
    this.at(surroundings).announced = true;
  }

  /** What the servers with these surroundings list under a name. */
  listed(name: string, surroundings: string): readonly SessionTool[] {
    return this.#connections.get(surroundings)?.tools.get(name) ?? [];
  }

  /** Whether the tool is listed with other surroundings alone. */
  listedElsewhere(name: string, surroundings: string): boolean {
    return [...this.#connections].some(([around, { tools }]) => around !== surroundings && tools.has(name));
  }

  /** The server requires input before it does what `call` asks for. */
  await(call: string, state: string | undefined): void {
    this.#awaiting.set(call, state);
  }

  /** True where a request with this state continues a call that waits for input. */
  continues(call: string, state: string | undefined): boolean {
    if (!this.#awaiting.has(call) || this.#awaiting.get(call) !== state) return false;
    this.#awaiting.delete(call);
    return true;
  }
}

const requestKey = (id: string, surroundings: string): string => JSON.stringify([id, surroundings]);

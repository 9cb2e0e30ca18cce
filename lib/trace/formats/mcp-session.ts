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
}

/** A `tools/call` by what it asks for: equal for a call and its retry with the input that the server required. */
export const callKey = (name: string, args: JsonObject | undefined): string => JSON.stringify([name, args ?? {}]);

/** What a listed tool lends to its calls, as one text. */
const lentFacts = ({ title, annotations }: CatalogTool): string => JSON.stringify([title ?? null, annotations ?? null]);

/**
 * What one connection has shown so far. Where the log does not tell connections apart, messages of several servers may run together: an id
 * that is used again before its answer, or two servers' names, show it, and then no tool's list is used for another message.
 */
export class McpSession {
  client: McpClient = {};
  /** The server by its own name. */
  serverName: string | undefined;
  mixed = false;
  readonly #tools = new Map<string, CatalogTool>();
  #announced = false;
  readonly #pending = new Map<string, PendingRequest>();
  #opening: string | undefined;
  readonly #seen = new Set<string>();
  /** Calls for which the server required input, with the state that the retry brings back. */
  readonly #awaiting = new Map<string, string | undefined>();

  constructor(readonly key: string) {}

  /** Notes a request; true where its id repeats that of an earlier one. */
  request(id: string | undefined, pending: PendingRequest): boolean {
    if (id === undefined) return false;
    const open = this.#pending.get(id);
    if (open && open.method === pending.method && pending.method === 'tools/list') this.mix();
    this.#opening = pending.method === 'initialize' ? id : undefined;
    this.#pending.set(id, pending);
    const repeats = this.#seen.has(id);
    this.#seen.add(id);
    return repeats;
  }

  /** Whether an `initialize` is the last request, and waits for its answer. */
  get isOpening(): boolean {
    return this.#opening !== undefined && this.#pending.has(this.#opening);
  }

  /** The request that an answer belongs to. */
  answer(id: string | undefined): PendingRequest | undefined {
    if (id === undefined) return undefined;
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    return pending;
  }

  /** The server names itself. */
  serverIs(name: string): void {
    if (this.serverName !== undefined && this.serverName !== name) this.mix();
    this.serverName ??= name;
  }

  /**
   * Notes what the server lists. Two lists that describe one tool differently, with no change announced before, may come from two servers:
   * then neither lends its facts to a call.
   */
  list(tools: readonly CatalogTool[]): void {
    if (this.mixed) return;
    const contradicts = tools.some((tool) => {
      const known = this.#tools.get(tool.name);
      return known !== undefined && lentFacts(known) !== lentFacts(tool);
    });
    if (contradicts && !this.#announced) return this.mix();
    for (const tool of tools) this.#tools.set(tool.name, tool);
  }

  /** The server announces that its list of tools changes. */
  announceChange(): void {
    this.#announced = true;
  }

  listed(name: string): CatalogTool | undefined {
    return this.#tools.get(name);
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

  /** Messages of several connections run together: what was learned holds for none of them for certain. */
  mix(): void {
    this.mixed = true;
    this.client = {};
    this.#tools.clear();
  }
}

import type { CallToolResult, ClientCapabilities, InputRequiredResult } from '@modelcontextprotocol/client';

/**
 * Since MCP revision 2026-07-28 a server may answer a call with what it requires of the client (a confirmation, say); the client's next
 * request, with the same arguments, brings it.
 */
export interface ClientInput {
  /** What the client can be asked for. */
  readonly capabilities: Pick<ClientCapabilities, 'elicitation' | 'sampling' | 'roots'>;
  /** What the client answers to that; undefined in the first request of a call. */
  readonly responses: Readonly<Record<string, unknown>> | undefined;
  /** The server's own note, echoed by the client. */
  readonly state: string | undefined;
}

export const NO_INPUT: ClientInput = { capabilities: {}, responses: undefined, state: undefined };

export type UpstreamResult = CallToolResult | InputRequiredResult;

/** More calls than that do not wait: the oldest is forgotten, and its next request counts as a call of its own. */
export const MAX_AWAITED_CALLS = 1000;

/** The calls whose servers wait for input of the client. */
export class AwaitedCalls<T> {
  readonly #calls = new Map<string, T>();

  add(key: string, call: T): void {
    this.#calls.delete(key);
    this.#calls.set(key, call);
    if (this.#calls.size <= MAX_AWAITED_CALLS) return;
    const [oldest] = this.#calls.keys();
    if (oldest !== undefined) this.#calls.delete(oldest);
  }

  /** The call that a request continues; it waits no longer. */
  take(key: string): T | undefined {
    const call = this.#calls.get(key);
    this.#calls.delete(key);
    return call;
  }
}

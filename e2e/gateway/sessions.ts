import { randomUUID } from 'node:crypto';
import { WebStandardStreamableHTTPServerTransport, type Server } from '@modelcontextprotocol/server';

/** A client that disconnects silently leaves its session open: those that were unused for longest are closed for new ones. */
export const MAX_SESSIONS = 100;

interface ClientSession {
  readonly transport: WebStandardStreamableHTTPServerTransport;
  /** Requests that are being answered, and streams that are open. */
  inUse: number;
}

/** The sessions of clients that speak a revision of MCP before 2026-07-28, the least recently used one first. */
export class Sessions {
  readonly #open = new Map<string, ClientSession>();
  readonly #newServer: () => Server;

  constructor(newServer: () => Server) {
    this.#newServer = newServer;
  }

  /** `body` is what the request holds, as JSON; undefined where it holds none. */
  async fetch(request: Request, body: unknown): Promise<Response> {
    const options = body === undefined ? {} : { parsedBody: body };
    const id = request.headers.get('mcp-session-id');
    const session = id === null ? undefined : this.#open.get(id);
    if (id !== null && session === undefined) return refusal(404, 'no such session: begin with `initialize`');
    if (id !== null && session !== undefined) {
      this.#open.delete(id);
      this.#open.set(id, session);
      return this.#used(session, () => session.transport.handleRequest(request, options));
    }
    if (this.#open.size >= MAX_SESSIONS && !this.#makeRoom())
      return refusal(503, 'every session is in use: try again later');
    return this.#opened(request, options);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#open.values()].map(({ transport }) => transport.close()));
    this.#open.clear();
  }

  async #opened(request: Request, options: { readonly parsedBody?: unknown }): Promise<Response> {
    const transport: WebStandardStreamableHTTPServerTransport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized: (id) => void this.#open.set(id, session),
      onsessionclosed: (id) => void this.#open.delete(id),
    });
    const session: ClientSession = { transport, inUse: 0 };
    const server = this.#newServer();
    await server.connect(transport);
    const response = await this.#used(session, () => transport.handleRequest(request, options));
    // What did not open a session leaves nothing behind.
    if (transport.sessionId === undefined) await server.close();
    return response;
  }

  /** Closes the session that was unused for longest. False where all are in use. */
  #makeRoom(): boolean {
    for (const [id, session] of this.#open) {
      if (session.inUse > 0) continue;
      this.#open.delete(id);
      void session.transport.close();
      return true;
    }
    return false;
  }

  /** INVARIANT: a session is in use until its answer has been read to the end, or is not wanted any more. */
  async #used(session: ClientSession, answer: () => Promise<Response>): Promise<Response> {
    session.inUse++;
    let response: Response;
    try {
      response = await answer();
    } catch (error) {
      session.inUse--;
      throw error;
    }
    if (response.body === null) {
      session.inUse--;
      return response;
    }
    return new Response(
      untilOver(response.body, () => session.inUse--),
      response,
    );
  }
}

/** The same stream, with a call when it was read to its end, failed, or was cancelled. */
function untilOver(stream: ReadableStream<Uint8Array>, over: () => void): ReadableStream<Uint8Array> {
  const reader = stream.getReader();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (!done) return controller.enqueue(value);
        over();
        controller.close();
      } catch (error) {
        over();
        controller.error(error);
      }
    },
    cancel(reason) {
      over();
      return reader.cancel(reason);
    },
  });
}

const refusal = (status: number, message: string): Response =>
  Response.json({ jsonrpc: '2.0', id: null, error: { code: -32_000, message } }, { status });

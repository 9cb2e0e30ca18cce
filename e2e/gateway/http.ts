import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { localhostHostValidation, localhostOriginValidation, toNodeHandler } from '@modelcontextprotocol/node';
import {
  createMcpHandler,
  isLegacyRequest,
  WebStandardStreamableHTTPServerTransport,
} from '@modelcontextprotocol/server';
import type { Gateway } from './gateway';
import { serverFor } from './serve';

const HOST = '127.0.0.1';
const MAX_BODY_BYTES = 2 * 1024 * 1024;
/** A client that goes away without saying so leaves its session behind: the oldest make room. */
const MAX_SESSIONS = 100;

export interface HttpServing {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves streamable HTTP at `/mcp`, to this machine alone. A page in a browser may reach the loopback interface too, also under a
 * name of its own that it points there: `Host` and `Origin` must be of this machine.
 */
export async function serveOverHttp(
  gateway: Gateway,
  port: number,
  said: (sentence: string) => void,
): Promise<HttpServing> {
  const onerror = (error: Error): void => said(`a request was not served: ${error.message}`);
  const sessions = new Sessions(gateway);
  const modern = createMcpHandler(() => serverFor(gateway, HOST), {
    legacy: 'reject',
    maxRequestBodySize: MAX_BODY_BYTES,
    onerror,
  });
  const end = gateway.onToolsChanged(() => modern.notify.toolsChanged());
  const handle = toNodeHandler(
    {
      // The protocol of 2025 opens a session first; since 2026 every request says itself what it needs.
      fetch: async (request) =>
        (await isLegacyRequest(request, undefined, { maxRequestBodySize: MAX_BODY_BYTES }))
          ? sessions.fetch(request)
          : modern.fetch(request),
    },
    { maxRequestBodySize: MAX_BODY_BYTES, onerror },
  );
  const guards = [onlyFromHere, localhostHostValidation(), localhostOriginValidation()];
  const server = createServer((request, response) => {
    if (!guards.every((guard) => guard(request, response))) return;
    if (request.url?.split('?')[0] !== '/mcp') {
      response.writeHead(404).end();
      return;
    }
    // What a server is asked has a method and an address: the type is one for clients too.
    void handle(request as IncomingMessage & { method: string; url: string }, response);
  });
  await new Promise<void>((done, failed) => server.once('error', failed).listen(port, HOST, done));
  return {
    url: `http://${HOST}:${String((server.address() as AddressInfo).port)}/mcp`,
    close: async () => {
      end();
      await Promise.all([sessions.close(), modern.close()]);
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

/** INVARIANT: `request.ip` is told to the policy as `HOST`, so nothing else is served. */
function onlyFromHere(request: IncomingMessage, response: ServerResponse): boolean {
  if (request.socket.remoteAddress === HOST) return true;
  response.writeHead(403).end();
  return false;
}

/** The sessions of clients that speak the protocol of 2025. */
class Sessions {
  readonly #open = new Map<string, WebStandardStreamableHTTPServerTransport>();
  readonly #gateway: Gateway;

  constructor(gateway: Gateway) {
    this.#gateway = gateway;
  }

  async fetch(request: Request): Promise<Response> {
    const id = request.headers.get('mcp-session-id');
    const open = id === null ? undefined : this.#open.get(id);
    if (open !== undefined) return open.handleRequest(request);
    if (id !== null) return new Response('No such session', { status: 404 });
    const transport: WebStandardStreamableHTTPServerTransport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      maxRequestBodySize: MAX_BODY_BYTES,
      onsessioninitialized: (opened) => this.#keep(opened, transport),
      onsessionclosed: (closed) => void this.#open.delete(closed),
    });
    const server = serverFor(this.#gateway, HOST);
    await server.connect(transport);
    const response = await transport.handleRequest(request);
    // What did not open a session leaves nothing behind.
    if (transport.sessionId === undefined) await server.close();
    return response;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#open.values()].map((transport) => transport.close()));
    this.#open.clear();
  }

  #keep(id: string, transport: WebStandardStreamableHTTPServerTransport): void {
    this.#open.set(id, transport);
    const [oldest] = this.#open;
    if (this.#open.size <= MAX_SESSIONS || oldest === undefined) return;
    this.#open.delete(oldest[0]);
    void oldest[1].close();
  }
}

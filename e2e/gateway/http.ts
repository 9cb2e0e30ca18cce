import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { localhostHostValidation, localhostOriginValidation, toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, isLegacyRequest } from '@modelcontextprotocol/server';
import type { Gateway } from './gateway';
import { serverFor, type Serving } from './serve';
import { Sessions } from './sessions';
import { answerTo, MAX_MESSAGE_BYTES, readMessage, tooLarge, type MessageRefusal } from './wire/message';

const HOST = '127.0.0.1';

type Handler = (
  request: IncomingMessage & { method: string; url: string },
  response: ServerResponse,
  body?: unknown,
) => Promise<void>;

/**
 * Serves streamable HTTP at `/mcp`, to this machine alone. A page in a browser may reach the loopback interface too, also under a
 * name of its own that it points there: `Host` and `Origin` must be of this machine. Rejects where the port is taken.
 */
export async function serveOverHttp(
  gateway: Gateway,
  port: number,
  said: (sentence: string) => void,
): Promise<Serving> {
  const { handle, close: closeMcp } = mcpHandler(gateway, said);
  const guards = [onlyFromHere, localhostHostValidation(), localhostOriginValidation()];
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (!guards.every((guard) => guard(request, response))) return;
    if (request.url?.split('?')[0] !== '/mcp') return void response.writeHead(404).end();
    const read = await readBody(request);
    if (read.kind === 'refused') {
      gateway.refused(read.refusal);
      return refuse(read.refusal, read.status, response);
    }
    // What a server is asked has a method and an address: the type is one for clients too.
    await handle(request as IncomingMessage & { method: string; url: string }, response, read.body);
  };
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      said(`a request was not served: ${String(error)}`);
      response.destroy();
    });
  });
  await new Promise<void>((done, failed) => server.once('error', failed).listen(port, HOST, done));
  return {
    words: `serving on http://${HOST}:${String((server.address() as AddressInfo).port)}/mcp`,
    ended: new Promise(() => undefined),
    close: async () => {
      await closeMcp();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

/** Both eras of the protocol: that of 2025 opens a session first; since 2026 every request says itself what it needs. */
function mcpHandler(gateway: Gateway, said: (sentence: string) => void): { handle: Handler; close(): Promise<void> } {
  const onerror = (error: Error): void => said(`a request was not served: ${error.message}`);
  const sessions = new Sessions(() => serverFor(gateway, HOST));
  const modern = createMcpHandler(() => serverFor(gateway, HOST), { legacy: 'reject', onerror });
  const end = gateway.onToolsChanged(() => modern.notify.toolsChanged());
  const handle = toNodeHandler(
    {
      fetch: async (request, options) => {
        const body: unknown = options?.parsedBody;
        if (await isLegacyRequest(request, body)) return sessions.fetch(request, body);
        return modern.fetch(request, body === undefined ? {} : { parsedBody: body });
      },
    },
    { onerror },
  );
  return {
    handle,
    close: async () => {
      end();
      await Promise.all([sessions.close(), modern.close()]);
    },
  };
}

/** INVARIANT: the policy takes `HOST` for `request.ip`, so no other machine is served. */
function onlyFromHere(request: IncomingMessage, response: ServerResponse): boolean {
  if (request.socket.remoteAddress === HOST) return true;
  response.writeHead(403).end();
  return false;
}

type ReadBody =
  | { readonly kind: 'read'; readonly body: unknown }
  | { readonly kind: 'refused'; readonly refusal: MessageRefusal; readonly status: number };

/** Reads the message in a request; one that is too large is not kept. */
async function readBody(request: IncomingMessage): Promise<ReadBody> {
  if (request.method !== 'POST') return { kind: 'read', body: undefined };
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_MESSAGE_BYTES) {
      const refusal = tooLarge({ id: undefined, method: undefined });
      return { kind: 'refused', refusal, status: 413 };
    }
    chunks.push(chunk);
  }
  const read = readMessage(Buffer.concat(chunks));
  return read.ok ? { kind: 'read', body: read.value } : { kind: 'refused', refusal: read.refusal, status: 400 };
}

/** What is wrong with the arguments of a call is answered to that call, as a client expects it: with 200 and the call's id. */
function refuse(refusal: MessageRefusal, status: number, response: ServerResponse): void {
  const { code, reason, envelope, batch = [envelope] } = refusal;
  const answer = answerTo(refusal) ?? answerTo({ code, reason, envelope: { id: undefined, method: undefined } });
  const answersCall = batch.some(({ id, method }) => id !== undefined && id !== null && method !== undefined);
  // The rest of a body that is too large is not read.
  const headers = { 'content-type': 'application/json', ...(status === 413 ? { connection: 'close' } : {}) };
  response.writeHead(answersCall ? 200 : status, headers).end(JSON.stringify(answer));
}

import { CLIENT_INFO_META_KEY, Server, type ServerContext } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import type { Caller } from './facts';
import type { Gateway } from './gateway';
import { IMPLEMENTATION } from './upstream';

/** An MCP server for one connection (or one request, where the protocol has no connections), with the gateway behind it. */
export function serverFor(gateway: Gateway, ip: string | null): Server {
  const server = new Server(IMPLEMENTATION, { capabilities: { tools: { listChanged: true } } });
  const callerOf = (context: ServerContext): Caller => ({
    client: clientOf(context, server),
    ip,
    userAgent: context.http?.req?.headers.get('user-agent') ?? null,
  });
  server.setRequestHandler('tools/list', (_, context) => ({ tools: gateway.list(callerOf(context)) }));
  server.setRequestHandler('tools/call', ({ params }, context) =>
    gateway.call(callerOf(context), params.name, params.arguments, context.mcpReq.signal),
  );
  const end = gateway.onToolsChanged(() => {
    // Nobody may be connected yet, or any more.
    void server.sendToolListChanged().catch(() => undefined);
  });
  server.onclose = end;
  return server;
}

/** The protocol of 2025 has clients introduce themselves once; since 2026 every request does. */
function clientOf(context: ServerContext, server: Server): Caller['client'] {
  const envelope: Readonly<Record<string, unknown>> = { ...context.mcpReq.envelope };
  const info: unknown = envelope[CLIENT_INFO_META_KEY] ?? server.getClientVersion();
  if (typeof info !== 'object' || info === null || !('name' in info) || !('version' in info)) return undefined;
  const { name, version } = info;
  return typeof name === 'string' && typeof version === 'string' ? { name, version } : undefined;
}

/** Serves one client over this process's standard input and output, until the input ends. */
export function serveOverStdio(gateway: Gateway, said: (sentence: string) => void): { close(): Promise<void> } {
  return serveStdio(() => serverFor(gateway, null), {
    onerror: (error) => said(`a message was not read: ${error.message}`),
  });
}

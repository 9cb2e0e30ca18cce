import {
  CLIENT_CAPABILITIES_META_KEY,
  CLIENT_INFO_META_KEY,
  PROTOCOL_VERSION_META_KEY,
  Server,
  type Implementation,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import type { ClientInput } from './client-input';
import type { Caller } from './facts';
import type { Gateway } from './gateway';
import { IMPLEMENTATION } from './upstream/upstream';
import { StdioWire } from './wire/stdio';

/** An MCP server for one connection (or one request, where the protocol has no connections), with the gateway behind it. */
export function serverFor(gateway: Gateway, ip: string | null): Server {
  const server = new Server(IMPLEMENTATION, { capabilities: { tools: { listChanged: true } } });
  const callerOf = (context: ServerContext): Caller => ({
    ...introductionOf(context, server),
    ip,
    userAgent: context.http?.req?.headers.get('user-agent') ?? null,
  });
  server.setRequestHandler('tools/list', async (_, context) => ({ tools: await gateway.list(callerOf(context)) }));
  server.setRequestHandler('tools/call', ({ params }, context) =>
    gateway.call(callerOf(context), params.name, params.arguments, context.mcpReq.signal, inputOf(context, server)),
  );
  const end = gateway.onToolsChanged(() => {
    // No client may be connected yet, or any more.
    void server.sendToolListChanged().catch(() => undefined);
  });
  server.onclose = end;
  return server;
}

/** Up to revision 2025-11-25 a client introduces itself once, in `initialize`; since 2026-07-28 every request does. */
function introductionOf(context: ServerContext, server: Server): Pick<Caller, 'client' | 'protocolVersion'> {
  const envelope: Readonly<Record<string, unknown>> = { ...context.mcpReq.envelope };
  const version = envelope[PROTOCOL_VERSION_META_KEY] ?? server.getNegotiatedProtocolVersion();
  return {
    client: clientOf(envelope[CLIENT_INFO_META_KEY] ?? server.getClientVersion()),
    protocolVersion: typeof version === 'string' ? version : undefined,
  };
}

/** For a client of 2025 the SDK asks by requests of its own, and then brings the answers here as a client of 2026 does. */
function inputOf({ mcpReq }: ServerContext, server: Server): ClientInput {
  const envelope: Readonly<Record<string, unknown>> = { ...mcpReq.envelope };
  const stated = envelope[CLIENT_CAPABILITIES_META_KEY] ?? server.getClientCapabilities();
  const { elicitation, sampling, roots } = (stated ?? {}) as ClientInput['capabilities'];
  return {
    capabilities: {
      ...(elicitation === undefined ? {} : { elicitation }),
      ...(sampling === undefined ? {} : { sampling }),
      ...(roots === undefined ? {} : { roots }),
    },
    responses: mcpReq.inputResponses,
    state: mcpReq.requestState<string>(),
  };
}

function clientOf(info: unknown): Pick<Implementation, 'name' | 'version'> | undefined {
  if (typeof info !== 'object' || info === null || !('name' in info) || !('version' in info)) return undefined;
  const { name, version } = info;
  return typeof name === 'string' && typeof version === 'string' ? { name, version } : undefined;
}

export interface Serving {
  /** For the operator: `serving over stdio`. */
  readonly words: string;
  /** Resolves when there is no client any more, and there will be none. */
  readonly ended: Promise<void>;
  close(): Promise<void>;
}

/** Serves one client over this process's standard input and output, until the input ends and what it asked is answered. */
export function serveOverStdio(gateway: Gateway, said: (sentence: string) => void): Serving {
  const wire = new StdioWire(process.stdin, process.stdout, (refusal) => gateway.refused(refusal));
  const handle = serveStdio(() => serverFor(gateway, null), {
    transport: wire,
    onerror: (error) => said(`the connection to the client: ${error.message}`),
  });
  return { words: 'serving over stdio', ended: wire.ended, close: () => handle.close() };
}

import { Client, StreamableHTTPClientTransport, type CallToolResult, type Tool } from '@modelcontextprotocol/client';
import { getDefaultEnvironment, StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import type { JsonObject } from '../../lib/engine';
import type { ResourceFacts } from './facts';
import type { ServerSpec } from './servers';

export const IMPLEMENTATION = { name: 'policy-gateway', version: '0.1.0' };
const CALL_TIMEOUT_MS = 5 * 60_000;

export interface Watcher {
  /** The tools are others than before. */
  changed(): void;
  /** Something for the operator to read. */
  said(sentence: string): void;
}

/** A real MCP server behind the gateway. */
export class Upstream {
  readonly resource: ResourceFacts;
  readonly #client: Client;
  #tools: readonly Tool[] = [];
  #open = false;

  private constructor(spec: ServerSpec, watcher: Watcher) {
    const { slug, name, tags } = spec;
    this.resource = { slug, name, tags };
    const onChanged = (error: Error | null, tools: Tool[] | null): void => {
      if (error !== null || tools === null) {
        watcher.said(`${slug}: its tools changed and cannot be listed: ${error?.message ?? 'no answer'}`);
        return;
      }
      this.#tools = tools;
      watcher.changed();
    };
    this.#client = new Client(IMPLEMENTATION, { listChanged: { tools: { onChanged } } });
    this.#client.onclose = () => {
      if (!this.#open) return;
      this.#open = false;
      this.#tools = [];
      watcher.said(`${slug}: the connection is gone, and so are its tools`);
      watcher.changed();
    };
  }

  /** Connects and lists the tools. Rejects where either fails. */
  static async connect(spec: ServerSpec, watcher: Watcher): Promise<Upstream> {
    const upstream = new Upstream(spec, watcher);
    try {
      await upstream.#client.connect(transportFor(spec));
      const { tools } = await upstream.#client.listTools();
      upstream.#tools = tools;
      upstream.#open = true;
    } catch (error) {
      await upstream.close();
      throw error;
    }
    return upstream;
  }

  get tools(): readonly Tool[] {
    return this.#tools;
  }

  /** INVARIANT: only called for what the policy allowed. */
  call(name: string, args: JsonObject, signal: AbortSignal): Promise<CallToolResult> {
    return this.#client.callTool({ name, arguments: args }, { signal, timeout: CALL_TIMEOUT_MS });
  }

  async close(): Promise<void> {
    this.#open = false;
    await this.#client.close();
  }
}

function transportFor({ reach }: ServerSpec): StdioClientTransport | StreamableHTTPClientTransport {
  if (reach.kind === 'http')
    return new StreamableHTTPClientTransport(reach.url, { requestInit: { headers: reach.headers, redirect: 'error' } });
  const { command, args, env, cwd } = reach;
  // A server gets the few variables that programs need, and those that the file gives it: not the gateway's own.
  return new StdioClientTransport({ command, args: [...args], env: { ...getDefaultEnvironment(), ...env }, cwd });
}

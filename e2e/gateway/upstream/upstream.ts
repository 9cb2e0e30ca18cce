import {
  Client,
  CLIENT_CAPABILITIES_META_KEY,
  SdkError,
  SdkErrorCode,
  SdkHttpError,
  SSEClientTransport,
  StreamableHTTPClientTransport,
  type Tool,
  type Transport,
} from '@modelcontextprotocol/client';
import type { JsonObject } from '../../../lib/engine';
import type { ResourceFacts } from '../facts';
import type { ClientInput, UpstreamResult } from '../client-input';
import { boundedFetch } from './bounded-fetch';
import { ChildTransport } from './child';
import { checkedTools } from './names';
import type { ServerSpec } from './servers';

export const IMPLEMENTATION = { name: 'policy-gateway', version: '0.1.0' };
const CALL_TIMEOUT_MS = 5 * 60_000;
/** A server of 2025 that leaves an unknown request unanswered is then spoken to as one of 2025. */
const PROBE_TIMEOUT_MS = 10_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 60_000;

export interface Watcher {
  /** The tools are others than before. */
  changed(): void;
  /** Something for the operator to read. */
  said(sentence: string): void;
  /** Resolves after so many milliseconds, or when the signal says so. */
  pause(ms: number, signal: AbortSignal): Promise<void>;
}

/** How long to wait before a server is started again after so many times in a row. */
export const pauseAfter = (failures: number): number =>
  Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 1));

/** A real MCP server behind the gateway, which is connected to again, after a pause that grows, whenever it is gone. */
export class Upstream {
  readonly resource: ResourceFacts;
  /** Whether the first attempt to connect succeeded; never rejects. */
  readonly firstAttempt: Promise<boolean>;
  readonly #spec: ServerSpec;
  readonly #aggregated: boolean;
  readonly #watcher: Watcher;
  readonly #ending = new AbortController();
  readonly #running: Promise<void>;
  #client: Client | undefined;
  #tools: readonly Tool[] | undefined;
  #answered = false;

  /** Starts to connect. `aggregated`: whether there are other servers, so that its tools get a prefix. */
  constructor(spec: ServerSpec, aggregated: boolean, watcher: Watcher) {
    const { slug, name, tags } = spec;
    this.resource = { slug, name, tags };
    this.#spec = spec;
    this.#aggregated = aggregated;
    this.#watcher = watcher;
    let settled: (connected: boolean) => void = () => undefined;
    this.firstAttempt = new Promise((done) => (settled = done));
    this.#running = this.#keepConnected(settled);
  }

  /** As the server lists them; undefined while there is no connection. */
  get tools(): readonly Tool[] | undefined {
    return this.#tools;
  }

  /** INVARIANT: only called for what the policy allowed. */
  async call(tool: Tool, args: JsonObject, signal: AbortSignal, input: ClientInput): Promise<UpstreamResult> {
    const client = this.#client;
    if (client === undefined) throw new Error('the server is not connected');
    // Results are passed on as they are: without an output schema they are not validated here.
    const { outputSchema: _, ...toolDefinition } = tool;
    try {
      const result: UpstreamResult = await client.callTool(
        { name: tool.name, arguments: args, ...(client.getProtocolEra() === 'modern' ? inputParams(input) : {}) },
        { signal, timeout: CALL_TIMEOUT_MS, toolDefinition, allowInputRequired: true },
      );
      this.#answered = true;
      return result;
    } catch (error) {
      // Over HTTP nothing else says that a server is gone. The call is not made again: it may have happened.
      if (error instanceof TypeError || error instanceof SdkHttpError) void client.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    this.#ending.abort();
    await this.#client?.close();
    await this.#running;
  }

  async #keepConnected(settled: (connected: boolean) => void): Promise<void> {
    const { slug } = this.resource;
    let connected = false;
    for (let failures = 1; !this.#ending.signal.aborted; failures++) {
      try {
        const { gone } = await this.#connect();
        connected = true;
        settled(true);
        await gone;
        if (this.#ending.signal.aborted) return;
        this.#watcher.said(`${slug}: the connection is gone, and so are its tools`);
      } catch (error) {
        if (this.#ending.signal.aborted) return settled(false);
        this.#watcher.said(`the server \`${slug}\` cannot be reached: ${reasonOf(error)}`);
        settled(false);
      }
      // A server that has answered calls worked: the cause of its failure may be over.
      if (this.#answered) failures = 1;
      this.#answered = false;
      const ms = pauseAfter(failures);
      // After the first attempt at the start there may be no other: the gateway ends where no server can be reached.
      if (connected || failures > 1) this.#watcher.said(`${slug}: the next attempt is in ${String(ms / 1000)} s`);
      await this.#watcher.pause(ms, this.#ending.signal);
    }
  }

  /** Connects and lists the tools; `gone` resolves when the connection has ended. Rejects where either fails. */
  async #connect(): Promise<{ readonly gone: Promise<void> }> {
    const { slug } = this.resource;
    const client = await this.#connectedClient();
    const gone = new Promise<void>((done) => {
      client.onclose = () => {
        this.#client = undefined;
        this.#tools = undefined;
        done();
        this.#watcher.changed();
      };
    });
    try {
      const listed = await client.listTools();
      this.#ending.signal.throwIfAborted();
      this.#client = client;
      const { length } = this.#take(listed.tools);
      this.#watcher.said(`${slug}: connected, ${String(length)} ${length === 1 ? 'tool' : 'tools'}`);
    } catch (error) {
      await client.close();
      throw error;
    }
    return { gone };
  }

  /** Some servers of 2025 end at a request that comes before `initialize`: these are started again and spoken to as such. */
  async #connectedClient(): Promise<Client> {
    try {
      return await this.#clientIn('auto');
    } catch (error) {
      const inPlace =
        this.#spec.reach.kind === 'stdio' &&
        error instanceof SdkError &&
        error.code === SdkErrorCode.EraNegotiationFailed;
      if (!inPlace || this.#ending.signal.aborted) throw error;
      return this.#clientIn('legacy');
    }
  }

  async #clientIn(mode: 'auto' | 'legacy'): Promise<Client> {
    const client = new Client(IMPLEMENTATION, {
      versionNegotiation: { mode, probe: { timeoutMs: PROBE_TIMEOUT_MS } },
      listChanged: { tools: { onChanged: (error, tools) => this.#changed(error, tools) } },
    });
    const transport = this.#transport();
    const end = (): void => void transport.close();
    this.#ending.signal.addEventListener('abort', end, { once: true });
    try {
      await client.connect(transport);
      return client;
    } catch (error) {
      await transport.close();
      throw error;
    } finally {
      this.#ending.signal.removeEventListener('abort', end);
    }
  }

  #changed(error: Error | null, tools: readonly Tool[] | null): void {
    if (this.#client === undefined) return;
    if (error !== null || tools === null)
      return this.#watcher.said(
        `${this.resource.slug}: its tools changed and cannot be listed: ${error?.message ?? 'no answer'}`,
      );
    this.#take(tools);
  }

  /** Gives the tools that can be called. */
  #take(listed: readonly Tool[]): readonly Tool[] {
    const { tools, remarks } = checkedTools(this.resource.slug, listed, this.#aggregated);
    for (const remark of remarks) this.#watcher.said(`${this.resource.slug}: ${remark}`);
    this.#tools = tools;
    this.#watcher.changed();
    return tools;
  }

  #transport(): Transport {
    const { reach, slug } = this.#spec;
    if (reach.kind === 'stdio') return new ChildTransport(reach, (line) => this.#watcher.said(`${slug} ${line}`));
    const options = { fetch: boundedFetch, requestInit: { headers: reach.headers, redirect: 'error' as const } };
    return reach.kind === 'sse'
      ? new SSEClientTransport(reach.url, options)
      : new StreamableHTTPClientTransport(reach.url, options);
  }
}

/** A server may require of the gateway what the client behind it can give. */
function inputParams({ capabilities, responses, state }: ClientInput): object {
  return {
    _meta: { [CLIENT_CAPABILITIES_META_KEY]: capabilities },
    ...(responses === undefined ? {} : { inputResponses: responses }),
    ...(state === undefined ? {} : { requestState: state }),
  };
}

/** What went wrong, with the system's word for it: `fetch` keeps that in the cause. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  const code = cause instanceof Error ? ((cause as NodeJS.ErrnoException).code ?? cause.message) : undefined;
  return code === undefined ? error.message : `${error.message} (${code})`;
}

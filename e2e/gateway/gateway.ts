import { randomUUID } from 'node:crypto';
import {
  isInputRequiredResult,
  ProtocolError,
  SdkError,
  SdkErrorCode,
  type CallToolResult,
  type Tool,
} from '@modelcontextprotocol/client';
import { callId, decide, type Call, type Decision } from '../../lib/engine';
import { readArguments } from './arguments';
import { AwaitedCalls, NO_INPUT, type ClientInput, type UpstreamResult } from './client-input';
import { factsOf, liveCall, type Caller, type Identity, type CallTarget } from './facts';
import {
  auditEntry,
  auditEvent,
  continuationEntry,
  outcomeEntry,
  type CallObstacle,
  type CallOutcome,
} from './log/audit-entry';
import type { AuditLog } from './log/audit-log';
import type { ActivePolicy } from './policy-source';
import { exposedName, readName } from './upstream/names';
import { withoutSecretsIn } from './upstream/secrets';
import { reasonOf, type Upstream } from './upstream/upstream';
import type { MessageRefusal } from './wire/message';
import { plain } from '../../lib/cli';
import { allowedWords, denialWords } from '../../lib/wording';

export interface GatewayParts {
  readonly upstreams: readonly Pick<Upstream, 'resource' | 'tools' | 'call'>[];
  readonly policy: ActivePolicy;
  readonly audit: Pick<AuditLog, 'append'>;
  readonly identity: Identity;
  readonly logArguments: boolean;
  /** Resolves when the servers are there, or had their time to start. */
  readonly started: Promise<void>;
  /** Something for the operator to read. */
  said(sentence: string): void;
  /** A text of a server without the secrets that it was given. */
  withoutSecrets(text: string): string;
  now(): Date;
}

type CalledUpstream = GatewayParts['upstreams'][number];

/** A call that may go on to its server. */
interface AdmittedCall {
  readonly call: Call;
  readonly listed: Tool;
  readonly decision: Decision;
  readonly policy: ActivePolicy;
}

/** A request for a call, on its way to a decision. */
interface CallRequest {
  readonly call: Call;
  readonly target: CallTarget;
  /** As the client names the tool. */
  readonly name: string;
  readonly input: ClientInput;
}

/** Where an allowed call's result says what was hazardous about allowing it. */
export const HAZARDS_META_KEY = 'policy-gateway/hazards';

/** Decides and forwards calls, independent of how clients are connected. */
export class Gateway {
  readonly #parts: GatewayParts;
  readonly #slugs: readonly string[];
  readonly #listeners = new Set<() => void>();
  readonly #awaited = new AwaitedCalls<AdmittedCall>();
  #policy: ActivePolicy;

  constructor(parts: GatewayParts) {
    this.#parts = parts;
    this.#slugs = parts.upstreams.map(({ resource }) => resource.slug);
    this.#policy = parts.policy;
    this.#note('gateway.policy.loaded', { policyDigest: parts.policy.digest });
  }

  /** From the next call on, this policy decides. */
  use(policy: ActivePolicy): void {
    this.#policy = policy;
    this.#note('gateway.policy.loaded', { policyDigest: policy.digest });
    this.toolsChanged();
  }

  /** Calls back whenever `list` may give something else. Returns what ends it. */
  onToolsChanged(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  toolsChanged(): void {
    for (const listener of this.#listeners) listener();
  }

  /** Notes a message that was not read, and so is no call. */
  refused({ reason, envelope }: MessageRefusal): void {
    this.#parts.said(`a message was refused: ${reason}`);
    this.#note('gateway.request.refused', { reason, request: envelope.method?.slice(0, 256) ?? null });
  }

  /**
   * The tools that this caller is allowed, or may be, as their servers describe them. Clients keep a list, so time is unknown like the
   * arguments: a tool that is allowed in the morning only is listed all day. Many clients request the list once: it waits for servers that
   * start.
   */
  async list(caller: Caller): Promise<Tool[]> {
    await this.#parts.started;
    const { compiled } = this.#policy;
    return this.#parts.upstreams.flatMap(({ resource, tools = [] }) =>
      tools.flatMap((listed) => {
        const facts = factsOf(this.#parts.identity, caller, { resource, tool: listed.name, listed });
        const { effect } = decide(compiled, { ...facts, id: callId('') });
        return effect === 'deny'
          ? []
          : [{ ...listed, name: exposedName(resource.slug, listed.name, this.#slugs.length > 1) }];
      }),
    );
  }

  /**
   * Answers a call: by its server where the policy allows it, by a tool error that names the rule where not. Rejects with the server's
   * own JSON-RPC error where it gave one.
   */
  async call(
    caller: Caller,
    name: string,
    given: unknown,
    signal: AbortSignal,
    input: ClientInput = NO_INPUT,
  ): Promise<UpstreamResult> {
    const read = readArguments(given);
    if (!read.ok) {
      this.#note('gateway.request.refused', { reason: read.reason, request: name.slice(0, 256) });
      return toolError(`Refused: ${read.reason}.`);
    }
    const upstream = this.#upstream(name);
    if (upstream !== undefined && upstream.tools === undefined) await this.#parts.started;
    const target = this.#target(name, upstream);
    const facts = factsOf(this.#parts.identity, caller, target);
    const call = liveCall(randomUUID(), this.#parts.now(), read.args, facts);
    const admitted = await this.#admitted({ call, target, name, input });
    if (typeof admitted === 'string' || upstream === undefined) return toolError(String(admitted));
    return this.#forwarded(upstream, admitted, input, signal);
  }

  /**
   * Decides a request and logs it; gives the words for the client where it must not go on.
   *
   * INVARIANT: the entry is on the disk before the call is forwarded: a call that cannot be logged is refused.
   */
  async #admitted({ call, target, name, input }: CallRequest): Promise<AdmittedCall | string> {
    const { listed, resource } = target;
    const policy = this.#policy;
    const decision = decide(policy.compiled, call);
    const obstacle = obstacleOf(decision, listed);
    const awaited =
      input.responses === undefined && input.state === undefined
        ? undefined
        : this.#awaited.take(awaitedKey(call, input.state));
    const continued = awaited !== undefined && obstacle === null && isSameDecision(awaited, { decision, policy });
    const entry = continued
      ? continuationEntry(awaited.call.id, this.#parts.now(), policy)
      : auditEntry(call, decision, policy, obstacle, this.#parts.logArguments);
    try {
      await this.#parts.audit.append(entry);
    } catch (error) {
      this.#parts.said(`the audit log cannot be written, so a call is refused: ${reasonOf(error)}`);
      return 'Refused: the gateway cannot write its audit log.';
    }
    if (decision.effect !== 'allow') return plain(denialWords(decision, policy.rules));
    if (listed === undefined) return `The server ${resource?.slug ?? ''} is not connected at present: try again later.`;
    if (listed === null) return `There is no tool \`${plain(name.slice(0, 256))}\`.`;
    return { call: continued ? { ...call, id: awaited.call.id } : call, listed, decision, policy };
  }

  async #forwarded(
    upstream: CalledUpstream,
    admitted: AdmittedCall,
    input: ClientInput,
    signal: AbortSignal,
  ): Promise<UpstreamResult> {
    const { call, listed } = admitted;
    const startedAt = performance.now();
    const over = (outcome: CallOutcome): void => this.#over(call, outcome, performance.now() - startedAt);
    try {
      signal.throwIfAborted();
      const result = await upstream.call(listed, call.args ?? {}, signal, input);
      if (isInputRequiredResult(result)) {
        over({ kind: 'input_required' });
        this.#awaited.add(awaitedKey(call, result.requestState), admitted);
      } else over({ kind: result.isError === true ? 'tool_error' : 'answered' });
      return withHazards(result, admitted);
    } catch (error) {
      if (error instanceof ProtocolError) {
        over({ kind: 'protocol_error', code: error.code });
        const clean = this.#parts.withoutSecrets;
        throw new ProtocolError(error.code, clean(error.message), withoutSecretsIn(error.data, clean));
      }
      over({ kind: isCancelled(signal) ? 'cancelled' : 'no_answer' });
      const reason = this.#parts.withoutSecrets(reasonOf(error));
      this.#parts.said(`${upstream.resource.slug}: a call failed: ${reason}`);
      return toolError(`The server ${upstream.resource.slug} did not answer this call: ${reason}`);
    }
  }

  /** Nothing waits for the entry: the call has happened. */
  #over(call: Call, outcome: CallOutcome, ms: number): void {
    this.#append(outcomeEntry(call.id, this.#parts.now(), outcome, ms));
  }

  #upstream(name: string): CalledUpstream | undefined {
    const { slug } = readName(name, this.#slugs);
    return this.#parts.upstreams.find(({ resource }) => resource.slug === slug);
  }

  #target(name: string, upstream: CalledUpstream | undefined): CallTarget {
    const { tool } = readName(name, this.#slugs);
    if (upstream === undefined) return { resource: null, tool, listed: null };
    const { resource, tools } = upstream;
    return {
      resource,
      tool,
      listed: tools === undefined ? undefined : (tools.find((one) => one.name === tool) ?? null),
    };
  }

  #note(action: string, details: object): void {
    this.#append(auditEvent(this.#parts.now(), action, details));
  }

  #append(entry: object): void {
    this.#parts.audit.append(entry).catch((error: unknown) => {
      this.#parts.said(`the audit log cannot be written: ${reasonOf(error)}`);
    });
  }
}

/** Whether the client took the request back. A connection that ends, as when the gateway is stopped, aborts its calls too. */
function isCancelled({ aborted, reason }: AbortSignal): boolean {
  return aborted && !(reason instanceof SdkError && reason.code === SdkErrorCode.ConnectionClosed);
}

function obstacleOf({ effect }: Decision, listed: CallTarget['listed']): CallObstacle {
  if (effect !== 'allow') return 'policy_denied';
  if (listed === undefined) return 'server_unavailable';
  return listed === null ? 'unknown_tool' : null;
}

/** A request continues a call where all that is decided on, but for the time, and the server's state are those of the call. */
function awaitedKey({ id: _, time: __, ...facts }: Call, state: string | undefined): string {
  return JSON.stringify([facts, state ?? null]);
}

function isSameDecision(before: AdmittedCall, now: Pick<AdmittedCall, 'decision' | 'policy'>): boolean {
  const of = ({ decision, policy }: typeof now): string =>
    JSON.stringify([policy.digest, decision.effect, decision.decidedBy, decision.hazards]);
  return of(before) === of(now);
}

/** The result itself is its server's, and stays as it is. */
function withHazards(result: UpstreamResult, { decision, policy }: AdmittedCall): UpstreamResult {
  const hazards = decision.hazards.flatMap((hazard) => {
    const text = allowedWords(hazard, policy.rules);
    return text === undefined ? [] : [{ ...hazard, text: plain(text) }];
  });
  return hazards.length === 0 ? result : { ...result, _meta: { ...result._meta, [HAZARDS_META_KEY]: hazards } };
}

const toolError = (text: string): CallToolResult => ({ isError: true, content: [{ type: 'text', text }] });

import { randomUUID } from 'node:crypto';
import type { CallToolResult, Tool } from '@modelcontextprotocol/client';
import { callId, decide, type Call } from '../../lib/engine';
import { readArguments } from './arguments';
import { auditEntry, auditEvent, type AuditLog, type Outcome } from './audit';
import { denialText } from './denial';
import { factsOf, liveCall, type Caller, type Identity, type Target } from './facts';
import { exposedName, readName } from './names';
import type { ActivePolicy } from './policy-source';
import type { Upstream } from './upstream';

export interface GatewayParts {
  readonly upstreams: readonly Pick<Upstream, 'resource' | 'tools' | 'call'>[];
  readonly policy: ActivePolicy;
  readonly audit: Pick<AuditLog, 'append'>;
  readonly identity: Identity;
  readonly logArguments: boolean;
  /** Something for the operator to read. */
  said(sentence: string): void;
  now(): Date;
}

/** Decides and forwards. It knows nothing of how its clients are connected. */
export class Gateway {
  readonly #parts: GatewayParts;
  readonly #slugs: readonly string[];
  readonly #listeners = new Set<() => void>();
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

  /**
   * The tools that this caller is allowed, or may be, as their servers describe them. A list outlives its moment, so time is left
   * unknown like the arguments: what is open in the morning only is listed all day.
   */
  list(caller: Caller): Tool[] {
    const { compiled } = this.#policy;
    return this.#parts.upstreams.flatMap(({ resource, tools }) =>
      tools.flatMap((listed) => {
        const facts = factsOf(this.#parts.identity, caller, { resource, tool: listed.name, listed });
        const { effect } = decide(compiled, { ...facts, id: callId('') });
        return effect === 'deny' ? [] : [{ ...listed, name: this.#exposed(resource.slug, listed.name) }];
      }),
    );
  }

  /** Answers a call: by its server where the policy allows it, by a tool error that names the rule where not. */
  async call(caller: Caller, name: string, given: unknown, signal: AbortSignal): Promise<CallToolResult> {
    const read = readArguments(given);
    if (!read.ok) {
      this.#note('gateway.request.refused', { reason: read.reason, request: name.slice(0, 256) });
      return toolError(`Refused: ${read.reason}.`);
    }
    const { upstream, target } = this.#target(name);
    const facts = factsOf(this.#parts.identity, caller, target);
    const call = liveCall(randomUUID(), this.#parts.now(), read.args, facts);
    const refusal = this.#decided(call, target);
    if (refusal !== undefined || upstream === undefined) return toolError(refusal ?? unknownTool(name));
    try {
      return await upstream.call(target.tool, read.args, signal);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#parts.said(`${upstream.resource.slug}: a call failed: ${reason}`);
      return toolError(`The server ${upstream.resource.slug} did not answer this call: ${reason}`);
    }
  }

  /**
   * Decides a call and logs it; gives what the client is told where it must not go on.
   *
   * INVARIANT: the entry is on the disk before the server hears of the call: what cannot be logged does not happen.
   */
  #decided(call: Call, { listed, tool }: Target): string | undefined {
    const policy = this.#policy;
    const decision = decide(policy.compiled, call);
    const allowed = decision.effect === 'allow';
    const outcome: Outcome = allowed ? (listed === undefined ? 'unknown_tool' : null) : 'policy_denied';
    try {
      this.#parts.audit.append(auditEntry(call, decision, policy, outcome, this.#parts.logArguments));
    } catch (error) {
      this.#parts.said(`the audit log cannot be written, so a call is refused: ${String(error)}`);
      return 'Refused: the gateway cannot write its audit log.';
    }
    if (!allowed) return denialText(decision, policy.rules);
    return listed === undefined ? unknownTool(tool) : undefined;
  }

  #target(name: string): { upstream: GatewayParts['upstreams'][number] | undefined; target: Target } {
    const { slug, tool } = readName(name, this.#slugs);
    const upstream = this.#parts.upstreams.find(({ resource }) => resource.slug === slug);
    const listed = upstream?.tools.find((one) => one.name === tool);
    return { upstream, target: { resource: upstream?.resource ?? null, tool, listed } };
  }

  #exposed(slug: string, tool: string): string {
    return exposedName(slug, tool, this.#slugs.length > 1);
  }

  #note(action: string, details: object): void {
    try {
      this.#parts.audit.append(auditEvent(randomUUID(), this.#parts.now(), action, details));
    } catch (error) {
      this.#parts.said(`the audit log cannot be written: ${String(error)}`);
    }
  }
}

const unknownTool = (name: string): string => `There is no tool \`${name.slice(0, 256)}\`.`;

const toolError = (text: string): CallToolResult => ({ isError: true, content: [{ type: 'text', text }] });

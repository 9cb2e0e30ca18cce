import { randomUUID } from 'node:crypto';
import type { Call, Decision, Rule } from '../../../lib/engine';

/** Why a call did not go to its server; null where it did. As `errorType` in its entry. */
export type CallObstacle = 'policy_denied' | 'unknown_tool' | 'server_unavailable' | null;

/** What became of a call that went to its server. */
export type CallOutcome =
  /** The server answered, and said that it succeeded, or that it failed. */
  | { readonly kind: 'answered' | 'tool_error' }
  /** The server requires input of the client before it goes on. */
  | { readonly kind: 'input_required' }
  /** The server answered with a JSON-RPC error of this code. */
  | { readonly kind: 'protocol_error'; readonly code: number }
  /** The call was withdrawn by its client, or the server did not answer: it may have happened. */
  | { readonly kind: 'cancelled' | 'no_answer' };

export interface PolicyInForce {
  readonly digest: string;
  readonly rules: readonly Rule[];
}

/**
 * One entry of the audit log, as a gateway writes it: an action, who acted, what on, and details. `call` holds every fact that was
 * decided on, exactly: the playground's importer takes it before names that it would have to guess.
 */
export function auditEntry(
  call: Call,
  decision: Decision,
  policy: PolicyInForce,
  obstacle: CallObstacle,
  logArguments: boolean,
): object {
  const { id, time, args, ...facts } = call;
  const { decidedBy, effect, hazards } = decision;
  const rule =
    decidedBy.kind === 'rule' || decidedBy.kind === 'gate'
      ? policy.rules.find((one) => one.id === decidedBy.ruleId)
      : undefined;
  const waits = decidedBy.kind === 'undecided' ? decidedBy.waitsFor : [];
  return {
    id,
    timestamp: time,
    action: 'gateway.tool.executed',
    actor: { type: 'agent', id: facts.agent?.slug ?? null },
    resource: facts.resource?.slug ?? null,
    details: {
      mcpServer: facts.resource?.slug ?? null,
      toolName: facts.tool?.name ?? null,
      // What cannot be decided is denied.
      policyEffect: effect === 'allow' ? 'allow' : 'deny',
      policyRuleId: rule?.id ?? null,
      policyRuleName: rule?.name ?? null,
      policyReason: effect === 'conditional' ? `waits for ${waits.join(', ')}` : null,
      policyDigest: policy.digest,
      hazards,
      errorType: obstacle,
      ...(logArguments ? { arguments: args } : {}),
    },
    ipAddress: facts.ip ?? null,
    userAgent: facts.userAgent ?? null,
    call: facts,
  };
}

/** What became of a call, written when it is over; `callId` is the id of the call's own entry. */
export function outcomeEntry(callId: string, time: Date, outcome: CallOutcome, durationMs: number): object {
  const { kind, ...more } = outcome;
  return auditEvent(time, 'gateway.call.finished', {
    callId,
    outcome: kind,
    ...more,
    durationMs: Math.round(durationMs),
  });
}

/** A request that brings the input which its call's server requires, and that is decided as the call was: it is no call of its own. */
export function continuationEntry(callId: string, time: Date, { digest }: PolicyInForce): object {
  return auditEvent(time, 'gateway.call.continued', { callId, policyDigest: digest });
}

/** Something that is no decision about a call: a policy that was loaded, a request that was refused before it was read. */
export function auditEvent(time: Date, action: string, details: object): object {
  return { id: randomUUID(), timestamp: time.toISOString(), action, details };
}

import { closeSync, fdatasyncSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import type { Call, Decision, Rule } from '../../lib/engine';

/** What became of a call besides the policy's decision; as `errorType` in its entry. */
export type Outcome = 'policy_denied' | 'unknown_tool' | null;

/**
 * One entry of the audit log, as a gateway writes it: an action, who acted, what on, and details. `call` holds every fact that was
 * decided on, exactly: the playground's importer takes it before names that it would have to guess.
 */
export function auditEntry(
  call: Call,
  decision: Decision,
  policy: { readonly digest: string; readonly rules: readonly Rule[] },
  outcome: Outcome,
  logArguments: boolean,
): object {
  const { id, time, args, ...facts } = call;
  const { decidedBy, effect } = decision;
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
      errorType: outcome,
      ...(logArguments ? { arguments: args } : {}),
    },
    ipAddress: facts.ip ?? null,
    userAgent: facts.userAgent ?? null,
    call: facts,
  };
}

/** Something that is no decision about a call: a policy that was loaded, a request that was refused before it was read. */
export function auditEvent(id: string, time: Date, action: string, details: object): object {
  return { id, timestamp: time.toISOString(), action, details };
}

/** An NDJSON file that only grows. A line is on the disk when `append` returns; it throws where that fails. */
export class AuditLog {
  readonly #file: number;

  /** Creates the file for its owner alone, or goes on with the one that is there. */
  constructor(path: string) {
    this.#file = openSync(path, 'a+', 0o600);
    // A line that a crash cut off stays one bad line.
    const { size } = fstatSync(this.#file);
    const last = Buffer.alloc(1);
    if (size > 0 && readSync(this.#file, last, 0, 1, size - 1) === 1 && last[0] !== 0x0a) this.#write('\n');
  }

  append(entry: object): void {
    this.#write(`${JSON.stringify(entry)}\n`);
    fdatasyncSync(this.#file);
  }

  close(): void {
    closeSync(this.#file);
  }

  #write(text: string): void {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length;) at += writeSync(this.#file, bytes, at);
  }
}

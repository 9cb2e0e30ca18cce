import { isMoreKnown } from '../analysis';
import { callId, decide, type Call, type CompiledPolicy, type Decision, type DecisionEffect } from '../engine';
import type { ConnectionEvent, ListedTool } from '../trace';

/**
 * How what a gateway listed of a tool compares with what the policy gives before any call:
 *
 * - `same`;
 * - `more-known`: the gateway says conditional, and what is known of the instance decides it, or the conditions change nothing;
 * - `not-reproducible`: the policy waits for facts of the instance that the entry does not say;
 * - `diverged`.
 */
export type ListedVerdict = 'same' | 'more-known' | 'not-reproducible' | 'diverged';

export interface ComparedTool extends ListedTool {
  readonly verdict: ListedVerdict;
  readonly decision: Pick<Decision, 'effect' | 'decidedBy'>;
}

export interface ComparedConnection {
  readonly event: ConnectionEvent;
  readonly tools: readonly ComparedTool[];
}

/** Compares a connection tool by tool: the instance and the tool are known, arguments and time are not. Never throws. */
export function compareConnection(compiled: CompiledPolicy, event: ConnectionEvent): ComparedConnection {
  return { event, tools: event.tools.map((tool) => compareTool(compiled, event, tool)) };
}

function compareTool(compiled: CompiledPolicy, { facts }: ConnectionEvent, listed: ListedTool): ComparedTool {
  const { resource, tool, effect } = listed;
  const call: Call = {
    id: callId(`${resource ?? ''} ${tool}`),
    ...facts,
    ...(resource === undefined ? {} : { resource: { slug: resource } }),
    tool: { name: tool },
  };
  const decision = decide(compiled, call);
  return {
    ...listed,
    verdict: verdictOf(effect, decision, compiled),
    decision: { effect: decision.effect, decidedBy: decision.decidedBy },
  };
}

function verdictOf(listed: DecisionEffect, decision: Decision, { policy }: CompiledPolicy): ListedVerdict {
  const { effect, decidedBy } = decision;
  if (listed === effect) return 'same';
  if (effect === 'conditional') {
    // Arguments and time are not known to the gateway either when an instance connects.
    const waits = decidedBy.kind === 'undecided' ? decidedBy.waitsFor : [];
    return waits.some((path) => !/^request\.(?:args|time)\b/.test(path)) ? 'not-reproducible' : 'diverged';
  }
  return listed === 'conditional' && isMoreKnown(decision, policy) ? 'more-known' : 'diverged';
}

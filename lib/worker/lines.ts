import type { Call } from '../engine';
import type { CallLine, FacetCount, TraceFacets } from './protocol';

const MOST_ARGS = 160;

/** The facts of an absent part are absent; those of an unknown part are unknown. */
function of<T extends object, V>(part: T | null | undefined, read: (part: T) => V): V | null | undefined {
  if (part === undefined) return undefined;
  return part === null ? null : read(part);
}

export const agentOf = (call: Call): string | null | undefined => of(call.agent, (agent) => agent.slug);
export const userOf = (call: Call): string | null | undefined => of(call.user, (user) => user.email ?? user.id);
export const resourceOf = (call: Call): string | null | undefined => of(call.resource, (resource) => resource.slug);
export const toolOf = (call: Call): string | null | undefined => of(call.tool, (tool) => tool.name);

export function lineOf(call: Call): CallLine {
  const { args } = call;
  return {
    id: call.id,
    time: call.time,
    agent: agentOf(call),
    instance: of(call.instance, (instance) => instance.name ?? instance.id),
    user: userOf(call),
    resource: resourceOf(call),
    tool: toolOf(call),
    args: args === undefined ? undefined : args === null ? '' : JSON.stringify(args).slice(0, MOST_ARGS),
    recorded: call.recorded?.effect,
  };
}

/** Each distinct value with the number of calls that have it, the commonest first. */
export function facetsOf(calls: readonly Call[]): TraceFacets {
  return {
    agents: counted(calls, agentOf),
    users: counted(calls, userOf),
    resources: counted(calls, resourceOf),
    tools: counted(calls, toolOf),
  };
}

function counted(calls: readonly Call[], read: (call: Call) => string | null | undefined): readonly FacetCount[] {
  const counts = new Map<string, number>();
  for (const call of calls) {
    const value = read(call);
    if (value !== null && value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}

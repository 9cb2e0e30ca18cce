import type { Tool } from '@modelcontextprotocol/client';
import { callId, type Call, type JsonObject } from '../../lib/engine';
import { readMcpTool } from '../../lib/trace';

/** Who calls, as the operator said it: what is missing is unknown, `null` is known to be absent. */
export type Identity = Pick<Call, 'agent' | 'instance' | 'user'>;

/** What a connection shows of its client. */
export interface Caller {
  /** As the client introduced itself; undefined where it has not. */
  readonly client: { readonly name: string; readonly version: string } | undefined;
  /** Null over stdio, where there are none. */
  readonly ip: string | null;
  readonly userAgent: string | null;
}

export interface ResourceFacts {
  readonly slug: string;
  readonly name: string | null;
  readonly tags: readonly string[];
}

/** What a call is about. A tool that its server does not list has no title and no annotations. */
export interface Target {
  /** Null where no server goes by the name. */
  readonly resource: ResourceFacts | null;
  /** The bare name, on its own server. */
  readonly tool: string;
  readonly listed: Tool | undefined;
}

/** The facts that do not change from one call to the next; time and arguments are left unknown. */
export function factsOf(identity: Identity, caller: Caller, { resource, tool, listed }: Target): Omit<Call, 'id'> {
  const { agent, instance, user } = identity;
  const known = listed === undefined ? undefined : readMcpTool(listed);
  const client = caller.client === undefined ? {} : { client: caller.client };
  return {
    ...(agent === undefined ? {} : { agent }),
    ...(instance === null ? { instance } : { instance: { ...instance, ...client } }),
    ...(user === undefined ? {} : { user }),
    resource,
    tool: { name: tool, title: known?.title ?? null, annotations: known?.annotations ?? null },
    ip: caller.ip,
    userAgent: caller.userAgent,
  };
}

/**
 * The call that is decided, which is also what is logged. Over HTTP and stdio alike a request without `arguments` has none to
 * read: they are `{}`.
 */
export function liveCall(id: string, time: Date, args: JsonObject, facts: Omit<Call, 'id'>): Call {
  return { ...facts, id: callId(id), time: time.toISOString(), args };
}

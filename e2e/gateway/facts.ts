import type { Tool } from '@modelcontextprotocol/client';
import { callId, type Call, type JsonObject } from '../../lib/engine';
import { readMcpTool } from '../../lib/trace';

/** The caller's identity as the operator configured it: a missing fact is unknown, `null` is known to be absent. */
export type Identity = Pick<Call, 'agent' | 'instance' | 'user'>;

/** What a connection shows of its client. */
export interface Caller {
  /** As the client introduced itself; undefined where it has not. */
  readonly client: { readonly name: string; readonly version: string } | undefined;
  /** The revision of MCP that is spoken, as `2026-07-28`; undefined where none is agreed on. */
  readonly protocolVersion: string | undefined;
  /** Null over stdio, where there are none. */
  readonly ip: string | null;
  readonly userAgent: string | null;
}

export interface ResourceFacts {
  readonly slug: string;
  readonly name: string | null;
  readonly tags: readonly string[];
}

/** What a call is about. */
export interface CallTarget {
  /** Null where no server has that name. */
  readonly resource: ResourceFacts | null;
  /** The bare name, on its own server. */
  readonly tool: string;
  /** As its server lists it; null where the server lists none of that name, undefined where the server is not connected. */
  readonly listed: Tool | null | undefined;
}

/** The facts that do not change from one call to the next; time and arguments are left unknown. */
export function factsOf(identity: Identity, caller: Caller, { resource, tool, listed }: CallTarget): Omit<Call, 'id'> {
  const { agent, instance, user } = identity;
  const client = {
    ...caller.client,
    ...(caller.protocolVersion === undefined ? {} : { protocolVersion: caller.protocolVersion }),
  };
  return {
    ...(agent === undefined ? {} : { agent }),
    ...(instance === null
      ? { instance }
      : { instance: { ...instance, ...(Object.keys(client).length === 0 ? {} : { client }) } }),
    ...(user === undefined ? {} : { user }),
    resource,
    tool: { name: tool, ...describedFacts(listed) },
    ip: caller.ip,
    userAgent: caller.userAgent,
  };
}

/** A tool that its server does not list has no title and no annotations; while the server is not connected, they are unknown. */
function describedFacts(listed: CallTarget['listed']): Pick<NonNullable<Call['tool']>, 'title' | 'annotations'> {
  if (listed === undefined) return {};
  const known = listed === null ? undefined : readMcpTool(listed);
  return { title: known?.title ?? null, annotations: known?.annotations ?? null };
}

/**
 * The call that is decided, which is also what is logged. Over HTTP and stdio alike a request without `arguments` has none to
 * read: they are `{}`.
 */
export function liveCall(id: string, time: Date, args: JsonObject, facts: Omit<Call, 'id'>): Call {
  return { ...facts, id: callId(id), time: time.toISOString(), args };
}

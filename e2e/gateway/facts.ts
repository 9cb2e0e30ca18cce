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
  return {
    ...(agent === undefined ? {} : { agent }),
    instance: instance === null ? null : { ...instance, ...clientFacts(caller) },
    ...(user === undefined ? {} : { user }),
    resource,
    tool: { name: tool, ...describedFacts(listed) },
    ip: caller.ip,
    userAgent: caller.userAgent,
  };
}

function clientFacts({ client, protocolVersion }: Caller): Pick<NonNullable<Call['instance']>, 'client'> {
  if (protocolVersion === undefined) return client === undefined ? {} : { client };
  return { client: { ...client, protocolVersion } };
}

type DescribedFacts = Pick<NonNullable<Call['tool']>, 'title' | 'annotations'>;

const NOT_LISTED: DescribedFacts = { title: null, annotations: null };

/** INVARIANT: a server's list is replaced as a whole where it changes, so that what a tool says of itself is read once. */
const read = new WeakMap<Tool, DescribedFacts>();

/** A tool that its server does not list has no title and no annotations; while the server is not connected, they are unknown. */
function describedFacts(listed: CallTarget['listed']): DescribedFacts {
  if (listed === undefined) return {};
  if (listed === null) return NOT_LISTED;
  const before = read.get(listed);
  if (before !== undefined) return before;
  const known = readMcpTool(listed);
  const facts = { title: known?.title ?? null, annotations: known?.annotations ?? null };
  read.set(listed, facts);
  return facts;
}

/**
 * The call that is decided, which is also what is logged. Over HTTP and stdio alike a request without `arguments` has none to
 * read: they are `{}`.
 */
export function liveCall(id: string, time: Date, args: JsonObject, facts: Omit<Call, 'id'>): Call {
  return { ...facts, id: callId(id), time: time.toISOString(), args };
}

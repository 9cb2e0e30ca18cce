import { callId, type Call, type Catalog, type CatalogTool, type JsonObject } from '@/lib/engine';

/** What the form holds; an empty text is a fact that is not known. */
export interface CallDraft {
  readonly resource: string;
  readonly tool: string;
  readonly agent: string;
  readonly user: string;
  /** Undefined where they are not known, null where it is known that there are none. */
  readonly args: JsonObject | null | undefined;
}

/** The call to begin with, else one of the first tool of the catalog. */
export function draftOf(from: Call | undefined, catalog: Catalog | undefined): CallDraft {
  if (from !== undefined) {
    return {
      resource: from.resource?.slug ?? '',
      tool: from.tool?.name ?? '',
      agent: from.agent?.slug ?? '',
      user: from.user?.email ?? from.user?.id ?? '',
      args: from.args,
    };
  }
  const resource = catalog?.resources.find((one) => (one.tools ?? []).length > 0);
  return {
    resource: resource?.slug ?? '',
    tool: resource?.tools?.[0]?.name ?? '',
    agent: catalog?.agents[0]?.slug ?? '',
    user: '',
    args: {},
  };
}

/** The tool that the draft names, if the catalog knows it. */
export function toolOf(catalog: Catalog | undefined, { resource, tool }: CallDraft): CatalogTool | undefined {
  const places = catalog?.resources.filter((one) => resource === '' || one.slug === resource) ?? [];
  return places.flatMap((one) => one.tools ?? []).find((one) => one.name === tool);
}

/**
 * A part that the form leaves as it is keeps all that the call to begin with says of it; one that was emptied is not known. What the catalog
 * knows of another agent, user, resource or tool comes along, and the rest is the call's own.
 */
export function composedCall(draft: CallDraft, from: Call | undefined, catalog: Catalog | undefined): Call {
  const { recorded: _recorded, agent, user, resource, tool: called, args: _args, ...rest } = from ?? NO_CALL;
  const before = draftOf(from ?? NO_CALL, catalog);
  const part = <K extends 'agent' | 'user' | 'resource' | 'tool'>(key: K, old: Call[K], make: () => Call[K]) => {
    const value = draft[key] === before[key] ? old : draft[key] === '' ? undefined : make();
    return value === undefined ? {} : { [key]: value };
  };
  return {
    ...rest,
    id: NO_CALL.id,
    ...part('agent', agent, () => agentOf(draft, from, catalog)),
    ...part('user', user, () => userOf(draft, from, catalog)),
    ...part('resource', resource, () => resourceOf(draft, from, catalog)),
    ...part('tool', called, () => calledTool(draft, from, toolOf(catalog, draft))),
    ...(draft.args === undefined ? {} : { args: draft.args }),
  };
}

const NO_CALL: Call = { id: callId('composed') };

function agentOf(
  { agent: slug }: CallDraft,
  from: Call | undefined,
  catalog: Catalog | undefined,
): NonNullable<Call['agent']> {
  if (from?.agent?.slug === slug) return from.agent;
  const { name, tags } = catalog?.agents.find((one) => one.slug === slug) ?? {};
  return { slug, ...(name === undefined ? {} : { name }), ...(tags === undefined ? {} : { tags }) };
}

function resourceOf(
  { resource: slug }: CallDraft,
  from: Call | undefined,
  catalog: Catalog | undefined,
): NonNullable<Call['resource']> {
  if (from?.resource?.slug === slug) return from.resource;
  const { name, tags } = catalog?.resources.find((one) => one.slug === slug) ?? {};
  return { slug, ...(name === undefined ? {} : { name }), ...(tags === undefined ? {} : { tags }) };
}

function userOf({ user }: CallDraft, from: Call | undefined, catalog: Catalog | undefined): NonNullable<Call['user']> {
  if (from?.user && (from.user.email ?? from.user.id) === user) return from.user;
  const known = catalog?.users.find((one) => one.email === user || one.id === user);
  return known ?? (user.includes('@') ? { email: user } : { id: user });
}

function calledTool(
  { tool: name }: CallDraft,
  from: Call | undefined,
  tool: CatalogTool | undefined,
): NonNullable<Call['tool']> {
  if (from?.tool?.name === name) return from.tool;
  const { title, annotations } = tool ?? {};
  return { name, ...(title === undefined ? {} : { title }), ...(annotations === undefined ? {} : { annotations }) };
}

export const newCallId = (calls: number): string => `composed-${calls + 1}`;

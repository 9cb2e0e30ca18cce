import { callId, type Call, type Catalog, type CatalogTool, type JsonObject } from '@/lib/engine';

/** What the form holds; an empty text is a fact that is not known. */
export interface CallDraft {
  readonly resource: string;
  readonly tool: string;
  readonly agent: string;
  readonly user: string;
  readonly args: JsonObject;
}

/** The call to begin with, else one of the first tool of the catalog. */
export function draftOf(from: Call | undefined, catalog: Catalog | undefined): CallDraft {
  if (from !== undefined) {
    return {
      resource: from.resource?.slug ?? '',
      tool: from.tool?.name ?? '',
      agent: from.agent?.slug ?? '',
      user: from.user?.email ?? from.user?.id ?? '',
      args: from.args ?? {},
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

/** What was left empty stays unknown; what the catalog knows of the agent, user and resource comes along; the rest is the call's own. */
export function callOf(
  draft: CallDraft,
  from: Call | undefined,
  catalog: Catalog | undefined,
  tool: CatalogTool | undefined,
): Call {
  const { recorded: _recorded, ...kept } = from ?? { id: callId('composed') };
  const rest = Object.fromEntries(
    Object.entries(kept).filter(([key]) => !['agent', 'user', 'resource', 'tool', 'args'].includes(key)),
  );
  return {
    ...rest,
    id: callId('composed'),
    ...(draft.agent === '' ? {} : { agent: agentOf(draft, from, catalog) }),
    ...(draft.user === '' ? {} : { user: userOf(draft, from, catalog) }),
    ...(draft.resource === '' ? {} : { resource: resourceOf(draft, from, catalog) }),
    ...(draft.tool === '' ? {} : { tool: calledTool(draft, from, tool) }),
    args: draft.args,
  };
}

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

import type { Catalog, CatalogTool } from '../engine';
import type { ImportedCall } from './types';

interface Resource {
  name?: string;
  tags?: readonly string[];
  readonly tools: Map<string, CatalogTool>;
}
interface Agent {
  name?: string;
  tags?: readonly string[];
}
interface Instance {
  name?: string;
  agent?: string;
  user?: string;
  tags?: readonly string[];
  client?: { name?: string; version?: string; protocolVersion?: string };
}
interface User {
  id?: string;
  email?: string;
  name?: string;
  groups?: readonly string[];
}

/** Gathers what a trace shows of the world: servers and their tools, agents, instances, users, groups. */
export class CatalogBuilder {
  readonly #resources = new Map<string, Resource>();
  /** Tools of servers that the source does not name, by what these may be called. */
  readonly #unplaced = new Map<string, Map<string, CatalogTool>>();
  readonly #agents = new Map<string, Agent>();
  readonly #instances = new Map<string, Instance>();
  readonly #users = new Map<string, User>();
  readonly #groups = new Set<string>();

  /** Tools as a server listed them; a later list of the same tool replaces an earlier one. */
  tools(resource: { readonly slug: string } | null, tools: readonly CatalogTool[], suggested = ''): void {
    const into = resource
      ? this.#resource(resource.slug).tools
      : entry(this.#unplaced, suggested, () => new Map<string, CatalogTool>());
    for (const tool of tools) into.set(tool.name, tool);
  }

  get hasTools(): boolean {
    return this.#unplaced.size > 0 || [...this.#resources.values()].some(({ tools }) => tools.size > 0);
  }

  observe({ agent, instance, user, resource, tool }: ImportedCall): void {
    if (resource?.slug) {
      const seen = this.#resource(resource.slug);
      if (resource.name) seen.name ??= resource.name;
      if (resource.tags) seen.tags ??= resource.tags;
      if (tool?.name && !seen.tools.has(tool.name)) seen.tools.set(tool.name, { name: tool.name });
    }
    if (agent?.slug) {
      const seen = entry(this.#agents, agent.slug, (): Agent => ({}));
      if (agent.name) seen.name ??= agent.name;
      if (agent.tags) seen.tags ??= agent.tags;
    }
    if (instance?.id) {
      const seen = entry(this.#instances, instance.id, (): Instance => ({}));
      if (instance.name) seen.name ??= instance.name;
      if (instance.tags) seen.tags ??= instance.tags;
      if (agent?.slug) seen.agent ??= agent.slug;
      const owner = user?.id ?? user?.email;
      if (owner) seen.user ??= owner;
      const client = instance.client;
      if (client?.name)
        seen.client ??= {
          name: client.name,
          ...(client.version ? { version: client.version } : {}),
          ...(client.protocolVersion ? { protocolVersion: client.protocolVersion } : {}),
        };
    }
    const key = user?.id ?? user?.email;
    if (user && key) {
      const seen = entry(this.#users, key, (): User => ({}));
      if (user.id) seen.id ??= user.id;
      if (user.email) seen.email ??= user.email;
      if (user.name) seen.name ??= user.name;
      if (user.groups && !seen.groups) {
        seen.groups = user.groups;
        for (const group of user.groups) this.#groups.add(group);
      }
    }
  }

  /** `placeIn`: the server of the tools whose server the source does not name. */
  build(placeIn?: string): { readonly catalog: Catalog; readonly unplaced: readonly CatalogTool[] } {
    for (const [suggested, tools] of this.#unplaced) {
      const slug = placeIn ?? suggested;
      if (slug === '') continue;
      this.tools({ slug }, [...tools.values()]);
      this.#unplaced.delete(suggested);
    }
    const catalog: Catalog = {
      resources: [...this.#resources].map(([slug, { tools, ...rest }]) => ({
        slug,
        ...rest,
        tools: [...tools.values()],
      })),
      agents: [...this.#agents].map(([slug, rest]) => ({ slug, ...rest })),
      instances: [...this.#instances].map(([id, rest]) => ({ id, ...rest })),
      users: [...this.#users.values()],
      groups: [...this.#groups].map((name) => ({ name })),
    };
    return { catalog, unplaced: [...(this.#unplaced.get('')?.values() ?? [])] };
  }

  #resource(slug: string): Resource {
    return entry(this.#resources, slug, (): Resource => ({ tools: new Map() }));
  }
}

function entry<V>(map: Map<string, V>, key: string, fresh: () => V): V {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = fresh();
  map.set(key, made);
  return made;
}

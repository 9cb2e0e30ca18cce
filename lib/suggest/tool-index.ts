import type { Catalog, CatalogTool } from '../engine';
import { isObject } from '../json';
import { OrderedNames, type PatternList } from './tool-patterns';

/** The tools of each resource, in the catalog and in the trace, sorted out once: every rule asks for some of them. */
export class ToolIndex {
  /** By resource, and by the tool's name in lower case: the arguments that it declares. */
  readonly #declared = new Map<string, Map<string, string[]>>();
  readonly #names = new Map<string, OrderedNames>();

  constructor(
    private readonly catalog: Catalog,
    /** Tools of each resource that occur in the trace; of calls whose resource is not known, at ''. */
    private readonly seen: ReadonlyMap<string, ReadonlySet<string>>,
  ) {
    for (const { slug, tools = [] } of catalog.resources) {
      const ofResource = this.#declared.get(slug) ?? new Map<string, string[]>();
      this.#declared.set(slug, ofResource);
      for (const tool of tools) {
        const key = tool.name.toLowerCase();
        ofResource.set(key, [...(ofResource.get(key) ?? []), ...argumentsOf(tool)]);
      }
    }
  }

  /** All tools that a pattern could fit on these resources, or on all where none is named. */
  namesOn(resources: readonly string[]): OrderedNames {
    const key = JSON.stringify(resources);
    let found = this.#names.get(key);
    if (found === undefined) {
      const named = new Set(resources);
      const isMeant = (resource: string): boolean => named.size === 0 || resource === '' || named.has(resource);
      const listed = this.catalog.resources.filter(({ slug }) => isMeant(slug));
      const seen = [...this.seen].filter(([resource]) => isMeant(resource));
      found = new OrderedNames([
        ...listed.flatMap(({ tools = [] }) => tools.map(({ name }) => name)),
        ...seen.flatMap(([, tools]) => [...tools]),
      ]);
      this.#names.set(key, found);
    }
    return found;
  }

  /** The arguments that the catalog's tools which these patterns fit declare, on these resources, or on all where none is named. */
  *declaredArguments(resources: readonly string[], patterns: PatternList): Generator<string> {
    for (const resource of resources.length === 0 ? this.#declared.keys() : resources) {
      const tools = this.#declared.get(resource);
      if (tools === undefined) continue;
      for (const name of patterns.names) yield* tools.get(name) ?? [];
      if (patterns.beginnings.length === 0) continue;
      for (const [name, names] of tools) if (patterns.fits(name)) yield* names;
    }
  }
}

function argumentsOf({ inputSchema }: CatalogTool): readonly string[] {
  const members = inputSchema?.['properties'];
  return isObject(members) ? Object.keys(members) : [];
}

import {
  isPortablePattern,
  parseSelector,
  patternProblem,
  type CatalogResource,
  type MatcherFactory,
} from '@/lib/engine';
import { counted } from '../ui/words';
import type { KnownWorld } from '../session/use-catalog';

/** A known tool and its resource, which the trace may not state. */
export interface KnownTool {
  readonly resource: string | undefined;
  readonly name: string;
  readonly title?: string;
}

export interface KnownTools {
  /** Tools of the resources that the rule covers. */
  readonly inside: readonly KnownTool[];
  /** Tools of other resources. */
  readonly outside: readonly KnownTool[];
}

/** Whether a rule that selects these resources covers one of them (docs/semantics.md, "Scope"). */
export function coverage(resources: readonly string[]): (resource: CatalogResource) => boolean {
  const selectors = resources.map((written) => parseSelector('resources', written));
  return ({ slug, tags = [] }) =>
    selectors.length === 0 ||
    selectors.some(({ kind, value }) => (kind === 'tag' ? tags.includes(value) : slug === value));
}

/** The known tools, separated by whether the rule's resources cover them. */
export function knownTools({ catalog, facets }: KnownWorld, resources: readonly string[]): KnownTools {
  const covers = coverage(resources);
  const inside: KnownTool[] = [];
  const outside: KnownTool[] = [];
  const names = new Set<string>();
  for (const resource of catalog.resources) {
    const { slug, tools = [] } = resource;
    const covered = covers(resource);
    for (const { name, title } of tools) {
      names.add(name);
      (covered ? inside : outside).push({ resource: slug, name, ...(title === undefined ? {} : { title }) });
    }
  }
  for (const { value } of facets?.tools ?? []) {
    if (!names.has(value)) (resources.length === 0 ? inside : outside).push({ resource: undefined, name: value });
  }
  return { inside, outside };
}

/** The known tools that match any of the patterns. */
export interface ToolMatches {
  readonly inside: readonly KnownTool[];
  readonly outside: readonly KnownTool[];
}

export function matchTools(patterns: readonly string[], tools: KnownTools, matcherOf: MatcherFactory): ToolMatches {
  const matchers = patterns.map((pattern) => matcherOf(pattern));
  const matched = ({ name }: KnownTool): boolean => matchers.some((matches) => matches(name));
  return { inside: tools.inside.filter(matched), outside: tools.outside.filter(matched) };
}

/** How many tools a pattern matches, in words; undefined where no tool is known at all. */
export function matchWords({ inside, outside }: ToolMatches, tools: KnownTools): string | undefined {
  if (tools.inside.length + tools.outside.length === 0) return undefined;
  if (inside.length > 0) return `matches ${counted(inside.length, 'tool')}`;
  if (outside.length > 0) return `matches none here, ${counted(outside.length, 'tool')} on other resources`;
  return 'matches no known tool';
}

/** Whether the text is a pattern rather than a part of a name. */
export const isPattern = (text: string): boolean =>
  text.includes('*') || (!isPortablePattern(text) && patternProblem(text) === undefined);

/**
 * Whether a typed text is the name of no known tool, while `nearest` begins with it: then Enter takes that instead. A pattern with
 * wildcards is always taken as it is typed.
 */
export const isOnlyBeginning = (text: string, nearest: string | undefined, known: readonly string[]): boolean =>
  nearest !== undefined && text !== '' && !isPattern(text) && nearest.startsWith(text) && !known.includes(text);

/** The pattern for all tools whose names begin with the typed text; undefined for a single tool, whose name is more precise. */
export function beginningWith(text: string, { inside }: KnownTools): string | undefined {
  const pattern = `${text}*`;
  if (text === '' || isPattern(text) || patternProblem(pattern) !== undefined) return undefined;
  return inside.filter(({ name }) => name.startsWith(text)).length > 1 ? pattern : undefined;
}

/** Whether these patterns need the library for patterns that are not portable. */
export const needsGlob = (patterns: readonly string[]): boolean => patterns.some((one) => !isPortablePattern(one));

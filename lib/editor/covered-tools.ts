import { loadMatchers, parseSelector, type Catalog, type CatalogResource, type Rule } from '../engine';
import type { CoveredTool } from './context';

/**
 * The tools of a catalog that a rule covers, by its tool patterns and the resources of its scope (docs/semantics.md, "Scope" and "Tool patterns").
 * Asynchronous only because some patterns load a matcher; never rejects.
 */
export async function coveredTools(
  rule: Pick<Rule, 'tools' | 'scope'>,
  catalog: Catalog,
): Promise<readonly CoveredTool[]> {
  const matcherOf = await loadMatchers(rule.tools);
  const matchers = rule.tools.map((pattern) => matcherOf(pattern));
  const selectors = rule.scope.resources.map((written) => parseSelector('resources', written));
  const inScope = ({ slug, tags = [] }: CatalogResource): boolean =>
    selectors.length === 0 ||
    selectors.some(({ kind, value }) => (kind === 'tag' ? tags.includes(value) : slug === value));
  return catalog.resources
    .filter(inScope)
    .flatMap(({ slug, tools = [] }) =>
      tools.filter(({ name }) => matchers.some((matches) => matches(name))).map((tool) => ({ resource: slug, tool })),
    );
}

/** What one writes by hand at first: a rule is shadowed where one rule above it matches at least as much, compared pair by pair. */
import { FACETS, type Policy, type Rule } from '../../engine';

/** The indices of the rules that a single rule above covers, by comparing texts. */
export function shadowedByOne({ rules }: Policy): readonly number[] {
  return rules.flatMap((rule, index) => (rules.slice(0, index).some((above) => covers(above, rule)) ? [index] : []));
}

/** The condition is the same or there is none, each selector is selected, and each pattern lies within another one. */
function covers(above: Rule, rule: Rule): boolean {
  if (
    above.effect === 'gated' ? above.condition !== rule.condition || rule.effect !== 'gated' : above.condition !== null
  )
    return false;
  return (
    FACETS.every(
      (facet) =>
        above.scope[facet].length === 0 ||
        (rule.scope[facet].length > 0 && rule.scope[facet].every((selector) => above.scope[facet].includes(selector))),
    ) && rule.tools.every((tool) => above.tools.some((pattern) => isWithin(tool, pattern)))
  );
}

/** Only patterns with a `*` at the end, or none at all, are understood. */
function isWithin(tool: string, pattern: string): boolean {
  if (pattern === tool || pattern === '*') return true;
  return pattern.endsWith('*') && !pattern.slice(0, -1).includes('*') && tool.startsWith(pattern.slice(0, -1));
}

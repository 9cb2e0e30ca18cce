/** What a policy leaves open. */
import { FACETS } from '../../engine';
import { findRuleCall, isOneOf, TRUE, type RuleRegion } from '../../regions';
import { withWork } from '../work';
import { listed, ofActive, ruleFinding } from '../build';
import type { CheckedPolicy, FindingCheck } from '../model';

export const allowAllActive: FindingCheck = {
  code: 'allow-all-active',
  what: 'An active rule without scope and condition allows every tool.',
  why: 'What no rule above it denies is allowed, also tools that are added later.',
  example: 'The rule `Allow all` with which a new organization starts.',
  remedy: 'Allow what is needed, by name, and remove the rule.',
  find: ofActive(({ reach }, region) => {
    const { rule, index } = region;
    const everywhere =
      rule.effect === 'allow' && rule.condition === null && FACETS.every((facet) => rule.scope[facet].length === 0);
    const everything = rule.tools.some((pattern) => /^\*+$/.test(pattern));
    if (!everywhere || !everything || reach(region).kind !== 'decides') return [];
    return [
      ruleFinding('allow-all-active', rule, index, {
        severity: 'info',
        certainty: 'proven',
        message: 'this rule allows every tool to everyone, also tools that are added later',
      }),
    ];
  }),
};

export const allowsDestructive: FindingCheck = {
  code: 'allows-destructive',
  holdsUnderProfiles: true,
  what: 'A rule without a condition allows tools that are annotated as destructive.',
  why: 'A destructive tool may delete or overwrite; an agent then uses it with any arguments.',
  example: '`Allow all` with `delete_repository` in the catalog.',
  remedy: 'Deny the tools above the rule, or gate them.',
  find: ofActive((checked, rule) => {
    if (rule.rule.effect !== 'allow' || rule.rule.condition !== null || checked.reach(rule).kind !== 'decides')
      return [];
    const found = destructiveTools(checked, rule);
    const [first] = found;
    if (!first) return [];
    return [
      ruleFinding('allows-destructive', rule.rule, rule.index, {
        severity: 'warning',
        certainty: 'proven',
        message: `this rule allows ${listed(found.map(({ name }) => `\`${name}\``))} without a condition, and the catalog says that ${found.length > 1 ? 'they are' : 'it is'} destructive`,
        witness: first.call,
      }),
    ];
  }),
};

function destructiveTools(checked: CheckedPolicy, rule: RuleRegion) {
  const { region, catalog } = checked;
  const tools = (catalog.resources ?? []).flatMap((resource) =>
    (resource.tools ?? []).map((tool) => ({ resource, tool })),
  );
  return tools
    .filter(({ tool }) => tool.annotations?.destructiveHint === true)
    .flatMap(({ resource, tool }) => {
      const where = [isOneOf('resource.slug', [resource.slug]), isOneOf('tool.name', [tool.name])].map((formula) => ({
        formula,
        outcomes: TRUE,
      }));
      const goals = [{ span: { region, from: 0, to: rule.index, default: false }, effect: 'none' as const }];
      const answer = withWork(checked, (limit) => findRuleCall(region, rule, { outcomes: TRUE, goals, where, limit }));
      return answer.kind === 'call' ? [{ name: tool.name, call: answer.call }] : [];
    });
}

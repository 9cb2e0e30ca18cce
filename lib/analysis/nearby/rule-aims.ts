/** What would have to be different in a call for one rule to apply to it, or to apply no longer: guesses from where it stands now. */
import { suggest } from '../../cel';
import { hasTags, parseSelector, type Call, type Facet, type Json, type Rule, type DecisionStep } from '../../engine';
import { aimsAt, type FactChanges } from './aims';
import { factAt, type FactChange, type FactPath } from './fact';
import type { ConditionTerms } from './terms';

const MOST_SELECTORS = 4;

/** @param terms the rule's condition taken apart, where it has one that parses */
export function aimsToMatch(
  rule: Rule,
  step: DecisionStep,
  call: Call,
  terms: ConditionTerms | undefined,
): readonly FactChanges[] {
  switch (step.kind) {
    case 'scope-mismatch':
      return step.facets.reduce<readonly FactChanges[]>(
        (sofar, { facet }) => sofar.flatMap((aim) => facetChanges(rule, facet, call).map((change) => [...aim, change])),
        [[]],
      );
    case 'no-pattern':
      return toolChanges(rule, call).map((change) => [change]);
    case 'condition-false':
    case 'condition-error':
    case 'gate-denied':
      return terms ? aimsAt(terms, call, true) : [];
    case 'unknown':
      return openAims(rule, step, call, terms, true);
    case 'matched':
    case 'not-active':
    case 'not-reached':
      return [];
  }
}

export function aimsToLeave(
  rule: Rule,
  step: DecisionStep,
  call: Call,
  terms: ConditionTerms | undefined,
): readonly FactChanges[] {
  if (step.kind === 'unknown') return openAims(rule, step, call, terms, false);
  if (step.kind !== 'matched' && step.kind !== 'gate-denied') return [];
  const turned = terms && step.kind === 'matched' ? aimsAt(terms, call, false) : [];
  return [...turned, ...leavings(rule, call).map((one) => [one])];
}

function openAims(
  rule: Rule,
  step: Extract<DecisionStep, { kind: 'unknown' }>,
  call: Call,
  terms: ConditionTerms | undefined,
  wanted: boolean,
): readonly FactChanges[] {
  if (step.unknown.includes('scope')) {
    const open = (['resources', 'agents', 'instances', 'users', 'groups'] as const).filter(
      (facet) => rule.scope[facet].length > 0 && isOpen(facet, call),
    );
    return open.flatMap((facet) => facetChanges(rule, facet, call).map((change) => [change]));
  }
  if (step.unknown.includes('tool')) return toolChanges(rule, call).map((change) => [change]);
  return terms ? aimsAt(terms, call, wanted) : [];
}

const PATHS = {
  resources: { name: ['resource', 'slug'], tag: ['resource', 'tags'] },
  agents: { name: ['agent', 'slug'], tag: ['agent', 'tags'] },
  instances: { name: ['instance', 'id'], tag: ['instance', 'tags'] },
  users: { name: ['user', 'email'], tag: ['user', 'id'] },
  groups: { name: ['user', 'groups'], tag: ['user', 'groups'] },
} as const satisfies Record<Facet, { name: FactPath; tag: FactPath }>;

const isOpen = (facet: Facet, call: Call): boolean =>
  [PATHS[facet].name, PATHS[facet].tag].some((path) => factAt(call, path).kind === 'unknown');

/** One fact that makes a facet hold, for each of its first selectors. */
function facetChanges(rule: Rule, facet: Facet, call: Call): FactChange[] {
  return rule.scope[facet].slice(0, MOST_SELECTORS).flatMap((selector) => {
    const { kind, value } = parseSelector(facet, selector);
    if (facet === 'groups') return [adding(PATHS.groups.name, value, call)];
    if (kind === 'tag' && hasTags(facet)) return [adding(PATHS[facet].tag, value, call)];
    if (facet === 'users') return [setting(value.includes('@') ? PATHS.users.name : PATHS.users.tag, value, call)];
    return [setting(PATHS[facet].name, value, call)];
  });
}

/** One fact that makes a facet hold no longer: a group or a tag that is not there. */
function leavings(rule: Rule, call: Call): FactChange[] {
  return [
    ...rule.scope.groups.flatMap((group) => removing(PATHS.groups.name, group, call)),
    ...(['resources', 'agents', 'instances'] as const).flatMap((facet) =>
      rule.scope[facet].flatMap((selector) => {
        const { kind, value } = parseSelector(facet, selector);
        return kind === 'tag' ? removing(PATHS[facet].tag, value, call) : [];
      }),
    ),
  ];
}

const setting = (path: FactPath, value: Json, call: Call): FactChange => ({
  path,
  from: factAt(call, path),
  to: { kind: 'value', value },
});

function adding(path: FactPath, item: string, call: Call): FactChange {
  const from = factAt(call, path);
  const list: readonly Json[] = from.kind === 'value' && Array.isArray(from.value) ? from.value : [];
  return { path, from, to: { kind: 'value', value: [...list, item] } };
}

function removing(path: FactPath, item: string, call: Call): FactChange[] {
  const from = factAt(call, path);
  if (from.kind !== 'value' || !Array.isArray(from.value)) return [];
  const list: readonly Json[] = from.value;
  if (!list.includes(item)) return [];
  return [{ path, from, to: { kind: 'value', value: list.filter((one) => one !== item) } }];
}

const TOOL: FactPath = ['tool', 'name'];

/** Names that a pattern may match: what it spells out, and the call's own tool with the pattern's beginning or end. */
function toolChanges(rule: Rule, call: Call): FactChange[] {
  const from = factAt(call, TOOL);
  const current = from.kind === 'value' && typeof from.value === 'string' ? from.value : '';
  const names = rule.tools.slice(0, MOST_SELECTORS * 2).flatMap((pattern) => namesLike(pattern, current));
  const near = suggest(current, names);
  const sorted = near === undefined ? names : [near, ...names.filter((name) => name !== near)];
  return sorted.slice(0, MOST_SELECTORS).map((name) => ({
    ...setting(TOOL, name, call),
    ...(rule.tools.includes(name) ? {} : { example: true as const }),
  }));
}

function namesLike(pattern: string, current: string): readonly string[] {
  if (!pattern.includes('*')) return [pattern];
  const own = /[^_./-]*$/.exec(current)?.[0] ?? '';
  return [pattern.replaceAll('*', own === '' ? current : own)];
}

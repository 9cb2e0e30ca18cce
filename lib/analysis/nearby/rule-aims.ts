/** What would have to be different in a call for one rule to apply to it, or to apply no longer: changes of its present facts, to be tried. */
import { suggest } from '../../cel';
import { hasTags, parseSelector, type Call, type Facet, type Json, type Rule, type DecisionStep } from '../../engine';
import { aimsAt, type FactChanges } from './aims';
import { factAt, type FactChange, type FactPath } from './fact';
import type { ConditionTerms } from './terms';

const MOST_SELECTORS = 4;

/** A rule that a call is to match. */
export interface AimedRule {
  readonly rule: Rule;
  /** Its condition taken apart, where it has one that parses. */
  readonly terms: ConditionTerms | undefined;
  /** Names of known tools that its patterns match. */
  readonly toolNames: readonly string[];
}

export function aimsToMatch(aimed: AimedRule, step: DecisionStep, call: Call): readonly FactChanges[] {
  const { rule, terms } = aimed;
  switch (step.kind) {
    case 'scope-mismatch':
      return step.facets.reduce<readonly FactChanges[]>(
        (sofar, { facet }) => sofar.flatMap((aim) => facetChanges(rule, facet, call).map((change) => [...aim, change])),
        [[]],
      );
    case 'no-pattern':
      return toolChanges(aimed, call).map((change) => [change]);
    case 'condition-false':
    case 'condition-error':
    case 'gate-denied':
      return terms ? aimsAt(terms, call, true) : [];
    case 'unknown':
      return openAims(aimed, step, call, true);
    case 'matched':
    case 'not-active':
    case 'not-reached':
      return [];
  }
}

export function aimsToLeave(aimed: AimedRule, step: DecisionStep, call: Call): readonly FactChanges[] {
  const { rule, terms } = aimed;
  if (step.kind === 'unknown') return openAims(aimed, step, call, false);
  if (step.kind !== 'matched' && step.kind !== 'gate-denied') return [];
  const turned = terms && step.kind === 'matched' ? aimsAt(terms, call, false) : [];
  return [...turned, ...leavings(rule, call).map((one) => [one])];
}

function openAims(
  aimed: AimedRule,
  step: Extract<DecisionStep, { kind: 'unknown' }>,
  call: Call,
  wanted: boolean,
): readonly FactChanges[] {
  const { rule, terms } = aimed;
  if (step.unknown.includes('scope')) {
    const open = (['resources', 'agents', 'instances', 'users', 'groups'] as const).filter(
      (facet) => rule.scope[facet].length > 0 && isOpen(facet, call),
    );
    return open.flatMap((facet) => facetChanges(rule, facet, call).map((change) => [change]));
  }
  if (step.unknown.includes('tool')) return toolChanges(aimed, call).map((change) => [change]);
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

/** One change that may make a facet match no longer: a name replaced, a group or a tag removed. */
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

/**
 * Tools that the rule covers: known ones, and those that its patterns name without a wildcard. Where there is none, a name made from each
 * pattern, beside which the pattern is shown.
 */
function toolChanges({ rule, toolNames }: AimedRule, call: Call): FactChange[] {
  const from = factAt(call, TOOL);
  const current = from.kind === 'value' && typeof from.value === 'string' ? from.value : '';
  const patterns = rule.tools.slice(0, MOST_SELECTORS * 2);
  const known = [...new Set([...toolNames, ...patterns.filter((pattern) => !/[*?[\]{}]/.test(pattern))])];
  const named = nearestFirst(current, known).map((name) => ({
    name,
    only: rule.tools.includes(name),
    pattern: undefined,
  }));
  const made = patterns.map((pattern) => ({ name: nameLike(pattern, current), only: false, pattern }));
  return (named.length > 0 ? named : made).slice(0, MOST_SELECTORS).map(({ name, only, pattern }) => ({
    ...setting(TOOL, name, call),
    ...(only ? {} : { example: true as const }),
    ...(pattern === undefined ? {} : { pattern }),
  }));
}

function nearestFirst(current: string, names: readonly string[]): readonly string[] {
  const near = suggest(current, names);
  return near === undefined ? names : [near, ...names.filter((name) => name !== near)];
}

/** The pattern's only `*` stands for the end of the call's own tool; of a pattern with several the fixed text is left. */
function nameLike(pattern: string, current: string): string {
  const parts = pattern.split('*');
  const own = /[^_./-]*$/.exec(current)?.[0] ?? '';
  const fixed = parts.join('');
  return parts.length > 2 && fixed !== '' ? fixed : parts.join(own === '' ? current : own);
}

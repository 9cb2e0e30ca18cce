import { fillScope, MAX_PATTERNS, type Catalog, type CatalogTool, type Facet, type Rule } from '../engine';
import { isObject } from '../json';
import { coverByBoxes } from './boxes';
import type { ToolGrant } from './grants';
import type { TraceSurvey } from './survey';
import { fitsPattern, justifiedPatterns, starFits } from './tool-patterns';

/** A rule before it has decided anything. */
export interface ShapedRule {
  readonly rule: Pick<Rule, 'name' | 'effect' | 'scope' | 'tools' | 'condition'>;
  readonly openArguments: readonly string[];
}

export interface RuleShaping {
  readonly survey: TraceSurvey;
  readonly catalog: Catalog;
  /** Puts patterns in the place of names that all tools of the catalog justify. */
  readonly patterns: boolean;
  /** Whether a rule may name several things in one facet: not where a gateway wants every one of them to match. */
  readonly severalNames: boolean;
  /** Whether a `*` may stand for `/`. */
  readonly starCrossesSlash: boolean;
  readonly pause: () => Promise<unknown>;
}

/** Rules that allow exactly what is granted, as few as a greedy search finds. */
export async function rulesOf(grants: readonly ToolGrant[], shaping: RuleShaping): Promise<readonly ShapedRule[]> {
  const { survey, severalNames, pause } = shaping;
  const mayGrow = [...survey.facets.map(() => severalNames), true];
  const drafts: ShapedRule[] = [];
  for (const granted of grouped(grants, ({ condition }) => JSON.stringify(condition)).values()) {
    const condition = granted[0]?.condition ?? null;
    const points = new Map(
      granted.map(({ names, pattern }) => [JSON.stringify([...names, pattern]), [...names, pattern]]),
    );
    const boxes = await coverByBoxes([...points.values()], mayGrow, pause);
    for (const { sides } of boxes) {
      const inBox = granted.filter(({ names, pattern }) =>
        [...names, pattern].every((at, i) => sides[i]?.includes(at)),
      );
      for (const tools of patternLists(sides, shaping)) drafts.push(draftOf(sides, tools, condition, inBox, shaping));
    }
  }
  return withoutNeedless(drafts, grants, shaping);
}

/** Takes out the rules of which every grant is in others too: a wide pattern may make an exact name needless. */
async function withoutNeedless(
  drafts: readonly ShapedRule[],
  grants: readonly ToolGrant[],
  { survey, starCrossesSlash, pause }: RuleShaping,
): Promise<readonly ShapedRule[]> {
  const [first] = survey.facets;
  const covers = ({ rule }: ShapedRule, { names, condition, use }: ToolGrant): boolean =>
    (rule.condition === null || rule.condition === condition) &&
    survey.facets.every((facet, i) => rule.scope[facet].includes(names[i] ?? '')) &&
    rule.tools.some((tool) => fitsPattern(tool, use.tool) && (starCrossesSlash || starFits(tool, use.tool)));
  // By a name in the first facet, so that each rule is compared with few grants.
  const byName = grouped(grants.keys(), (at) => grants[at]?.names[0] ?? '');
  const coveredBy = new Map<ShapedRule, readonly number[]>();
  const times = grants.map(() => 0);
  for (const draft of drafts) {
    const near =
      first === undefined ? [...grants.keys()] : draft.rule.scope[first].flatMap((name) => byName.get(name) ?? []);
    const covered = near.filter((at) => grants[at] !== undefined && covers(draft, grants[at]));
    for (const at of covered) times[at] = (times[at] ?? 0) + 1;
    coveredBy.set(draft, covered);
    await pause();
  }
  const needless = new Set<ShapedRule>();
  // What names most exactly is tried first.
  for (const draft of drafts.toSorted((a, b) => widthOf(a) - widthOf(b))) {
    const covered = coveredBy.get(draft) ?? [];
    if (!covered.every((at) => (times[at] ?? 0) > 1)) continue;
    needless.add(draft);
    for (const at of covered) times[at] = (times[at] ?? 0) - 1;
  }
  return drafts.filter((draft) => !needless.has(draft));
}

function grouped<T>(items: Iterable<T>, keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}

/** Rules with a condition, then those without patterns, then the others. */
const widthOf = ({ rule }: ShapedRule): number =>
  rule.condition !== null ? 0 : rule.tools.some((tool) => tool.endsWith('*')) ? 2 : 1;

/** The tools of a box, in lists that a rule has room for. */
function* patternLists(sides: readonly (readonly string[])[], shaping: RuleShaping): Generator<readonly string[]> {
  const names = sides.at(-1) ?? [];
  const tools = shaping.patterns ? justifiedPatterns(names, knownTools(sides, shaping)) : names;
  for (let from = 0; from < tools.length; from += MAX_PATTERNS) yield tools.slice(from, from + MAX_PATTERNS);
}

/** All tools that a pattern in the rule could fit: of the resources that it names, or of all. */
function knownTools(sides: readonly (readonly string[])[], { survey, catalog }: RuleShaping): ReadonlySet<string> {
  const named = survey.facets.includes('resources') ? sides[survey.facets.indexOf('resources')] : undefined;
  const isMeant = (resource: string): boolean => named === undefined || resource === '' || named.includes(resource);
  const known = new Set<string>();
  for (const { slug, tools = [] } of catalog.resources)
    if (isMeant(slug)) for (const { name } of tools) known.add(name);
  for (const [resource, tools] of survey.tools) if (isMeant(resource)) for (const tool of tools) known.add(tool);
  return known;
}

function draftOf(
  sides: readonly (readonly string[])[],
  tools: readonly string[],
  condition: string | null,
  grants: readonly ToolGrant[],
  { survey, catalog }: RuleShaping,
): ShapedRule {
  const scope = fillScope(Object.fromEntries(survey.facets.map((facet, i) => [facet, sides[i] ?? []])));
  const limited = new Set(grants.flatMap((grant) => grant.limited));
  const mine = grants.filter(({ pattern, use }) =>
    tools.some((tool) => fitsPattern(tool, pattern) || tool === use.tool),
  );
  const seen = mine.flatMap(({ use }) => use.values.names);
  const declared = catalog.resources
    .filter(({ slug }) => scope.resources.length === 0 || scope.resources.includes(slug))
    .flatMap((resource) => (resource.tools ?? []).filter(({ name }) => tools.some((tool) => fitsPattern(tool, name))));
  const names = new Set([...seen, ...declared.flatMap(declaredArguments)]);
  const openArguments = [...names].filter((name) => !limited.has(name)).sort();
  return { rule: { name: nameOf(scope, tools), effect: 'allow', scope, tools, condition }, openArguments };
}

function declaredArguments({ inputSchema }: CatalogTool): readonly string[] {
  const members = inputSchema?.['properties'];
  return isObject(members) ? Object.keys(members) : [];
}

const SUBJECTS: readonly Facet[] = ['agents', 'instances', 'users', 'groups'];

/** A rule's name: `codex: get_file, list_* on github`. */
function nameOf(scope: Rule['scope'], tools: readonly string[]): string {
  const who = SUBJECTS.filter((facet) => scope[facet].length > 0).map((facet) => someOf(scope[facet]));
  const where = scope.resources.length === 0 ? '' : ` on ${someOf(scope.resources)}`;
  const what = tools.includes('*') ? 'every tool' : someOf(tools);
  return `${who.length === 0 ? '' : `${who.join(' for ')}: `}${what}${where}`;
}

const someOf = (names: readonly string[]): string =>
  names.length <= 3 ? names.join(', ') : `${names.slice(0, 2).join(', ')} and ${names.length - 2} more`;

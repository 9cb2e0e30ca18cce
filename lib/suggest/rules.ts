import { fillScope, MAX_PATTERNS, type Facet, type Rule } from '../engine';
import { coverByBoxes } from './boxes';
import type { ToolGrant } from './grants';
import { ToolIndex } from './tool-index';
import { withoutNeedless } from './needless-rules';
import type { RuleShaping, ShapedRule } from './shaped-rule';
import { justifiedPatterns, PatternList } from './tool-patterns';

/** Rules that allow exactly what is granted, as few as a greedy search finds. */
export async function rulesOf(grants: readonly ToolGrant[], shaping: RuleShaping): Promise<readonly ShapedRule[]> {
  const { survey, severalNames, work } = shaping;
  const known = new ToolIndex(shaping.catalog, survey.tools);
  const mayGrow = [...survey.facets.map(() => severalNames), true];
  const drafts: ShapedRule[] = [];
  for (const granted of grouped(grants, ({ condition }) => JSON.stringify(condition)).values()) {
    const condition = granted[0]?.condition ?? null;
    const byPoint = grouped(granted, ({ names, pattern }) => JSON.stringify([...names, pattern]));
    const points = [...byPoint.values()];
    const boxes = await coverByBoxes(
      points.map(([grant]) => [...(grant?.names ?? []), grant?.pattern ?? '']),
      mayGrow,
      work,
    );
    for (const { sides, places } of boxes) {
      const inBox = places.flatMap((place) => points[place] ?? []);
      const scope = fillScope(Object.fromEntries(survey.facets.map((facet, i) => [facet, sides[i] ?? []])));
      for (const tools of patternLists(sides.at(-1) ?? [], scope, known, shaping.patterns)) {
        drafts.push(draftOf(scope, tools, condition, inBox, known));
        if (work.did(inBox.length + tools.length)) await work.rest();
      }
    }
  }
  return withoutNeedless(drafts, grants, shaping);
}

function grouped<T>(items: Iterable<T>, keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

/** The tools of a box, in lists that a rule has room for. */
function* patternLists(
  names: readonly string[],
  scope: Rule['scope'],
  known: ToolIndex,
  patterns: boolean,
): Generator<readonly string[]> {
  const tools = patterns ? justifiedPatterns(names, known.namesOn(scope.resources)) : names;
  for (let from = 0; from < tools.length; from += MAX_PATTERNS) yield tools.slice(from, from + MAX_PATTERNS);
}

function draftOf(
  scope: Rule['scope'],
  tools: readonly string[],
  condition: string | null,
  grants: readonly ToolGrant[],
  known: ToolIndex,
): ShapedRule {
  const patterns = new PatternList(tools);
  const limited = new Set<string>();
  const names = new Set(known.declaredArguments(scope.resources, patterns));
  const isMine = remembered((pattern) => patterns.fits(pattern));
  for (const { pattern, use, limited: keys } of grants) {
    for (const key of keys) limited.add(key);
    if (isMine(pattern) || tools.includes(use.tool)) for (const name of use.values.names) names.add(name);
  }
  const openArguments = [...names].filter((name) => !limited.has(name)).sort();
  return { rule: { name: nameOf(scope, tools), effect: 'allow', scope, tools, condition }, openArguments };
}

/** Works out once what is asked for the same text again and again. */
function remembered<T>(of: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const found = known.get(text) ?? of(text);
    known.set(text, found);
    return found;
  };
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

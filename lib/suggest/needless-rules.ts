import type { ToolGrant } from './grants';
import type { RuleShaping, ShapedRule } from './shaped-rule';
import { fitsPattern, PatternList, starFits } from './tool-patterns';

/** Takes out the rules of which every grant is in others too: a wide pattern may make an exact name needless. */
export async function withoutNeedless(
  drafts: readonly ShapedRule[],
  grants: readonly ToolGrant[],
  { survey, starCrossesSlash, work }: RuleShaping,
): Promise<readonly ShapedRule[]> {
  const root = newNode();
  for (const [place, { names, use }] of grants.entries()) {
    const end = names.reduce((node, name) => childOf(node.next, name, newNode), root);
    childOf(end.tools, use.tool.toLowerCase(), () => []).push(place);
    if (work.did(names.length)) await work.rest();
  }
  const coveredBy = new Map<ShapedRule, readonly number[]>();
  const times = new Uint32Array(grants.length);
  for (const draft of drafts) {
    const { rule } = draft;
    const patterns = new PatternList(rule.tools);
    const covered: number[] = [];
    const isCovered = ({ condition, use }: ToolGrant): boolean =>
      (rule.condition === null || rule.condition === condition) &&
      (starCrossesSlash || rule.tools.some((one) => fitsPattern(one, use.tool) && starFits(one, use.tool)));
    for (const node of nodesIn(
      root,
      survey.facets.map((facet) => rule.scope[facet]),
    )) {
      let looked = 1 + (patterns.beginnings.length > 0 ? node.tools.size : patterns.names.size);
      for (const place of fittingIn(node, patterns)) {
        looked++;
        const grant = grants[place];
        if (grant !== undefined && isCovered(grant)) covered.push(place);
      }
      if (work.did(looked)) await work.rest();
    }
    for (const place of covered) times[place] = (times[place] ?? 0) + 1;
    coveredBy.set(draft, covered);
  }
  const needless = new Set<ShapedRule>();
  // What names most exactly is tried first.
  for (const draft of drafts.toSorted((a, b) => widthOf(a) - widthOf(b))) {
    const covered = coveredBy.get(draft) ?? [];
    if (work.did(covered.length)) await work.rest();
    if (!covered.every((place) => (times[place] ?? 0) > 1)) continue;
    needless.add(draft);
    for (const place of covered) times[place] = (times[place] ?? 0) - 1;
  }
  return drafts.filter((draft) => !needless.has(draft));
}

/** Grants by their names, one facet after the other; at the end by their tools in lower case, as places. */
interface GrantNode {
  readonly next: Map<string, GrantNode>;
  readonly tools: Map<string, number[]>;
}

const newNode = (): GrantNode => ({ next: new Map(), tools: new Map() });

function childOf<T>(of: Map<string, T>, key: string, make: () => T): T {
  const found = of.get(key) ?? make();
  of.set(key, found);
  return found;
}

/** Where names of these lists lead, one of each. */
function* nodesIn(node: GrantNode, lists: readonly (readonly string[])[]): Generator<GrantNode> {
  const [names, ...rest] = lists;
  if (names === undefined) return yield node;
  for (const name of names) {
    const next = node.next.get(name);
    if (next !== undefined) yield* nodesIn(next, rest);
  }
}

function* fittingIn({ tools }: GrantNode, patterns: PatternList): Generator<number> {
  if (patterns.beginnings.length > 0) {
    for (const [tool, places] of tools) if (patterns.fits(tool)) yield* places;
    return;
  }
  for (const name of patterns.names) yield* tools.get(name) ?? [];
}

/** Rules with a condition, then those without patterns, then the others. */
const widthOf = ({ rule }: ShapedRule): number =>
  rule.condition !== null ? 0 : rule.tools.some((tool) => tool.endsWith('*')) ? 2 : 1;

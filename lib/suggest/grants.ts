import { familyOf, fitsPattern, starFits } from './tool-patterns';
import type { SuggestionChoices } from './model';
import type { PacedWork } from './paced-work';
import type { DeniedUse, SeenUse, TraceSurvey } from './survey';

/** What is to be allowed: a combination of names, of which a rule's scope is made, with a tool pattern and a condition. */
export interface ToolGrant {
  readonly key: string;
  /** One name for each facet that rules are split by. */
  readonly names: readonly string[];
  readonly pattern: string;
  readonly condition: string | null;
  readonly use: SeenUse;
  /** Arguments that the condition limits. */
  readonly limited: readonly string[];
}

export interface GrantedUses {
  readonly grants: readonly ToolGrant[];
  /** Keys of uses with a denied call that nothing separates from them; and of those that only some of their calls are separated from. */
  readonly likeDenied: ReadonlySet<string>;
}

/** A grant for each use of the trace, no wider than the choices say, and never so wide that it takes in a call that was denied. */
export async function grantsOf(survey: TraceSurvey, choices: SuggestionChoices, work: PacedWork): Promise<GrantedUses> {
  const denied = new DeniedIndex(survey.denied.values());
  const groups = await chooseGroups(survey, denied, work);
  const likeDenied = new Set<string>();
  const grants: ToolGrant[] = [];
  for (const [key, use] of survey.uses) {
    const names = survey.facets.map((facet, i) => (facet === 'groups' ? groups.get(key) : use.names[i]?.[0]) ?? '');
    const rivals = denied.of(names);
    if (work.did(names.length + rivals.length)) await work.rest();
    const pattern = widestPattern(use.tool, choices.tools, rivals);
    if (pattern !== undefined) {
      grants.push({ key, names, pattern, condition: null, use, limited: [] });
      continue;
    }
    const exact = exactGrant(use, rivals, choices.limitsArguments);
    if (exact.likeDenied) likeDenied.add(key);
    if (exact.limits !== undefined) grants.push({ key, names, pattern: use.tool, use, ...exact.limits });
  }
  return { grants, likeDenied };
}

/** Denied calls by the names that mean them, in whatever case these are. Those of which a name is not known are found by none. */
class DeniedIndex {
  readonly #byNames = new Map<string, DeniedUse[]>();

  constructor(uses: Iterable<DeniedUse>) {
    for (const use of uses) {
      for (const names of combinations(use.names.map((names) => names ?? []))) {
        const key = keyOf(names);
        const found = this.#byNames.get(key);
        if (found === undefined) this.#byNames.set(key, [use]);
        else found.push(use);
      }
    }
  }

  of(names: readonly string[]): readonly DeniedUse[] {
    return this.#byNames.get(keyOf(names)) ?? [];
  }
}

const keyOf = (names: readonly string[]): string => JSON.stringify(names).toLowerCase();

/** Every way to take one of each list. */
export function combinations(lists: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return lists.reduce<readonly (readonly string[])[]>(
    (found, list) => found.flatMap((before) => list.map((one) => [...before, one])),
    [[]],
  );
}

/** The pattern of the chosen width that fits no denied call; undefined where the name itself is to be taken. */
function widestPattern(
  tool: string,
  detail: SuggestionChoices['tools'],
  rivals: readonly DeniedUse[],
): string | undefined {
  const family = familyOf(tool);
  const wide = detail === 'any' ? ['*', family] : detail === 'family' ? [family] : [];
  return wide.find(
    (pattern) =>
      pattern !== tool && starFits(pattern, tool) && !rivals.some((rival) => fitsPattern(pattern, rival.tool)),
  );
}

/** The condition for one tool by its name: limits of arguments, and where calls of it were denied, one that keeps these out. */
function exactGrant(
  { tool, values }: SeenUse,
  rivals: readonly DeniedUse[],
  limitsArguments: boolean,
): {
  readonly likeDenied: boolean;
  readonly limits?: { readonly condition: string | null; readonly limited: readonly string[] };
} {
  const limits = limitsArguments ? values.limits() : [];
  const against = rivals.filter((rival) => fitsPattern(tool, rival.tool));
  const guards = against.map((rival) => values.limitAgainst(rival.values));
  if (guards.some((guard) => guard === undefined)) return { likeDenied: true };
  const needed = guards.flatMap((guard) => guard ?? []);
  const byKey = new Map(limits.map((limit) => [limit.key, limit]));
  for (const guard of needed) {
    const other = byKey.get(guard.key);
    const literals = guard.literals.filter((literal) => other?.literals.includes(literal) ?? true);
    if (literals.length === 0) return { likeDenied: true };
    byKey.set(guard.key, { ...guard, literals, mayLack: guard.mayLack && (other?.mayLack ?? true) });
  }
  const condition = values.conditionOf([...byKey.values()]);
  const limited = condition?.keys ?? [];
  if (needed.some(({ key }) => !limited.includes(key))) return { likeDenied: true };
  return { likeDenied: needed.length > 0, limits: { condition: condition?.text ?? null, limited } };
}

/** For each use, one of its groups: none by which a denied call would be allowed, if that can be; as few different ones as a greedy choice finds. */
async function chooseGroups(
  survey: TraceSurvey,
  denied: DeniedIndex,
  work: PacedWork,
): Promise<ReadonlyMap<string, string>> {
  const at = survey.facets.indexOf('groups');
  const chosen = new Map<string, string>();
  if (at < 0) return chosen;
  const open = new Map<string, readonly string[]>();
  for (const [key, use] of survey.uses) {
    const groups = use.names[at] ?? [];
    if (work.did(groups.length)) await work.rest();
    const clear = groups.filter((group) => {
      const names = use.names.map((known, i) => (i === at ? group : (known[0] ?? '')));
      return !denied.of(names).some((one) => fitsPattern(use.tool, one.tool));
    });
    open.set(key, clear.length > 0 ? clear : groups);
  }
  while (open.size > 0) {
    const counts = new Map<string, number>();
    for (const groups of open.values()) {
      for (const group of groups) counts.set(group, (counts.get(group) ?? 0) + 1);
      if (work.did(groups.length)) await work.rest();
    }
    const [best] = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
    if (best === undefined) break;
    for (const [key, groups] of open) {
      if (!groups.includes(best[0])) continue;
      chosen.set(key, best[0]);
      open.delete(key);
    }
  }
  return chosen;
}

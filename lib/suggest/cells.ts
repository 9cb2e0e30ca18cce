import { toolsOf, type AccessTool } from '../analysis';
import { callId, decideRow, type Call, type Catalog, type CompiledPolicy, type Facet } from '../engine';
import { combinations, type ToolGrant } from './grants';
import type { OpenedTool, SuggestionChecks } from './model';
import { STEPS_OF_DECISION, type PacedWork } from './paced-work';
import type { TraceSurvey } from './survey';

/** So many combinations are decided. */
const MOST_CELLS = 200_000;

/** Combinations of names with tools of the catalog, as they are decided. */
export interface DecidedCells {
  readonly cells: SuggestionChecks['cells'];
  readonly openedTools: readonly OpenedTool[];
}

interface NamedCell {
  /** For each facet that rules are split by, but for the resource's, which comes with the tool. */
  readonly names: readonly string[];
  readonly facts: Pick<Call, 'agent' | 'instance' | 'user'>;
}

/**
 * Decides every tool of the catalog for every combination of names that the catalog or the trace knows, with nothing else known. What is
 * not certainly denied and was not used so is opened.
 */
export async function decideCells(
  compiled: CompiledPolicy,
  survey: TraceSurvey,
  grants: readonly ToolGrant[],
  catalog: Catalog,
  work: PacedWork,
): Promise<DecidedCells> {
  const facets = survey.facets.filter((facet) => facet !== 'resources');
  const namesOfFacet = facets.map((facet) => knownNames(facet, survey, grants, catalog));
  const tools = toolsOf(catalog);
  const total = namesOfFacet.reduce((size, names) => size * names.length, tools.length);
  const tuples = total <= MOST_CELLS ? combinations(namesOfFacet) : grantedTuples(survey, grants, tools.length);
  const used = await usedCells(survey, grants, work);
  const opened = new Map<AccessTool, number>();
  const counts = { total, checked: 0, used: 0, opened: 0 };
  for (const names of tuples) {
    const cell: NamedCell = { names, facts: factsOfNames(facets, names) };
    for (const tool of tools) {
      counts.checked++;
      if (work.did(STEPS_OF_DECISION)) await work.rest();
      const call: Call = {
        id: callId(''),
        ...cell.facts,
        resource: tool.facts.resource ?? null,
        tool: tool.facts.tool ?? null,
      };
      if (decideRow(compiled, call).effect === 'deny') continue;
      if (used.has(cellKey(tool.resource, names, tool.tool)) || used.has(cellKey('', names, tool.tool))) counts.used++;
      else {
        counts.opened++;
        opened.set(tool, (opened.get(tool) ?? 0) + 1);
      }
    }
  }
  return { cells: counts, openedTools: listed(opened, survey, catalog) };
}

function knownNames(
  facet: Facet,
  survey: TraceSurvey,
  grants: readonly ToolGrant[],
  catalog: Catalog,
): readonly string[] {
  const at = survey.facets.indexOf(facet);
  const ofCatalog = {
    resources: () => [],
    agents: () => catalog.agents.map(({ slug }) => slug),
    instances: () => catalog.instances.map(({ id }) => id),
    users: () => catalog.users.flatMap(({ email, id }) => email ?? id ?? []),
    groups: () => catalog.groups.map(({ name }) => name),
  }[facet]();
  return [...new Set([...grants.map(({ names }) => names[at] ?? ''), ...ofCatalog])];
}

/** Where there are too many combinations: those that a rule was made for, as many as may be decided. */
function grantedTuples(
  { facets }: TraceSurvey,
  grants: readonly ToolGrant[],
  tools: number,
): readonly (readonly string[])[] {
  const tuples = new Map<string, readonly string[]>();
  for (const grant of grants) {
    const names = grant.names.filter((_, i) => facets[i] !== 'resources');
    tuples.set(JSON.stringify(names), names);
  }
  return [...tuples.values()].slice(0, Math.max(1, Math.floor(MOST_CELLS / Math.max(1, tools))));
}

const cellKey = (resource: string, names: readonly string[], tool: string): string =>
  JSON.stringify([resource, ...names, tool]);

/** Which combinations were used by a taken call. */
async function usedCells(
  survey: TraceSurvey,
  grants: readonly ToolGrant[],
  work: PacedWork,
): Promise<ReadonlySet<string>> {
  const used = new Set<string>();
  for (const { names, use } of grants) {
    const others = names.filter((_, i) => survey.facets[i] !== 'resources');
    for (const resource of use.resources) used.add(cellKey(resource, others, use.tool));
    if (work.did(use.resources.size)) await work.rest();
  }
  return used;
}

function factsOfNames(facets: readonly Facet[], names: readonly string[]): NamedCell['facts'] {
  const named = (facet: Facet): string | undefined => names[facets.indexOf(facet)];
  const [agent, instance, user, group] = [named('agents'), named('instances'), named('users'), named('groups')];
  return {
    ...(agent === undefined ? {} : { agent: { slug: agent, tags: [] } }),
    ...(instance === undefined ? {} : { instance: { id: instance, tags: [] } }),
    ...(user === undefined && group === undefined
      ? {}
      : {
          user: {
            ...(user === undefined ? {} : { id: user, email: user }),
            ...(group === undefined ? {} : { groups: [group] }),
          },
        }),
  };
}

function listed(opened: ReadonlyMap<AccessTool, number>, survey: TraceSurvey, catalog: Catalog): readonly OpenedTool[] {
  const called = new Set<string>();
  for (const { tool, resources } of survey.uses.values())
    for (const resource of resources) called.add(toolKey(resource, tool));
  const hints = new Map(
    catalog.resources.flatMap(({ slug, tools = [] }) =>
      tools.map(({ name, annotations }) => [toolKey(slug, name), annotations?.destructiveHint === true]),
    ),
  );
  return [...opened]
    .map(([{ resource, tool }, combinations]) => ({
      resource,
      tool,
      combinations,
      called: called.has(toolKey(resource, tool)),
      destructive: hints.get(toolKey(resource, tool)) ?? false,
    }))
    .sort((a, b) => Number(b.destructive) - Number(a.destructive) || b.combinations - a.combinations);
}

const toolKey = (resource: string, tool: string): string => JSON.stringify([resource, tool]);

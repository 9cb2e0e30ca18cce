import type { Call, Catalog, Json } from '../engine';
import { nameIn, type NamedPart, type TraceColumns } from '../trace';
import type { CallLine, FacetCount, TraceFacets } from './answers';

const MOST_ARGS = 160;

export function lineOf(call: Call): CallLine {
  const { args } = call;
  return {
    id: call.id,
    time: call.time,
    agent: nameIn('agent', partOf(call, 'agent')),
    instance: nameIn('instance', partOf(call, 'instance')),
    user: nameIn('user', partOf(call, 'user')),
    resource: nameIn('resource', partOf(call, 'resource')),
    tool: nameIn('tool', partOf(call, 'tool')),
    args: args === undefined ? undefined : args === null ? '' : JSON.stringify(args).slice(0, MOST_ARGS),
    recorded: call.recorded?.effect,
    recordedRule: call.recorded?.ruleName ?? call.recorded?.ruleId,
  };
}

/** INVARIANT: calls hold JSON, which their type does not say of members that may be missing. */
const partOf = (call: Call, part: NamedPart): Json | undefined => call[part] as Json | undefined;

/** More values than a user chooses from: the commonest are listed. */
const MOST_VALUES = 1_000;

/** Each distinct value with the number of calls that have it, the commonest first. Instances go by their ids, as they do in rules. */
export function facetsOf(columns: TraceColumns): TraceFacets {
  return {
    agents: counted(columns, 'agent', named('agent')),
    instances: counted(columns, 'instance', (value) => textsOf(member(value, 'id'))),
    users: counted(columns, 'user', named('user')),
    groups: counted(columns, 'user', (value) => textsOf(member(value, 'groups'))),
    resources: counted(columns, 'resource', named('resource')),
    tools: counted(columns, 'tool', named('tool')),
  };
}

/** Names of the tools that a trace calls or lists. */
export function toolNamesOf(columns: TraceColumns, catalog: Partial<Catalog> | undefined): readonly string[] {
  const called = columns.column('tool').values.flatMap(named('tool'));
  const listed = (catalog?.resources ?? []).flatMap(({ tools = [] }) => tools.map(({ name }) => name));
  return [...new Set([...called, ...listed])].slice(0, MOST_VALUES);
}

type NamesOf = (value: Json | undefined) => readonly string[];

const named =
  (part: NamedPart): NamesOf =>
  (value) =>
    textsOf(nameIn(part, value));

const member = (value: Json | undefined, name: string): Json | undefined =>
  typeof value !== 'object' || value === null || Array.isArray(value)
    ? undefined
    : (value as Readonly<Record<string, Json | undefined>>)[name];

/** The texts of a text or a list; each once, for a call counts once. */
const textsOf = (value: Json | undefined): readonly string[] =>
  [...new Set(Array.isArray(value) ? value : [value])].filter((one) => typeof one === 'string');

function counted(columns: TraceColumns, part: NamedPart, namesOf: NamesOf): readonly FacetCount[] {
  const { values, codes } = columns.column(part);
  const totals = new Uint32Array(values.length);
  for (const code of codes) totals[code] = (totals[code] ?? 0) + 1;
  const counts = new Map<string, number>();
  values.forEach((value, code) => {
    for (const name of namesOf(value)) counts.set(name, (counts.get(name) ?? 0) + (totals[code] ?? 0));
  });
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
    .slice(0, MOST_VALUES);
}

import { FACETS, type Facet } from '../engine';

/** What a column of a table, or a member of a bare rule, may be about. */
export const FIELDS = [
  'id',
  'name',
  'description',
  'effect',
  'status',
  'scope',
  ...FACETS,
  'tools',
  'condition',
  'position',
] as const;
export type RuleColumn = (typeof FIELDS)[number];

/** A column that says nothing about what a rule does, such as who made it: it may be left out. */
export type ColumnReading = RuleColumn | 'nothing';

/** Names under which gateways and spreadsheets show a field, as `plainName` leaves them. */
const NAMES = {
  id: ['id', 'rule id', 'uuid', 'identifier'],
  name: ['name', 'rule', 'rule name', 'title'],
  description: ['description', 'notes', 'note', 'comment', 'comments', 'details'],
  effect: ['effect', 'action', 'decision', 'verdict', 'outcome'],
  status: ['status', 'state', 'enabled', 'active'],
  scope: ['scope', 'applies to'],
  resources: ['resource', 'server', 'mcp server', 'app', 'connector', 'integration', 'resource tag'],
  agents: ['agent', 'ai agent', 'agent tag'],
  instances: ['instance', 'agent instance', 'client instance'],
  users: ['user', 'member', 'email', 'user email', 'people'],
  groups: ['group', 'user group', 'team'],
  tools: ['tool', 'tool pattern', 'pattern', 'tool name', 'function'],
  condition: ['condition', 'cel', 'cel condition', 'expression', 'cel expression', 'when', 'if'],
  position: ['position', 'order', 'priority', 'no', 'nr', 'number', 'rank', '#'],
} satisfies Record<RuleColumn, readonly string[]>;

/** Columns that many lists have, and no rule does. */
const NOTHING = [
  'created',
  'created at',
  'created by',
  'updated',
  'updated at',
  'updated by',
  'modified',
  'last modified',
  'author',
  'owner',
  'hits',
  'matches',
  'last used',
  'last matched',
  'edit',
  'delete',
  'actions',
];

/** A name without case, marks and Markdown: `**Tool patterns**` and `tool_pattern` are one. */
function plainName(name: string): string {
  return name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}#]+/gu, ' ')
    .trim();
}

const singular = (name: string): string => name.replace(/s$/, '');

const READINGS: ReadonlyMap<string, ColumnReading> = new Map([
  ...NOTHING.map((name) => [name, 'nothing'] as const),
  ...Object.entries(NAMES).flatMap(([field, names]) =>
    names.flatMap((name) => [
      [name, field as RuleColumn] as const,
      [singular(name), field as RuleColumn] as const,
      [`${name}s`, field as RuleColumn] as const,
    ]),
  ),
]);

/** What a column is about, by its name; undefined where the name says nothing to us. */
export function readingOf(column: string): ColumnReading | undefined {
  const name = plainName(column);
  return READINGS.get(name) ?? READINGS.get(name.replace(/^(?:rule|scope) /, ''));
}

export const isFacet = (field: string): field is Facet => (FACETS as readonly string[]).includes(field);

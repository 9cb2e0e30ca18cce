import type { CatalogList } from '@/lib/workspace';

/** Names of the catalog's lists, and the fields of their entries. */
export const LIST_WORDS = {
  resources: { title: 'Resources', one: 'resource', hint: 'MCP servers behind the gateway, with their tools' },
  agents: { title: 'Agents', one: 'agent', hint: 'Programs that call tools, such as claude-code' },
  instances: { title: 'Instances', one: 'instance', hint: 'One connected client of one user' },
  users: { title: 'Users', one: 'user', hint: 'People for whom agents call tools' },
  groups: { title: 'Groups', one: 'group', hint: 'What users are members of' },
} satisfies Record<CatalogList, { title: string; one: string; hint: string }>;

export interface EntryField {
  readonly member: string;
  readonly label: string;
  readonly kind: 'text' | 'texts';
  readonly hint?: string;
}

const NAME: EntryField = { member: 'name', label: 'Name', kind: 'text' };
const TAGS: EntryField = { member: 'tags', label: 'Tags', kind: 'texts', hint: 'Written in rules as tag:NAME' };

export const ENTRY_FIELDS = {
  resources: [{ member: 'slug', label: 'Slug', kind: 'text', hint: 'Used in rules, for example slack' }, NAME, TAGS],
  agents: [{ member: 'slug', label: 'Slug', kind: 'text', hint: 'Used in rules, for example claude-code' }, NAME, TAGS],
  instances: [
    { member: 'id', label: 'Id', kind: 'text' },
    NAME,
    { member: 'agent', label: 'Agent', kind: 'text', hint: 'The slug of the agent that it runs' },
    { member: 'user', label: 'User', kind: 'text', hint: 'The id of its user' },
    TAGS,
  ],
  users: [
    { member: 'id', label: 'Id', kind: 'text' },
    { member: 'email', label: 'E-mail', kind: 'text' },
    NAME,
    { member: 'groups', label: 'Groups', kind: 'texts' },
  ],
  groups: [{ member: 'name', label: 'Name', kind: 'text' }],
} satisfies Record<CatalogList, readonly EntryField[]>;

export const HINTS = [
  ['readOnlyHint', 'Only reads', 'reads'],
  ['destructiveHint', 'May destroy', 'destructive'],
  ['idempotentHint', 'May be repeated without harm', 'idempotent'],
  ['openWorldHint', 'Reaches the outside world', 'open world'],
] as const;

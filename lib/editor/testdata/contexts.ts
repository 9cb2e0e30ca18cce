import { vocabularyDocs } from '../../cel';
import type { Call, Catalog, CatalogTool } from '../../engine';
import type { ConditionContext, CoveredTool } from '../context';
import tools from './tools.json';

/** Real tools, as their servers list them. */
const SERVERS: Readonly<Record<string, readonly CatalogTool[]>> = tools as unknown as Record<string, CatalogTool[]>;

export const covered = (resource: string, ...names: readonly string[]): readonly CoveredTool[] =>
  (SERVERS[resource] ?? [])
    .filter(({ name }) => names.length === 0 || names.includes(name))
    .map((tool) => ({ resource, tool }));

export const CATALOG: Catalog = {
  resources: Object.entries(SERVERS).map(([slug, list]) => ({ slug, tags: slug === 'slack' ? ['chat'] : [], tools: list })),
  agents: [{ slug: 'claude-code', tags: ['trusted'] }, { slug: 'cursor' }],
  instances: [],
  users: [{ id: 'u-1', email: 'ana@acme.example', groups: ['finance', 'board'] }],
  groups: [{ name: 'support' }],
};

export const CALL = {
  id: 'c-1',
  agent: { slug: 'claude-code' },
  user: { email: 'ana@acme.example', groups: ['finance'] },
  tool: { name: 'slack_post_message' },
  args: { channel_id: 'C_RANDOM', text: 'hi', labels: ['a', 'b'], amount: 750 },
  time: '2026-03-01T10:00:00Z',
} as unknown as Call;

export const docs = await vocabularyDocs();

/** A context of some tools of one server. */
export const on = (resource: string, ...names: readonly string[]): ConditionContext => ({
  tools: covered(resource, ...names),
  docs,
});

/** A source with `|` where the cursor is. */
export function cursor(marked: string): { source: string; offset: number } {
  const offset = marked.indexOf('|');
  if (offset < 0) throw new Error(`no cursor in ${marked}`);
  return { source: marked.slice(0, offset) + marked.slice(offset + 1), offset };
}

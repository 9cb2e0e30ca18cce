import { expect, it } from 'vitest';
import { catalogLabel } from './catalog-label';

const SLACK = { slug: 'slack', tools: [{ name: 'send' }, { name: 'read' }] };

it.each([
  [undefined, { groups: [{ name: 'g' }] }, 'add the group `g`'],
  [{ agents: [{ slug: 'a' }] }, undefined, 'remove the agent `a`'],
  [{ agents: [{ slug: 'a' }] }, { agents: [{ slug: 'a', tags: ['x'] }] }, 'change the agent `a`'],
  [{ resources: [SLACK] }, { resources: [{ slug: 'slack', tools: [{ name: 'send' }] }] }, 'remove the tool `read`'],
  [undefined, { resources: [SLACK] }, 'add 1 resource and 2 tools to the catalog'],
  [
    undefined,
    { resources: [SLACK], agents: [{ slug: 'a' }, { slug: 'b' }] },
    'add 1 resource, 2 tools and 2 agents to the catalog',
  ],
  [{ groups: [{ name: 'g' }] }, { groups: [{ name: 'h' }] }, 'change 2 entries of the catalog'],
  // Only the order is another.
  [{ groups: [{ name: 'g' }, { name: 'h' }] }, { groups: [{ name: 'h' }, { name: 'g' }] }, 'change the catalog'],
])('%j to %j: %s', (before, after, label) => {
  expect(catalogLabel(before, after)).toBe(label);
});

import { expect, test } from 'vitest';
import { completeCatalog } from './catalog';
import { entryProblems, putEntry, putTool, removeEntry, removeTool, renameTag, toolProblems } from './catalog-edit';

const CATALOG = completeCatalog({
  resources: [{ slug: 'slack', tags: ['chat'], tools: [{ name: 'send' }, { name: 'list' }] }, { slug: 'mail' }],
  agents: [{ slug: 'cursor', tags: ['chat', 'ide'] }],
  users: [{ email: 'ana@acme.example' }],
});

test('an entry is put at the end, or where the one that it replaces was', () => {
  expect(putEntry(CATALOG, 'groups', { name: 'ops' }).groups).toEqual([{ name: 'ops' }]);
  expect(putEntry(CATALOG, 'resources', { slug: 'chat' }, 'slack').resources.map(({ slug }) => slug)).toEqual([
    'chat',
    'mail',
  ]);
  expect(putEntry(undefined, 'agents', { slug: 'a' })).toEqual(completeCatalog({ agents: [{ slug: 'a' }] }));
});

test('an entry is removed by its key', () => {
  expect(removeEntry(CATALOG, 'users', 'ana@acme.example').users).toEqual([]);
  expect(removeEntry(CATALOG, 'agents', 'nobody')).toEqual(CATALOG);
});

test('tools are put and removed within their resource', () => {
  expect(putTool(CATALOG, 'slack', { name: 'post' }, 'send').resources[0]?.tools).toEqual([
    { name: 'post' },
    { name: 'list' },
  ]);
  expect(putTool(CATALOG, 'mail', { name: 'send' }).resources[1]).toEqual({ slug: 'mail', tools: [{ name: 'send' }] });
  expect(putTool(CATALOG, 'new', { name: 't' }).resources[2]).toEqual({ slug: 'new', tools: [{ name: 't' }] });
  expect(removeTool(CATALOG, 'slack', 'send').resources[0]?.tools).toEqual([{ name: 'list' }]);
  expect(removeTool(CATALOG, 'none', 'send')).toEqual(CATALOG);
});

test('a tag is renamed wherever it occurs, put together with one of that name, and taken away by an empty one', () => {
  const renamed = renameTag(CATALOG, 'chat', 'ide');
  expect([renamed.resources[0]?.tags, renamed.agents[0]?.tags]).toEqual([['ide'], ['ide']]);
  expect(renameTag(CATALOG, 'chat', '').agents[0]?.tags).toEqual(['ide']);
});

test.each([
  [entryProblems(CATALOG, 'resources', { slug: 'slack' }), ['slug: there is a resource `slack` already']],
  [entryProblems(CATALOG, 'resources', { slug: 'slack' }, 'slack'), []],
  [entryProblems(CATALOG, 'resources', { slug: 'mail' }, 'slack'), ['slug: there is a resource `mail` already']],
  [entryProblems(CATALOG, 'agents', { slug: '' }), ['slug: an agent needs a slug']],
  [entryProblems(CATALOG, 'instances', { id: '' }), ['id: an instance needs an id']],
  [entryProblems(CATALOG, 'users', { name: 'Ana' }), ['id: a user needs an id or an e-mail address']],
  [entryProblems(CATALOG, 'users', { email: 'bo@acme.example' }), []],
  [entryProblems(CATALOG, 'groups', { name: 'a\ud800' }), ['name: the text holds half a character (a lone surrogate)']],
  [toolProblems(CATALOG, 'slack', { name: 'list' }, 'send'), ['name: `slack` has a tool `list` already']],
  [toolProblems(CATALOG, 'slack', { name: '' }), ['name: a tool needs a name']],
  [toolProblems(CATALOG, 'mail', { name: 'list', inputSchema: { type: 'object' } }), []],
  [
    toolProblems(CATALOG, 'mail', { name: 'list', inputSchema: { properties: { '\udc00': {} } } }),
    ['inputSchema: the text holds half a character (a lone surrogate)'],
  ],
])('%j', (problems, words) => {
  expect(problems.map(({ member, message }) => `${member}: ${message}`)).toEqual(words);
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Catalog, CatalogResource, CatalogUser } from '../engine';
import { CATALOG_LISTS, completeCatalog, entryKey, groupsOf, isEmptyCatalog, mergeCatalogs, tagsOf } from './catalog';
import { catalogChanges } from './catalog-changes';

const SLACK: Partial<Catalog> = {
  resources: [
    { slug: 'slack', name: 'Slack', tags: ['chat'], tools: [{ name: 'send', title: 'Send' }, { name: 'list' }] },
  ],
};

describe('merging', () => {
  const CASES: readonly [string, Partial<Catalog>, Partial<Catalog>, Partial<Catalog>][] = [
    ['nothing with something', {}, SLACK, SLACK],
    ['something with nothing', SLACK, {}, SLACK],
    [
      'tools and tags are put together, and the later value of a member is kept',
      SLACK,
      {
        resources: [
          { slug: 'slack', tags: ['internal'], tools: [{ name: 'list', description: 'All' }, { name: 'x' }] },
        ],
      },
      {
        resources: [
          {
            slug: 'slack',
            name: 'Slack',
            tags: ['chat', 'internal'],
            tools: [{ name: 'send', title: 'Send' }, { name: 'list', description: 'All' }, { name: 'x' }],
          },
        ],
      },
    ],
    [
      'new entries come last',
      { agents: [{ slug: 'a' }] },
      { agents: [{ slug: 'b' }, { slug: 'a', name: 'A' }] },
      { agents: [{ slug: 'a', name: 'A' }, { slug: 'b' }] },
    ],
    [
      'a client is merged member by member',
      { instances: [{ id: 'i', client: { name: 'cursor' } }] },
      { instances: [{ id: 'i', client: { version: '2' } }] },
      { instances: [{ id: 'i', client: { name: 'cursor', version: '2' } }] },
    ],
    [
      'a user known by address is given an id',
      { users: [{ email: 'ana@acme.example', groups: ['a'] }] },
      { users: [{ id: 'u-1', email: 'ana@acme.example', groups: ['b'] }] },
      { users: [{ id: 'u-1', email: 'ana@acme.example', groups: ['a', 'b'] }] },
    ],
    [
      'one address under two ids is two users',
      { users: [{ id: 'u-1', email: 'ana@acme.example' }] },
      { users: [{ id: 'u-2', email: 'ana@acme.example' }] },
      {
        users: [
          { id: 'u-1', email: 'ana@acme.example' },
          { id: 'u-2', email: 'ana@acme.example' },
        ],
      },
    ],
    [
      'keys that are members of every object are keys like others',
      { resources: [{ slug: '__proto__' }] },
      { resources: [{ slug: 'constructor' }] },
      { resources: [{ slug: '__proto__' }, { slug: 'constructor' }] },
    ],
  ];
  test.each(CASES)('%s', (_, known, more, merged) => {
    expect(mergeCatalogs(known, more)).toEqual(completeCatalog(merged));
  });

  test('a list that nothing is added to keeps its identity, and so does an entry of which nothing new is said', () => {
    const known = completeCatalog(SLACK);
    expect(mergeCatalogs(known, { agents: [{ slug: 'a' }] }).resources).toBe(known.resources);
    expect(mergeCatalogs(known, SLACK).resources[0]).toBe(known.resources[0]);
  });

  test('members of a later format are kept', () => {
    const merged = mergeCatalogs({ 'x-a': 1 } as Partial<Catalog>, {
      resources: [{ slug: 's', 'x-b': 2 } as CatalogResource],
    });
    expect(merged).toMatchObject({ 'x-a': 1, resources: [{ slug: 's', 'x-b': 2 }] });
  });

  const name = fc.constantFrom('a', 'b', 'c', '__proto__');
  const tags = fc.uniqueArray(name, { maxLength: 3 });
  const catalogs: fc.Arbitrary<Partial<Catalog>> = fc.record({
    resources: fc.uniqueArray(
      fc.record({
        slug: name,
        tags,
        tools: fc.uniqueArray(fc.record({ name, title: name }), { selector: (t) => t.name }),
      }),
      { selector: (r) => r.slug },
    ),
    users: fc.uniqueArray(
      fc.oneof(
        fc.record({ id: name }),
        fc.record({ email: name }),
        fc.record({ id: name, email: name, groups: tags }),
      ) as fc.Arbitrary<CatalogUser>,
      { selector: (u) => entryKey('users', u), maxLength: 3 },
    ),
  });

  test('nothing is lost, and taking a thing twice is taking it once', () => {
    fc.assert(
      fc.property(catalogs, catalogs, (known, more) => {
        const merged = mergeCatalogs(known, more);
        // A user who was known by an address alone may come to be known by an id: one of the two is what must stay.
        const removed = catalogChanges(known, merged).filter(
          ({ kind, list }) => kind === 'removed' && list !== 'users',
        );
        expect(removed).toEqual([]);
        for (const { id, email } of known.users ?? []) {
          expect(merged.users.some((user) => (id ?? email) === user.id || email === user.email)).toBe(true);
        }
        expect(mergeCatalogs(merged, { resources: more.resources ?? [] })).toEqual(merged);
        for (const list of CATALOG_LISTS.filter((one) => one !== 'users')) {
          const keys = merged[list].map((entry) => entryKey(list, entry));
          expect(new Set(keys).size).toBe(keys.length);
        }
      }),
    );
  });
});

describe('changes', () => {
  test('say what is added, changed and removed, tools after their resource', () => {
    const after = completeCatalog({
      resources: [
        { slug: 'slack', name: 'Slack!', tags: ['chat'], tools: [{ name: 'list', title: 'List' }, { name: 'new' }] },
        { slug: 'mail', tools: [{ name: 'send' }] },
      ],
      groups: [{ name: 'ops' }],
    });
    expect(catalogChanges({ ...SLACK, agents: [{ slug: 'cursor' }] }, after)).toEqual([
      { kind: 'changed', list: 'resources', key: 'slack', members: ['name'] },
      { kind: 'changed', list: 'tools', key: 'list', resource: 'slack', members: ['title'] },
      { kind: 'added', list: 'tools', key: 'new', resource: 'slack', members: [] },
      { kind: 'removed', list: 'tools', key: 'send', resource: 'slack', members: [] },
      { kind: 'added', list: 'resources', key: 'mail', members: [] },
      { kind: 'added', list: 'tools', key: 'send', resource: 'mail', members: [] },
      { kind: 'removed', list: 'agents', key: 'cursor', members: [] },
      { kind: 'added', list: 'groups', key: 'ops', members: [] },
    ]);
  });

  test('are none between equals, whatever the order of members', () => {
    const other = {
      resources: [{ tools: SLACK.resources?.[0]?.tools ?? [], tags: ['chat'], name: 'Slack', slug: 'slack' }],
    };
    expect(catalogChanges(SLACK, other)).toEqual([]);
  });

  test('a user that is given an id is changed, not another', () => {
    const before = { users: [{ email: 'ana@acme.example' }] };
    const after = mergeCatalogs(before, { users: [{ id: 'u-1', email: 'ana@acme.example' }] });
    expect(catalogChanges(before, after)).toEqual([{ kind: 'changed', list: 'users', key: 'u-1', members: ['id'] }]);
  });
});

test('tags and groups are listed with what has them', () => {
  const catalog = completeCatalog({
    ...SLACK,
    agents: [{ slug: 'cursor', tags: ['chat', 'beta'] }],
    users: [{ id: 'u-1', groups: ['ops', 'ops'] }],
    groups: [{ name: 'finance' }],
  });
  expect(tagsOf(catalog)).toEqual([
    { tag: 'beta', resources: [], agents: ['cursor'], instances: [] },
    { tag: 'chat', resources: ['slack'], agents: ['cursor'], instances: [] },
  ]);
  expect(groupsOf(catalog)).toEqual([
    { name: 'finance', members: 0, listed: true },
    { name: 'ops', members: 1, listed: false },
  ]);
  expect([isEmptyCatalog(null), isEmptyCatalog({}), isEmptyCatalog(SLACK)]).toEqual([true, true, false]);
});

test('lists the changes of a server with more tools than a function takes arguments', () => {
  const tools = Array.from({ length: 200_000 }, (_, i) => ({ name: `t${i}` }));
  expect(catalogChanges(undefined, { resources: [{ slug: 's', tools }] })).toHaveLength(200_001);
});

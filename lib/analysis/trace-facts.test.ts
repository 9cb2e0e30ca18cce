import { expect, test } from 'vitest';
import { callId, EMPTY_CATALOG, type Call, type Catalog } from '../engine';
import { withSettings, type FactSetting, type FactSettings } from './trace-facts';

const is = (path: string, value: string | boolean | readonly string[]): FactSetting => ({
  path: path.split('.'),
  to: { kind: 'value', value },
});
const absent = (path: string): FactSetting => ({ path: path.split('.'), to: { kind: 'absent' } });
const READ_ONLY = is('tool.annotations.readOnlyHint', true);
const NOT_DESTRUCTIVE = is('tool.annotations.destructiveHint', false);

const set = (call: Omit<Call, 'id'>, facts: readonly FactSetting[], more: Partial<FactSettings> = {}) => {
  const { id: _, ...rest } = withSettings(
    { ...call, id: callId('a') },
    { facts, catalog: undefined, replace: false, ...more },
  );
  return rest;
};

test.each<[string, Omit<Call, 'id'>, readonly FactSetting[], Omit<Call, 'id'>]>([
  ['a fact that is not known', {}, [is('agent.slug', 'cursor')], { agent: { slug: 'cursor' } }],
  [
    'a fact beside others',
    { user: { email: 'a@x.org' } },
    [is('user.groups', ['ops'])],
    { user: { email: 'a@x.org', groups: ['ops'] } },
  ],
  [
    'no fact that the call says',
    { agent: { slug: 'codex' } },
    [is('agent.slug', 'cursor')],
    { agent: { slug: 'codex' } },
  ],
  ['no fact that is known to be absent', { agent: null }, [is('agent.slug', 'cursor')], { agent: null }],
  [
    'no hint that known annotations leave out',
    { tool: { annotations: {} } },
    [READ_ONLY],
    { tool: { annotations: {} } },
  ],
  [
    'several hints of annotations that are not known',
    { tool: { name: 't' } },
    [READ_ONLY, NOT_DESTRUCTIVE],
    { tool: { name: 't', annotations: { readOnlyHint: true, destructiveHint: false } } },
  ],
  ['that there is none', {}, [absent('user')], { user: null }],
])('sets %s', (_, call, facts, expected) => {
  expect(set(call, facts)).toEqual(expected);
});

test.each<[Omit<Call, 'id'>, FactSetting, Omit<Call, 'id'>]>([
  [
    { agent: { slug: 'codex', name: 'Codex' } },
    is('agent.slug', 'cursor'),
    { agent: { slug: 'cursor', name: 'Codex' } },
  ],
  [{ user: { email: 'a@x.org' } }, absent('user'), { user: null }],
  [{ tool: { annotations: {} } }, READ_ONLY, { tool: { annotations: { readOnlyHint: true } } }],
])('with `replace`, also what %j says', (call, fact, expected) => {
  expect(set(call, [fact], { replace: true })).toEqual(expected);
});

test('a call in which nothing changes is the same object', () => {
  const call: Call = { id: callId('a'), agent: { slug: 'cursor' }, user: null };
  for (const replace of [false, true])
    expect(
      withSettings(call, { facts: [is('agent.slug', 'cursor'), absent('user')], catalog: undefined, replace }),
    ).toBe(call);
});

const CATALOG: Catalog = {
  ...EMPTY_CATALOG,
  agents: [{ slug: 'cursor', tags: ['ide'] }],
  users: [
    { email: 'a@x.org', groups: ['ops'] },
    { id: 'u1', email: 'b@x.org', groups: ['dev'] },
  ],
  resources: [
    {
      slug: 'files',
      tools: [
        { name: 'read', annotations: { readOnlyHint: true } },
        { name: 'search', annotations: {} },
      ],
    },
    {
      slug: 'wiki',
      tools: [
        { name: 'read', annotations: { readOnlyHint: true } },
        { name: 'search', annotations: { readOnlyHint: true } },
      ],
    },
  ],
};

test.each<[string, Omit<Call, 'id'>, Omit<Call, 'id'>]>([
  [
    'the tool of its resource',
    { resource: { slug: 'files' }, tool: { name: 'search' } },
    { resource: { slug: 'files' }, tool: { name: 'search', annotations: {} } },
  ],
  [
    'a tool that all resources describe alike',
    { tool: { name: 'read' } },
    { tool: { name: 'read', annotations: { readOnlyHint: true } } },
  ],
  ['no tool that they describe otherwise', { tool: { name: 'search' } }, { tool: { name: 'search' } }],
  ['an agent', { agent: { slug: 'cursor' } }, { agent: { slug: 'cursor', tags: ['ide'] } }],
  ['a user by address', { user: { email: 'a@x.org' } }, { user: { email: 'a@x.org', groups: ['ops'] } }],
  ['a user by id', { user: { id: 'u1' } }, { user: { id: 'u1', email: 'b@x.org', groups: ['dev'] } }],
  ['no user of another address', { user: { id: 'u1', email: 'c@x.org' } }, { user: { id: 'u1', email: 'c@x.org' } }],
  ['nothing of a call that names nothing', { tool: null }, { tool: null }],
])('takes from the catalog %s', (_, call, expected) => {
  expect(set(call, [], { catalog: CATALOG })).toEqual(expected);
});

test('a fact that is given comes before the catalog, which then knows the call by it', () => {
  expect(set({}, [is('agent.slug', 'cursor')], { catalog: CATALOG })).toEqual({
    agent: { slug: 'cursor', tags: ['ide'] },
  });
});

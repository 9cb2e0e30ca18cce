import { expect, test } from 'vitest';
import { callId, EMPTY_CATALOG, type Call, type Catalog } from '@/lib/engine';
import { composedCall, draftOf, type CallDraft } from './call-draft';

const CATALOG: Catalog = {
  ...EMPTY_CATALOG,
  agents: [{ slug: 'cursor', tags: ['ide'] }],
  users: [{ email: 'ana@acme.example', groups: ['ops'] }],
  resources: [{ slug: 'files', tools: [{ name: 'read', annotations: { readOnlyHint: true } }] }],
};

const composed = (from: Call | undefined, change: Partial<CallDraft> = {}) => {
  const draft = { ...draftOf(from, CATALOG), ...change };
  const { id: _, ...call } = composedCall(draft, from, CATALOG);
  return call;
};

test.each<Omit<Call, 'id'>>([
  {},
  { agent: null, user: null, resource: null, tool: null, args: null },
  {
    time: '2026-11-03T10:00:00Z',
    ip: '10.0.0.1',
    instance: { id: 'i' },
    tool: { name: 'x', annotations: {} },
    args: {},
  },
  { agent: { name: 'without a slug' }, user: { groups: ['a'] }, args: { deep: [1, { a: null }] } },
])('a call that nothing was changed in says what it said: %j', (facts) => {
  expect(composed({ ...facts, id: callId('a') })).toEqual(facts);
});

test('what the catalog knows of another name comes along, and a name that is emptied is not known', () => {
  const from: Call = {
    id: callId('a'),
    agent: { slug: 'codex' },
    user: { id: 'u' },
    tool: { name: 'x' },
    args: { n: 1 },
  };
  expect(composed(from, { agent: 'cursor', user: '', resource: 'files', tool: 'read', args: undefined })).toEqual({
    agent: { slug: 'cursor', tags: ['ide'] },
    resource: { slug: 'files' },
    tool: { name: 'read', annotations: { readOnlyHint: true } },
  });
});

test('the recorded decision of a call is not that of a changed one', () => {
  expect(composed({ id: callId('a'), recorded: { effect: 'deny' } })).toEqual({});
});

test('a call from nothing is one of the first tool of the catalog', () => {
  expect(composed(undefined)).toEqual({
    agent: { slug: 'cursor', tags: ['ide'] },
    resource: { slug: 'files' },
    tool: { name: 'read', annotations: { readOnlyHint: true } },
    args: {},
  });
});

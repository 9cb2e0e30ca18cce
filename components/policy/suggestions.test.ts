import { describe, expect, test } from 'vitest';
import { completeCatalog } from '@/lib/workspace';
import type { KnownWorld } from '../session/use-catalog';
import { findSuggestions, suggestionsFor } from './suggestions';
import type { SentenceTopic } from './sentence';

const KNOWN: KnownWorld = {
  catalog: completeCatalog({
    resources: [
      { slug: 'slack', name: 'Slack', tags: ['chat'], tools: [{ name: 'send', title: 'Send' }, { name: 'list' }] },
      { slug: 'mail', tags: ['chat'], tools: [{ name: 'send' }] },
      { slug: 'bad\ud800' },
    ],
    agents: [{ slug: 'cursor', name: 'Cursor' }, { slug: 'codex' }],
    instances: [{ id: 'i-7', name: 'ana-laptop', agent: 'cursor', user: 'u-1', tags: ['managed'] }],
    users: [
      { id: 'u-1', email: 'ana@acme.example', name: 'Ana', groups: ['finance'] },
      { id: 'u-2' },
      { name: 'nobody' },
    ],
    groups: [{ name: 'ops' }],
  }),
  facets: {
    agents: [
      { value: 'codex', count: 1204 },
      { value: 'other', count: 1 },
    ],
    instances: [
      { value: 'i-8', count: 5 },
      { value: 'i-7', count: 4 },
    ],
    users: [{ value: 'ana@acme.example', count: 2 }],
    groups: [
      { value: 'finance', count: 2 },
      { value: 'guests', count: 1 },
    ],
    resources: [],
    tools: [
      { value: 'list', count: 3 },
      { value: 'unseen', count: 1 },
    ],
  },
};

const CASES: readonly [SentenceTopic, readonly string[]][] = [
  ['agents', ['codex | 1,204 calls', 'other | 1 call', 'cursor | Cursor']],
  ['resources', ['slack | Slack · 2 tools', 'mail | 1 tool', 'tag:chat | 2 resources']],
  ['instances', ['i-8 | 5 calls', 'i-7 | ana-laptop · cursor of u-1 · 4 calls', 'tag:managed | 1 instance']],
  ['users', ['ana@acme.example | Ana · 2 calls', 'u-2 | ']],
  ['groups', ['finance | 1 user · 2 calls', 'guests | 1 call', 'ops | ']],
  ['tools', ['list | slack · 3 calls', 'unseen | 1 call', 'send | Send · slack, mail']],
];

const said = (list: ReturnType<typeof suggestionsFor>) => list.map(({ value, detail = '' }) => `${value} | ${detail}`);

test.each(CASES)('%s are suggested with what is known of them, the busiest first, tags last', (place, words) => {
  expect(said(suggestionsFor(place, KNOWN))).toEqual(words);
});

test('tools of the resources that are selected come first, by slug and by tag', () => {
  const names = (resources: readonly string[]) => suggestionsFor('tools', KNOWN, resources).map(({ value }) => value);
  expect(names(['mail'])).toEqual(['send', 'list', 'unseen']);
  expect(names(['tag:chat'])).toEqual(['list', 'send', 'unseen']);
});

test('nothing known suggests nothing', () => {
  expect(suggestionsFor('tools', { catalog: completeCatalog(null), facets: undefined })).toEqual([]);
});

describe('finding', () => {
  const list = ['read_message', 'message', 'send_message', 'unmessage', 'message_list'].map((value) => ({ value }));
  test.each([
    ['message', ['message', 'message_list', 'read_message', 'send_message', 'unmessage']],
    ['SEND', ['send_message']],
    ['', list.map(({ value }) => value)],
    ['zzz', []],
  ])('%j', (text, values) => {
    expect(findSuggestions(list, text).map(({ value }) => value)).toEqual(values);
  });

  test('by what is known of it, last', () => {
    const people = [{ value: 'u-1', detail: 'Ana' }, { value: 'ana@acme.example' }];
    expect(findSuggestions(people, 'ana').map(({ value }) => value)).toEqual(['ana@acme.example', 'u-1']);
  });
});

import { expect, test } from 'vitest';
import { loadMatchers } from '@/lib/engine';
import { completeCatalog } from '@/lib/workspace';
import { beginningWith, isOnlyBeginning, isPattern, knownTools, matchTools, matchWords } from './tool-matches';

const KNOWN = {
  catalog: completeCatalog({
    resources: [
      { slug: 'slack', tags: ['chat'], tools: [{ name: 'send_message' }, { name: 'send_dm' }, { name: 'list' }] },
      { slug: 'mail', tools: [{ name: 'send_email' }] },
    ],
  }),
  facets: {
    agents: [],
    instances: [],
    users: [],
    groups: [],
    resources: [],
    tools: [
      { value: 'list', count: 2 },
      { value: 'seen', count: 1 },
    ],
  },
};

const CASES: readonly [pattern: string, resources: readonly string[], words: string | undefined][] = [
  ['send_*', [], 'matches 3 tools'],
  ['send_*', ['slack'], 'matches 2 tools'],
  ['send_*', ['tag:chat'], 'matches 2 tools'],
  ['send_e*', ['slack'], 'matches none here, 1 tool on other resources'],
  ['list', [], 'matches 1 tool'],
  ['seen', [], 'matches 1 tool'],
  ['seen', ['slack'], 'matches none here, 1 tool on other resources'],
  ['sned_*', [], 'matches no known tool'],
  ['send_{dm,email}', [], 'matches 2 tools'],
  ['SEND_*', [], 'matches no known tool'],
  ['*', [], 'matches 5 tools'],
  ['', [], 'matches no known tool'],
];

test.each(CASES)('%j on %j', async (pattern, resources, words) => {
  const tools = knownTools(KNOWN, resources);
  expect(matchWords(matchTools([pattern], tools, await loadMatchers([pattern])), tools)).toBe(words);
});

test('where no tool is known, nothing is said', async () => {
  const tools = knownTools({ catalog: completeCatalog(null), facets: undefined }, []);
  expect(matchWords(matchTools(['*'], tools, await loadMatchers([])), tools)).toBe(undefined);
});

test.each([
  ['send_', [], 'send_*'],
  ['send', ['slack'], 'send*'],
  ['send_message', [], undefined],
  ['send_email', ['slack'], undefined],
  ['send_m', [], undefined],
  ['li', [], undefined],
  ['message', [], undefined],
  ['send_*', [], undefined],
  ['', [], undefined],
] as const)('what begins with %j on %j', (text, resources, pattern) => {
  expect(beginningWith(text, knownTools(KNOWN, resources))).toBe(pattern);
});

test('several patterns find a tool once', async () => {
  const tools = knownTools(KNOWN, []);
  const { inside } = matchTools(['send_*', '*_message'], tools, await loadMatchers([]));
  expect(inside.map(({ name }) => name)).toEqual(['send_message', 'send_dm', 'send_email']);
});

test.each([
  ['send', false],
  ['send_*', true],
  ['s?nd', true],
  ['[ab]c', true],
  ['a.b/c-d', false],
  ['', false],
])('%j is distinguished from a part of a name', (text, pattern) => {
  expect(isPattern(text)).toBe(pattern);
});

test.each([
  ['the beginning of known tools', 'delete', 'delete*', ['delete_file', 'delete_repo'], true],
  ['the beginning of a single known tool', 'archi', 'archive', ['archive'], true],
  ['the name of a known tool, which others begin with', 'delete', 'delete*', ['delete', 'delete_file'], false],
  ['a pattern', 'del*', 'delete_file', ['delete_file'], false],
  ['a name that no known tool begins with', 'archive', undefined, ['delete_file'], false],
])('Enter takes what begins with a text that is nothing known: %s', (_, text, nearest, known, expected) => {
  expect(isOnlyBeginning(text, nearest, known)).toBe(expected);
});

import { expect, test } from 'vitest';
import { callId, type Call } from '@/lib/engine';
import { onlyAdds } from './what-if-call';

const CALL: Call = {
  id: callId('c'),
  agent: { slug: 'cursor' },
  user: null,
  tool: { name: 'push' },
  args: { repo: 'docs' },
};

test.each<[string, Partial<Call>, boolean]>([
  ['nothing', {}, true],
  ['a fact that was not known', { resource: { slug: 'github' } }, true],
  ['a member of a part that was known', { agent: { slug: 'cursor', tags: ['ide'] } }, true],
  ['annotations that were not known', { tool: { name: 'push', annotations: { readOnlyHint: false } } }, true],
  ['another value', { agent: { slug: 'codex' } }, false],
  ['a user where there was none', { user: { id: 'u' } }, false],
  ['an argument that was not there', { args: { repo: 'docs', force: true } }, false],
])('whether a call only says more than the original: %s', (_, part, expected) => {
  expect(onlyAdds(CALL, { ...CALL, ...part })).toBe(expected);
});

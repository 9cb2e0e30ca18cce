import { expect, test } from 'vitest';
import { readChange } from './channel';

test.each([
  { kind: 'policies' },
  { kind: 'policy', id: 'p', revision: 3 },
  { kind: 'drafts', policyId: 'p' },
  { kind: 'versions', policyId: 'p' },
  { kind: 'closed', cause: 'deleted', message: 'why' },
  { kind: 'erased' },
])('takes %j from another tab', (change) => {
  expect(readChange(change)).toEqual(change);
});

test.each([
  null,
  'policies',
  {},
  { kind: 'toString' },
  { kind: 'policy', id: 'p' },
  { kind: 'policy', id: 1, revision: 1 },
  { kind: 'drafts' },
])('takes no notice of %j', (message) => {
  expect(readChange(message)).toBeUndefined();
});

import { expect, test } from 'vitest';
import { failureOf } from './failure';

const wrapped = (name: string, message: string, inner?: unknown) => Object.assign(new Error(message), { name, inner });

test.each([
  ['the browser’s own error', new DOMException('no room', 'QuotaExceededError'), 'quota', 'no room'],
  [
    'wrapped by Dexie',
    wrapped('AbortError', 'aborted', new DOMException('no room', 'QuotaExceededError')),
    'quota',
    'no room',
  ],
  [
    'wrapped twice',
    wrapped('OpenFailedError', 'open', wrapped('AbortError', '', new DOMException('insecure', 'SecurityError'))),
    'refused',
    'insecure',
  ],
  ['Firefox’s own name', wrapped('NS_ERROR_DOM_INDEXEDDB_QUOTA_ERR', 'full'), 'quota', 'full'],
  ['a closed database', wrapped('DatabaseClosedError', 'closed'), 'closed', 'closed'],
  ['any other error', new RangeError('odd'), 'other', 'odd'],
  ['a text', 'odd', 'other', 'odd'],
  ['nothing', null, 'other', 'unknown error'],
] as const)('%s', (_what, error, reason, message) => {
  expect(failureOf(error)).toEqual({ kind: 'failed', reason, message });
});

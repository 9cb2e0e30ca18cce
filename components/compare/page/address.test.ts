import { expect, test } from 'vitest';
import { policyId, traceId, versionId } from '@/lib/store';
import { NOWHERE, readAddress, writeAddress, type CompareAddress } from './address';

const DIGEST = '9f3a17c2'.repeat(8);

test.each<[CompareAddress, string]>([
  [NOWHERE, ''],
  [
    {
      policy: policyId('p-first'),
      against: { kind: 'version', id: versionId('v-2345') },
      trace: traceId('3c-4'),
      cell: { from: 'allow', to: 'deny' },
      call: 0,
    },
    '#policy=p-first&against=version.v-2345&trace=3c-4&cell=allow.deny&call=0',
  ],
  [{ ...NOWHERE, against: { kind: 'policy', id: policyId('p-x') } }, '#against=policy.p-x'],
  [{ ...NOWHERE, against: { kind: 'bundle', digest: DIGEST } }, `#against=bundle.${DIGEST}`],
  [{ ...NOWHERE, against: { kind: 'nothing' } }, '#against=nothing'],
])('%j is written as %s', (address, fragment) => {
  expect(writeAddress(address)).toBe(fragment);
  expect(readAddress(fragment)).toEqual({ ...address, unread: [] });
});

test.each<[string, readonly string[]]>([
  ['#policy=', ['policy']],
  ['#policy=p%20x', ['policy']],
  [`#policy=${'p'.repeat(81)}`, ['policy']],
  ['#against=version', ['against']],
  ['#against=version.', ['against']],
  ['#against=rule.x', ['against']],
  [`#against=bundle.${DIGEST}0`, ['against']],
  ['#trace=<b>&cell=allow', ['trace', 'cell']],
  ['#cell=allow.toString', ['cell']],
  ['#cell=allow.deny.deny', ['cell']],
  ['#call=-1', ['call']],
  ['#call=1e3', ['call']],
  ['#something=else', []],
  ['#1.q1ZKSk0s.0123456789ab', []],
  ['#%E0%A4%A', []],
])('of %s nothing is used', (fragment, unread) => {
  expect(readAddress(fragment)).toEqual({ ...NOWHERE, unread });
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EFFECT_CODES } from '@/lib/trace';
import { policyId, traceId, versionId } from '@/lib/store';
import { NOWHERE, readAddress, writeAddress, type Address } from './address';

const DIGEST = '9f3a17c2'.repeat(8);

test.each<[Address, string]>([
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

test('what is written is read again, whatever is compared; and no text makes reading fail', () => {
  const id = fc.stringMatching(/^[\w-]{1,9}$/);
  const anAddress: fc.Arbitrary<Address> = fc.record({
    policy: fc.option(id.map(policyId), { nil: undefined }),
    against: fc.option(
      fc.oneof(
        fc.constant({ kind: 'nothing' as const }),
        id.map((one) => ({ kind: 'version' as const, id: versionId(one) })),
        id.map((one) => ({ kind: 'policy' as const, id: policyId(one) })),
        fc.constantFrom(DIGEST, '0'.repeat(64)).map((digest) => ({ kind: 'bundle' as const, digest })),
      ),
      { nil: undefined },
    ),
    trace: fc.option(id.map(traceId), { nil: undefined }),
    cell: fc.option(fc.record({ from: fc.constantFrom(...EFFECT_CODES), to: fc.constantFrom(...EFFECT_CODES) }), {
      nil: undefined,
    }),
    call: fc.option(fc.nat(999_999_999), { nil: undefined }),
  });
  fc.assert(
    fc.property(anAddress, (address) => {
      expect(readAddress(writeAddress(address))).toEqual({ ...address, unread: [] });
    }),
  );
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void readAddress(`#${text}`)));
});

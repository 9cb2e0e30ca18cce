import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EFFECT_CODES } from '@/lib/trace';
import { policyId, traceId, versionId } from '@/lib/store';
import { readAddress, writeAddress, type CompareAddress } from './address';

test('what is written is read again, whatever is compared; and no text makes reading fail', () => {
  const id = fc.string({ unit: fc.constantFrom(...'aZ09_-'), minLength: 1, maxLength: 80 });
  const anAddress: fc.Arbitrary<CompareAddress> = fc.record({
    policy: fc.option(id.map(policyId), { nil: undefined }),
    against: fc.option(
      fc.oneof(
        fc.constant({ kind: 'nothing' as const }),
        id.map((one) => ({ kind: 'version' as const, id: versionId(one) })),
        id.map((one) => ({ kind: 'policy' as const, id: policyId(one) })),
        fc.constantFrom('9f3a17c2'.repeat(8), '0'.repeat(64)).map((digest) => ({ kind: 'bundle' as const, digest })),
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

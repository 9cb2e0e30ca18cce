import { describe, expect, it } from 'vitest';
import { mendedAddress } from './mended-address';

const cases: [address: string, mended: string | null][] = [
  ['https://a.example/%231.q1ZK.0123456789ab', 'https://a.example/#1.q1ZK.0123456789ab'],
  [
    'https://a.example/docs/playground/%231.q1ZK.0123456789ab',
    'https://a.example/docs/playground/#1.q1ZK.0123456789ab',
  ],
  ['https://a.example/docs/playground%231.q1ZK.01', 'https://a.example/docs/playground/#1.q1ZK.01'],
  ['https://a.example/embed/%231.q1ZK.01?view=rule', 'https://a.example/embed/?view=rule#1.q1ZK.01'],
  ['https://a.example//other.example/%231.q1ZK.01', 'https://a.example//other.example/#1.q1ZK.01'],
  ['https://a.example/nowhere/', null],
  ['https://a.example/%23', null],
  ['https://a.example/%23section', null],
  ['https://a.example/#1.q1ZK.01', null],
];

describe('mendedAddress', () => {
  it.each(cases)('%s', (address, mended) => {
    expect(mendedAddress(address)).toBe(mended);
  });

  it('never leaves the origin', () => {
    for (const [address, mended] of cases) {
      if (mended !== null) expect(new URL(mended).origin).toBe(new URL(address).origin);
    }
  });
});

import { describe, expect, it } from 'vitest';
import { repairedAddress } from './repaired-address';

const cases: [address: string, repaired: string | null][] = [
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

describe('repairedAddress', () => {
  it.each(cases)('%s', (address, repaired) => {
    expect(repairedAddress(address)).toBe(repaired);
  });

  it('never leaves the origin', () => {
    for (const [address, repaired] of cases) {
      if (repaired !== null) expect(new URL(repaired).origin).toBe(new URL(address).origin);
    }
  });
});

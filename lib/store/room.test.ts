import { expect, test } from 'vitest';
import { askToPersist, readRoom } from './room';

const no = async () => {
  throw new TypeError('not here');
};

test.each([
  [
    'all that a browser may report',
    { estimate: async () => ({ usage: 5, quota: 10 }), persisted: async () => true },
    { used: 5, quota: 10, persisted: true },
  ],
  ['a browser that reports little', { estimate: async () => ({}) }, { used: null, quota: null, persisted: null }],
  ['a browser that fails', { estimate: no, persisted: no }, { used: null, quota: null, persisted: null }],
  ['an old browser', undefined, { used: null, quota: null, persisted: null }],
])('reads how much room there is: %s', async (_what, storage, room) => {
  expect(await readRoom(storage)).toEqual(room);
});

test.each([
  ['grants', { persist: async () => true }, true],
  ['declines', { persist: async () => false }, false],
  ['fails', { persist: no }, null],
  ['cannot', undefined, null],
])('asks the browser to keep the data: it %s', async (_what, storage, answer) => {
  expect(await askToPersist(storage)).toBe(answer);
});

import { expect, test } from 'vitest';
import type { Bundle } from '@/lib/bundle';
import { callId, type Call } from '@/lib/engine';
import { callsOf, sampleOf, withCall } from './sample-calls';

const call = (id: string, tool: string): Call => ({ id: callId(id), tool: { name: tool } });
const ofTests = (...calls: readonly Call[]): Bundle =>
  ({
    name: 'P',
    rules: [],
    tests: calls.map((one) => ({ name: one.id, call: one, expect: { effect: 'deny' } })),
  }) as unknown as Bundle;
const idsAndTools = (bundle: Bundle) => callsOf(bundle).map(({ id, tool }) => `${id} ${tool?.name ?? ''}`);

test('calls of tests that share an id are distinguished, and each can be chosen', () => {
  const bundle = ofTests(call('call', 'a'), call('call', 'b'), call('call-2', 'c'), call('call', 'd'));
  expect(idsAndTools(bundle)).toEqual(['call a', 'call-3 b', 'call-2 c', 'call-4 d']);
  expect(sampleOf(bundle, callId('call-3'))?.tool?.name).toBe('b');
});

test('an edit of one of them leaves the others as they are', () => {
  const bundle = ofTests(call('call', 'a'), call('call', 'b'));
  const edited = withCall(bundle, call('call-2', 'c'));
  expect(idsAndTools(edited)).toEqual(['call a', 'call-2 c']);
});

test('many calls with one id are renamed once each', () => {
  const bundle = ofTests(...Array.from({ length: 20_000 }, () => call('call', 'a')));
  expect(new Set(callsOf(bundle).map(({ id }) => id)).size).toBe(callsOf(bundle).length);
});

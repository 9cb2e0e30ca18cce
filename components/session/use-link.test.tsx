// @vitest-environment jsdom
import { act, cleanup, configure, renderHook, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { bundleOf, encodeLink, type Bundle } from '@/lib/bundle';
import { fillRule, ruleId } from '@/lib/engine';
import { useLink } from './use-link';

const policy = (name: string): Bundle =>
  bundleOf(name, {
    rules: [fillRule({ id: ruleId('r'), name, effect: 'deny', tools: ['*'], condition: null })],
    settings: { gatedWhenFalse: 'continue' },
  });

function fragmentOf(bundle: Bundle): string {
  const link = encodeLink(bundle);
  if (!link.ok) throw new Error('this bundle does not fit into a link');
  return link.fragment;
}

const nameIn = ({ current }: { current: ReturnType<typeof useLink> }) => current.preview?.bundle.name;

beforeEach(() => history.pushState(null, '', '/'));
// A busy machine takes its time to load what is waited for.
configure({ asyncUtilTimeout: 20_000 });
afterEach(cleanup);

test('a link is a place: it stays in the address, survives a reload, and Back goes to it again', async () => {
  history.pushState(null, '', `/${fragmentOf(policy('Theirs'))}`);
  const { hash } = location;
  const first = renderHook(useLink);
  await waitFor(() => expect(nameIn(first.result)).toBe('Theirs'));
  expect(location.hash).toBe(hash);
  first.unmount();

  const { result } = renderHook(useLink);
  await waitFor(() => expect(nameIn(result)).toBe('Theirs'));
  act(() => result.current.close());
  expect([nameIn(result), location.hash]).toEqual([undefined, '']);
  act(() => history.back());
  await waitFor(() => expect(nameIn(result)).toBe('Theirs'));
  act(() => history.forward());
  await waitFor(() => expect(nameIn(result)).toBeUndefined());
});

test('so is a preview that no link holds, and Back from another one goes to the one before', async () => {
  const first = renderHook(useLink);
  for (const name of ['One', 'Two'])
    act(() => first.result.current.show({ bundle: policy(name), warnings: [], source: `${name}.json` }));
  first.unmount();
  const { result } = renderHook(useLink);
  await waitFor(() => expect(nameIn(result)).toBe('Two'));
  expect(result.current.preview?.source).toBe('Two.json');
  act(() => history.back());
  await waitFor(() => expect(nameIn(result)).toBe('One'));
  act(() => history.back());
  await waitFor(() => expect(nameIn(result)).toBeUndefined());
});

test.each([
  [
    'a damaged link is refused and taken out of the address',
    `/${fragmentOf(policy('Theirs')).slice(0, -1)}`,
    null,
    true,
  ],
  [
    'what is no preview in an entry of the history is not read',
    '/',
    { previewedPolicy: { text: 7, source: 'x' } },
    false,
  ],
  ['a kept text that is no policy is refused', '/', { previewedPolicy: { text: '{"rules":1}', source: 'x' } }, true],
])('%s', async (_, address, state, isRefused) => {
  history.pushState(state, '', address);
  const { result } = renderHook(useLink);
  await waitFor(() => expect(result.current.refused !== undefined).toBe(isRefused));
  expect([nameIn(result), location.hash]).toEqual([undefined, '']);
});

// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { readIncoming, readWhole } from '@/lib/intake';
import { refusalOf, RefusalText } from './refusal';

afterEach(cleanup);

function refused(read: ReturnType<typeof readIncoming>) {
  if (read.ok) throw new Error('this was read');
  return refusalOf(read);
}

test.each([
  ['#1.abc', 'This link was not opened: the end of this link is missing: copy the whole of it, or ask for it again.'],
  ['{"format":"policy-bundle"', 'Not opened: this bundle is not valid, and nothing of it was opened.'],
])('%j is refused in the same words by address, paste and file', (text, words) => {
  for (const read of [readIncoming, readWhole]) {
    render(<RefusalText refusal={refused(read(text))} />);
    expect(screen.getByText((_, element) => element?.tagName === 'P').textContent).toBe(words);
    cleanup();
  }
});

test.each(['hello', 'Name,Effect\nx,maybe', '[]'])('%j is not called a link', (text) => {
  expect(refused(readIncoming(text)).what).toBe('Not opened');
  expect(refused(readWhole(text))).toMatchObject({
    what: 'Not opened',
    message: 'this is neither a link to a policy nor a policy bundle',
  });
});

test('a bundle with a link in its notes is read as the bundle', () => {
  const text = '{"format":"policy-bundle","version":1,"name":"A","rules":[],"notes":"see #1.abc"}';
  const read = readWhole(text);
  expect(read).toEqual(readIncoming(text));
  expect(read.form).toBe('bundle');
});

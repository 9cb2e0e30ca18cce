// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ErrorBoundary } from './boundary';
import { workIsIn } from './download-work';

let broken = true;
function Fragile() {
  if (broken) throw new Error('the row has no name');
  return <p>all is well</p>;
}

beforeEach(() => {
  broken = true;
  // React logs every error that a boundary catches.
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(() => {
  cleanup();
  workIsIn(undefined);
  vi.restoreAllMocks();
});

test('a crash in one part shows the error and keeps the rest', () => {
  render(
    <>
      <ErrorBoundary part="The trace">
        <Fragile />
      </ErrorBoundary>
      <p>the policy</p>
    </>,
  );
  expect(screen.getByRole('alert').textContent).toContain('The trace stopped working.');
  expect(screen.getByRole('alert').textContent).toContain('the row has no name');
  expect(screen.getByText('the policy')).toBeTruthy();
});

test('the part can be tried again', () => {
  render(
    <ErrorBoundary part="The trace">
      <Fragile />
    </ErrorBoundary>,
  );
  broken = false;
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(screen.getByText('all is well')).toBeTruthy();
});

test('“Download my work” downloads everything, although the part has crashed', async () => {
  const created = vi.fn(() => 'blob:work');
  vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: created, revokeObjectURL: () => undefined }));
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
  workIsIn(() => Promise.resolve({ name: 'work.zip', bytes: new Uint8Array([1, 2, 3]) }));
  render(
    <ErrorBoundary part="The policy">
      <Fragile />
    </ErrorBoundary>,
  );
  fireEvent.click(screen.getByRole('button', { name: 'Download my work' }));
  await vi.waitFor(() => expect(created).toHaveBeenCalledOnce());
});

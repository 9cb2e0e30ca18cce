// @vitest-environment jsdom
import { cleanup, configure, render, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { AskName } from './ask-name';
import { Confirm } from './confirm';
import { Dialog } from './dialog';

// A busy machine takes its time to load what is waited for.
configure({ asyncUtilTimeout: 20_000 });
afterEach(cleanup);
const ignore = () => undefined;

it('focuses the first field, with its text selected', () => {
  render(<AskName title="Rename" name="Agents" onName={ignore} onClose={ignore} />);
  const field = screen.getByRole<HTMLInputElement>('textbox', { name: 'Name' });
  expect(document.activeElement).toBe(field);
  expect([field.selectionStart, field.selectionEnd]).toEqual([0, 6]);
});

it('focuses no field that is disabled or hidden', () => {
  render(
    <Dialog title="Fields" onClose={ignore}>
      <input type="file" />
      <input disabled />
      <textarea aria-label="Text" />
    </Dialog>,
  );
  expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Text' }));
});

it('focuses what keeps everything as it is where a dialog asks for confirmation', () => {
  render(<Confirm title="Delete?" text="For good." action="Delete" onConfirm={ignore} onClose={ignore} />);
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Cancel' }));
});

it('focuses what scrolls where a dialog has no field', () => {
  render(
    <Dialog title="Text" onClose={ignore}>
      <p>Only text.</p>
    </Dialog>,
  );
  expect(document.activeElement?.textContent).toBe('Only text.');
});

it('gives the focus back to where it was, through a dialog that opened the next one', async () => {
  const draw = (name?: string) => (
    <>
      <button>Opener</button>
      {name === undefined ? null : <AskName key={name} title={name} name="" onName={ignore} onClose={ignore} />}
    </>
  );
  const { rerender } = render(draw());
  const opener = screen.getByRole('button', { name: 'Opener' });
  opener.getClientRects = () => [new DOMRect()] as unknown as DOMRectList;
  opener.focus();
  rerender(draw('First'));
  rerender(draw('Second'));
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Name' })));
  rerender(draw());
  await waitFor(() => expect(document.activeElement).toBe(opener));
});

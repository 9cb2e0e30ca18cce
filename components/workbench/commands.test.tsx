// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { stubResizeObserver } from '../session/testkit';
import { CommandPalette } from './command-palette';
import { Commands } from './commands';

vi.mock('../session/session', () => ({
  useSession: () => ({ workspace: {}, replay: {} }),
  useWorkspace: () => ({ policy: { rules: [] }, policies: [], draft: null }),
  useReplay: () => ({ traces: [] }),
}));
stubResizeObserver();
Element.prototype.scrollIntoView = () => undefined;

afterEach(cleanup);

test('Enter that comes before the palette takes the first match once it is there', async () => {
  const openDialog = vi.fn();
  const onClose = vi.fn();
  render(<Commands openDialog={openDialog} onClose={onClose} readOnly={false} />);
  // What is rendered while the palette's code is loading.
  const early = screen.getByRole('textbox', { name: 'Commands' });
  fireEvent.change(early, { target: { value: 'effective' } });
  fireEvent.keyDown(early, { key: 'Enter' });
  expect(openDialog).not.toHaveBeenCalled();
  await waitFor(() => expect(openDialog).toHaveBeenCalledExactlyOnceWith({ kind: 'access' }));
  expect(onClose).toHaveBeenCalledOnce();
});

test.each([
  ['no Enter was pressed', 'effective', false],
  ['nothing has that name', 'xyzzy', true],
])('nothing is taken where %s', async (_, text, entered) => {
  const listener = vi.fn();
  render(
    <CommandPalette
      {...{ text, entered }}
      openDialog={listener}
      onClose={listener}
      readOnly={false}
      onText={listener}
      focusReturn={{ ref: () => undefined, onCloseAutoFocus: () => undefined }}
    />,
  );
  expect(screen.getByPlaceholderText<HTMLInputElement>('What do you want to do?').value).toBe(text);
  await waitFor(() => expect(screen.queryByText('Undo')).toBeNull());
  expect(listener).not.toHaveBeenCalled();
});

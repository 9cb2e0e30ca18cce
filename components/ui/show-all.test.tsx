// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { ShowAll, useFirstShown } from './show-all';

afterEach(cleanup);

function Letters({ letters }: { letters: readonly string[] }) {
  const list = useFirstShown(letters.length, 2);
  return (
    <>
      <p data-testid="letters">{letters.slice(0, list.shown)}</p>
      <ShowAll list={list} what="letters" />
    </>
  );
}

const shown = () => screen.getByTestId('letters').textContent;

test('the first ones are shown until all are asked for, and then also those that come later', () => {
  const { rerender } = render(<Letters letters={['a', 'b', 'c']} />);
  expect(shown()).toBe('ab');
  fireEvent.click(screen.getByRole('button', { name: 'Show all 3 letters' }));
  expect(shown()).toBe('abc');
  expect(screen.queryByRole('button')).toBeNull();
  rerender(<Letters letters={['a', 'b', 'c', 'd']} />);
  expect(shown()).toBe('abcd');
});

test('a short list has no such button', () => {
  render(<Letters letters={['a', 'b']} />);
  expect(shown()).toBe('ab');
  expect(screen.queryByRole('button')).toBeNull();
});

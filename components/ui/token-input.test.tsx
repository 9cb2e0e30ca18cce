// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { TokenInput } from './token-input';

beforeEach(() => {
  // The document lays nothing out.
  Element.prototype.scrollIntoView = vi.fn();
});
afterEach(cleanup);

const SUGGESTIONS = ['github', 'notion', 'slack'].map((value) => ({ value }));

function Tokens() {
  const [values, setValues] = useState<readonly string[]>([]);
  return <TokenInput label="Resources" any="any" values={values} suggestions={SUGGESTIONS} onValues={setValues} />;
}

const active = () => screen.queryByRole('option', { selected: true })?.textContent;

test('arrows go through the suggestions in both directions, and begin anew at the ends', () => {
  render(<Tokens />);
  const field = screen.getByRole('combobox');
  fireEvent.focus(field);
  const press = (key: string) => {
    fireEvent.keyDown(field, { key });
    return active();
  };
  expect(['ArrowDown', 'ArrowDown', 'ArrowDown'].map(press)).toEqual(['github', 'notion', 'slack']);
  expect(['ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowDown'].map(press)).toEqual(['notion', 'github', 'slack', 'github']);
  press('Enter');
  expect(screen.getByText('github')).toBeTruthy();
});

test('the keys of an input method are left to it', () => {
  render(<Tokens />);
  const field = screen.getByRole('combobox');
  fireEvent.change(field, { target: { value: 'にほ' } });
  fireEvent.keyDown(field, { key: 'Enter', isComposing: true });
  expect((field as HTMLInputElement).value).toBe('にほ');
  fireEvent.keyDown(field, { key: 'Enter' });
  expect((field as HTMLInputElement).value).toBe('');
});

// @vitest-environment jsdom
import { fireEvent, render, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { QuickReference } from './quick-reference';

test('a common form is tried with a click, and the facts and operators are listed', () => {
  const onCondition = vi.fn();
  render(<QuickReference condition={'agent.slug == "a"'} onCondition={onCondition} />);
  fireEvent.click(screen.getByRole('button', { name: 'Use it: the user is of a group' }));
  expect(onCondition).toHaveBeenCalledExactlyOnceWith('(agent.slug == "a") && "finance" in user.groups');
  const text = screen.getByRole('region', { name: 'Quick reference' }).textContent;
  for (const part of ['user.groups', 'request.args', 'and, or, not']) expect(text).toContain(part);
});

import { expect, test } from 'vitest';
import { diagnosticsOf } from '@/lib/editor';
import { CONDITION_FORMS, withForm } from './condition-forms';

test.each(CONDITION_FORMS.map(({ says, source }) => [says, source]))(
  'the form for "%s" has no problem',
  (_, source) => {
    expect(diagnosticsOf(source)).toEqual([]);
    expect(diagnosticsOf(withForm('agent.slug == "a" || agent.slug == "b"', source))).toEqual([]);
  },
);

test('a form takes the place of nothing, and narrows what is there', () => {
  expect(withForm(null, 'a')).toBe('a');
  expect(withForm('  ', 'a')).toBe('a');
  expect(withForm('x || y', 'a')).toBe('(x || y) && a');
});

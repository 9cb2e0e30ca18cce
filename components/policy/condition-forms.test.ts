import { expect, test } from 'vitest';
import { diagnosticsOf } from '@/lib/editor';
import { CONDITION_FORMS, withForm } from './condition-forms';

test.each(CONDITION_FORMS.map(({ says, source }) => [says, source]))(
  'the form for "%s" has no problem',
  (_, source) => {
    // That a fact is not in the gateway's published vocabulary is said in the editor.
    const problemsOf = (condition: string) => diagnosticsOf(condition).filter(({ severity }) => severity !== 'info');
    expect(problemsOf(source)).toEqual([]);
    expect(problemsOf(withForm('agent.slug == "a" || agent.slug == "b"', source))).toEqual([]);
  },
);

test('a form takes the place of nothing, and narrows what is there', () => {
  expect(withForm(null, 'a')).toBe('a');
  expect(withForm('  ', 'a')).toBe('a');
  expect(withForm('x || y', 'a')).toBe('(x || y) && a');
});

import { expect, test } from 'vitest';
import { CALL_FIELD_PATHS, CALL_FIELDS } from '@/lib/engine';
import { emptyRow, readFacts } from './facts-form';
import { FACT_WORDS } from './field-words';

test('every fact that conditions read of a call can be set, but for its time, its arguments and the name of its tool', () => {
  const read = CALL_FIELD_PATHS.filter((path) => {
    const { kind, cel } = CALL_FIELDS[path];
    return cel !== null && (kind === 'text' || kind === 'texts' || kind === 'flag') && path !== 'tool.name';
  });
  expect(Object.keys(FACT_WORDS).sort()).toEqual([...read].sort());
});

test('rows are read as settings', () => {
  expect(
    readFacts([
      emptyRow('tool.annotations.readOnlyHint'),
      { field: 'user.groups', absent: false, text: 'finance, oncall' },
      { field: 'agent.slug', absent: true, text: 'typed before' },
    ]),
  ).toEqual({
    ok: true,
    facts: [
      { path: ['tool', 'annotations', 'readOnlyHint'], to: { kind: 'value', value: true } },
      { path: ['user', 'groups'], to: { kind: 'value', value: ['finance', 'oncall'] } },
      { path: ['agent', 'slug'], to: { kind: 'absent' } },
    ],
  });
});

test('a problem is given at its position', () => {
  expect(
    readFacts([
      { field: 'agent.slug', absent: false, text: 'cursor' },
      { field: 'agent.slug', absent: false, text: 'codex' },
      emptyRow('user.email'),
    ]),
  ).toEqual({ ok: false, problems: [undefined, 'this fact is set above already', 'a value is missing'] });
});

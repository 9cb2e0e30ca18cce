import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../engine';
import { readExercise } from '.';

const RULE = { id: 'r1', name: 'Allow all', effect: 'allow', tools: ['*'] };

describe('an exercise', () => {
  it('needs a task alone', () => {
    expect(readExercise({ task: 'Block it.' })).toEqual({ ok: true, exercise: { task: 'Block it.' } });
  });

  it('has a hint and a solution, whose rules are filled in', () => {
    const read = readExercise({ task: 'Do', hint: 'How', solution: [RULE] });
    expect(read).toMatchObject({ ok: true, exercise: { hint: 'How', solution: [{ ...RULE, status: 'active' }] } });
  });

  it.each<[string, JsonObject | undefined, string]>([
    ['none', undefined, 'has no `exercise`'],
    ['no task', {}, '`task`'],
    ['an empty task', { task: ' ' }, '`task`'],
    ['a hint that is no text', { task: 'x', hint: 1 }, '`exercise.hint`'],
    ['a solution that is no list', { task: 'x', solution: {} }, 'a list of rules'],
    ['a wrong rule', { task: 'x', solution: [{ ...RULE, effect: 'permit' }] }, '/exercise/solution/0/effect'],
  ])('is refused: %s', (_, value, part) => {
    const read = readExercise(value);
    expect(read.ok ? '' : read.message).toContain(part);
  });
});

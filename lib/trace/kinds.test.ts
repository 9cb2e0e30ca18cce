import { expect, test } from 'vitest';
import { type Call, callId, compilePolicy, fillPolicy, lineUp, type RuleId, type WrittenRule } from '../engine';
import { addKind, copyKinds, type DecisionKinds, noKinds, NOT_KEPT, tidyKinds } from './kinds';
import { redeciding } from './redecide';
import { replay, ReplayTape } from './replay';
import { emptyColumns } from './replay-result';
import { ReplayTallies } from './tally';

const RULES: WrittenRule[] = [
  { id: 'g' as RuleId, name: 'G', effect: 'gated', tools: ['*'], condition: 'request.args.n > 1' },
  { id: 'a' as RuleId, name: 'A', effect: 'allow', tools: ['send'] },
];
const CALLS: Call[] = [0, 1, 2, 3, 4].map((n) => ({
  id: callId(String(n)),
  tool: { name: n % 2 ? 'send' : 'list' },
  args: n === 4 ? {} : { n },
}));
const compile = (rules: readonly WrittenRule[]) => compilePolicy(fillPolicy({ rules }));

const full = async (length: number): Promise<DecisionKinds> => {
  const [call] = CALLS;
  const one = lineUp(await compile(RULES), call ?? { id: callId('') });
  return { ...noKinds(length), found: Array.from({ length: 65_536 }, () => one), calls: Array<number>(65_536).fill(0) };
};

test('past so many kinds no more are kept, and the counts stay right', async () => {
  const kinds = await full(CALLS.length);
  const [call] = CALLS;
  if (call === undefined) throw new Error('there are calls');
  const compiled = await compile(RULES);
  expect(addKind(copyKinds(kinds), lineUp(compiled, call))).toBe(NOT_KEPT);
  const tape = new ReplayTape(compiled, emptyColumns(CALLS.length), new ReplayTallies(compiled.policy), kinds);
  CALLS.forEach((one, i) => tape.decide(i, one));
  expect(CALLS.map((_, i) => tape.keeps(i))).toEqual(CALLS.map(() => false));
  const result = tape.result();
  expect(result).toEqual(replay(compiled, CALLS));

  const after = await compile(RULES.slice(1));
  const again = redeciding(result, compiled, after);
  if (again === null) throw new Error('the edit is of one rule');
  CALLS.forEach((one, i) => {
    if (again.touches(one)) again.decide(i, one);
  });
  expect(again.result()).toEqual(replay(after, CALLS));
});

test('what no call comes to any more is dropped once it is most of all', async () => {
  const { found } = await full(0);
  const [one] = found;
  if (one === undefined) throw new Error('there is one');
  const [a, b, c] = [{ ...one }, { ...one }, { ...one }];
  const few: DecisionKinds = { codes: Int32Array.of(2, NOT_KEPT, 2), found: [a, b, c], calls: [0, 0, 2] };
  const tidy = tidyKinds(few);
  expect(tidy).toEqual({ codes: Int32Array.of(0, NOT_KEPT, 0), found: [c], calls: [2] });
  expect(tidy.found[0]).toBe(c);
  const most: DecisionKinds = { codes: Int32Array.of(2, 1), found: [a, b, c], calls: [0, 1, 1] };
  expect(tidyKinds(most)).toBe(most);
});

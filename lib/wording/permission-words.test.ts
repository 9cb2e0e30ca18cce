import { expect, it } from 'vitest';
import { callId, fillPolicy, ruleId, type Rule } from '../engine';
import { comparePolicies, type DifferingCalls } from '../regions';
import { openWords, PERMISSION_WAYS, PERMISSION_WORDS, regionWords } from './permission-words';
import { tickedText } from './sentence';

const { rules } = fillPolicy({
  rules: [
    { id: ruleId('a'), name: 'No deletes', effect: 'deny', tools: ['delete_*'] },
    { id: ruleId('g'), name: '', effect: 'gated', tools: ['*'], condition: 'user.id == "ann"' },
  ],
});
const [deny, gate] = rules as [Rule, Rule];
const call = { id: callId('c') };
const words = (way: 'looser' | 'stricter', before: Rule | undefined, after: Rule | undefined): string =>
  tickedText(regionWords(way, { call, before, after }, [rules, rules]));

it.each([
  ['looser', deny, gate, 'becomes allowed: before denied by rule 1, `No deletes`, after allowed by rule 2'],
  ['looser', gate, gate, 'becomes allowed: before denied by the gate of rule 2, after allowed by rule 2'],
  ['stricter', gate, undefined, 'is allowed no longer: before allowed by rule 2, after denied because no rule matches'],
] as const)('calls that differ: %s', (way, before, after, expected) => {
  expect(words(way, before, after)).toBe(expected);
});

it.each<readonly [DifferingCalls, string | undefined]>([
  [{ kind: 'none' }, undefined],
  [{ kind: 'some', examples: [], complete: true }, undefined],
  [
    { kind: 'some', examples: [], complete: false },
    'whether a call becomes allowed in other ways than these is not known',
  ],
  [
    { kind: 'unknown', why: { kind: 'work-limit' } },
    'whether a call becomes allowed is not known: the question takes more work than one may take',
  ],
  [
    { kind: 'unknown', why: { kind: 'not-understood', parts: ['f(x)', 'y'] } },
    'whether a call becomes allowed is not known: it depends on `f(x)`, `y`, which are not understood exactly',
  ],
])('what is not known of %j', (calls, expected) => {
  const said = openWords('looser', calls);
  expect(said === undefined ? undefined : tickedText(said)).toBe(expected);
});

it('names the part of a condition that is not understood', async () => {
  const policyOf = (condition: string) =>
    fillPolicy({ rules: [{ id: ruleId('r'), name: 'R', effect: 'allow', tools: ['x'], condition }] });
  // Both are false of every call that reads as a number, which no search over texts finds.
  const part = 'request.args.a.matches("^(?:b[0-9]+){2}$") && request.args.a.size() == 3';
  const compared = await comparePolicies(policyOf('false'), policyOf(part));
  expect(PERMISSION_WORDS[compared.answer]).toBe(
    'it is not known whether the second policy is more or less permissive',
  );
  const said = PERMISSION_WAYS.map((way) => openWords(way, compared[way])).filter((one) => one !== undefined);
  expect(said.map(tickedText)).toEqual([
    'whether a call becomes allowed is not known: it depends on `request.args.a.matches("^(?:b[0-9]+){2}$")`, which is not understood exactly',
  ]);
});

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fillRule, ruleId } from '../engine';
import { ANNOTATIONS, formatInvariant, parseInvariant, parseQuestion, SUBJECT_WORDS, withRuleId } from './index';
import type { PolicyInvariant, StatementProblem } from './index';
import { INVARIANT_LINES, QUESTION_LINES, REFUSED_INVARIANTS, REFUSED_QUESTIONS } from './testdata/lines';

const invariantOf = (line: string): PolicyInvariant => {
  const read = parseInvariant(line);
  if (!read.ok) throw new Error(`${line}: ${read.problem.message}`);
  return read.statement;
};

it.each(INVARIANT_LINES)('%s', (line, form) => {
  const invariant = invariantOf(line);
  expect(formatInvariant(invariant)).toBe(form);
  expect(invariantOf(form)).toEqual(invariant);
});

it.each(QUESTION_LINES)('%s', (line, question) => {
  expect(parseQuestion(line)).toEqual({ ok: true, statement: question });
});

it('reads the examples of the documentation', () => {
  const document = readFileSync(new URL('../../docs/bundle-and-link.md', import.meta.url), 'utf8');
  const [, block = ''] = /\*\*Invariants\.[^]*?```text\n([^]*?)```/.exec(document) ?? [];
  const lines = block.trim().split('\n');
  expect(lines.length).toBeGreaterThan(5);
  for (const line of lines) expect(parseInvariant(line)).toMatchObject({ ok: true });
});

const shown = (line: string, { message, start, end }: StatementProblem) => [line.slice(start, end), message];

it.each(REFUSED_INVARIANTS)('refuses: %s', (line, place, message) => {
  const read = parseInvariant(line);
  if (read.ok) throw new Error('it was read');
  expect(shown(line, read.problem)).toEqual([place, expect.stringContaining(message)]);
});

it.each(REFUSED_QUESTIONS)('refuses the question: %s', (line, place, message) => {
  const read = parseQuestion(line);
  if (read.ok) throw new Error('it was read');
  expect(shown(line, read.problem)).toEqual([place, message]);
});

it('names a rule by its id where a line has its position', () => {
  const rules = ['a', 'b'].map((id) => fillRule({ id: ruleId(id), name: 'N', effect: 'deny', tools: ['*'] }));
  const pinned = (line: string) => formatInvariant(withRuleId(invariantOf(line), rules));
  expect(pinned('condition of rule 2 never errs')).toBe('the condition of rule `b` never errs');
  expect(pinned('condition of rule 3 never errs')).toBe('the condition of rule 3 never errs');
});

const texts = fc.string({ minLength: 1, maxLength: 6 }).filter((text) => !/[{}[\]()!?+@*\\]/.test(text));
const names = fc.uniqueArray(
  texts.filter((text) => !text.startsWith('tag:')),
  { minLength: 1, maxLength: 3 },
);
const invariants: fc.Arbitrary<PolicyInvariant> = fc.oneof(
  fc.record({ kind: fc.constant('error' as const), rule: fc.oneof(fc.integer({ min: 1, max: 5000 }), texts) }),
  fc.record({
    kind: fc.constant('calls' as const),
    verdict: fc.constantFrom('allowed' as const, 'allowed-ungated' as const, 'denied' as const),
    calls: fc.record(
      {
        subject: fc.record({ facet: fc.constantFrom(...Object.values(SUBJECT_WORDS)), names, but: fc.boolean() }),
        tools: fc.oneof(fc.constant([]), names),
        annotation: fc.constantFrom(...ANNOTATIONS),
        resources: fc.oneof(fc.constant([]), names),
      },
      { requiredKeys: ['tools', 'resources'] },
    ),
  }),
);

it('reads every invariant from its line', () => {
  fc.assert(
    fc.property(invariants, (invariant) => {
      expect(invariantOf(formatInvariant(invariant))).toEqual(invariant);
    }),
  );
});

it('reads any line, or says where it is wrong', () => {
  const words = fc.constantFrom(
    ...'no every agent user but may ever never always call reaches tool on is gated or denied a that rule 3 ` `x` "y , . for the condition of errs'.split(
      ' ',
    ),
  );
  const lines = fc.oneof(
    fc.string(),
    fc.array(words, { maxLength: 14 }).map((some) => some.join(' ')),
  );
  fc.assert(
    fc.property(lines, (line) => {
      for (const read of [parseInvariant(line), parseQuestion(line)]) {
        if (read.ok) continue;
        expect(read.problem.start).toBeLessThanOrEqual(read.problem.end);
        expect(read.problem.end).toBeLessThanOrEqual(line.length);
      }
    }),
  );
});

/** What the policy's author states about all calls, and what does not hold of it. */
import { answerQuestion, type QuestionAnswer } from '../../regions';
import { named } from '../build';
import { statements } from '../statements';
import type { FindingCheck, PolicyFinding } from '../model';

export const invariantCheck: FindingCheck = {
  code: 'invariant',
  holdsUnderProfiles: true,
  what: 'An invariant of the policy does not hold, cannot be understood, or is not proven.',
  why: 'An invariant says what must stay true of all calls, whoever edits the rules.',
  example:
    'The invariant ``no agent but `codex` may ever call `delete_*` `` and a rule that allows `delete_*` to every agent.',
  remedy: 'Change the rule that the call shows, or the invariant.',
  of: 'invariants',
  async find({ invariants, region }, index) {
    const invariant = invariants[index];
    if (typeof invariant !== 'string') return [failed(index, 'the invariant is no text, and is not checked')];
    const { formatInvariant, parseInvariant } = await statements();
    const read = parseInvariant(invariant);
    if (!read.ok) {
      const { message, start, end } = read.problem;
      return [
        { ...failed(index, `the invariant “${invariant}” is not understood: ${message}`), range: { start, end } },
      ];
    }
    const line = `the invariant “${formatInvariant(read.statement)}”`;
    const answer = await answerQuestion(region, read.statement);
    return findingsOf(answer, index, line, region.policy.rules.length);
  },
};

function findingsOf(answer: QuestionAnswer, index: number, line: string, ruleCount: number): readonly PolicyFinding[] {
  switch (answer.kind) {
    case 'none':
      return [];
    case 'call': {
      const { call, by, asked } = answer;
      const decider = by ? named(by) : 'the default';
      const breach = asked
        ? `the condition errs on a call that ${decider} then decides`
        : `${decider} decides a call otherwise`;
      const about = asked ?? by;
      return [
        { ...failed(index, `${line} does not hold: ${breach}`), witness: call, ...(about ? { ruleId: about.id } : {}) },
      ];
    }
    case 'no-rule':
      if (answer.inactive) return [notProven(index, `${line} is not checked: the rule is not active`)];
      if (typeof answer.rule === 'number') {
        const only = `only ${String(ruleCount)} ${ruleCount === 1 ? 'rule' : 'rules'}`;
        return [failed(index, `${line} names rule ${String(answer.rule)}, and the policy has ${only}`)];
      }
      return [failed(index, `${line} names a rule that the policy does not have, or has twice`)];
    case 'no-tools':
      return [notProven(index, `${line} is not checked: the catalog annotates no tool so`)];
    case 'unknown':
      return [notProven(index, `${line} is neither proven nor refuted`)];
  }
}

const failed = (index: number, message: string): PolicyFinding => ({
  ...{ code: 'invariant', pointer: `/invariants/${String(index)}`, relatedRuleIds: [] },
  ...{ severity: 'error', certainty: 'proven', message },
});

const notProven = (index: number, message: string): PolicyFinding => ({
  ...failed(index, message),
  severity: 'warning',
  certainty: 'possible',
});

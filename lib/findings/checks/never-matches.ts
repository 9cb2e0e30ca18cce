import { ruleFinding, withoutRule } from '../build';
import type { FindingCheck } from '../model';

export const neverMatches: FindingCheck = {
  code: 'never-matches',
  what: 'No call fits the rule: its scope, tool patterns and condition exclude each other.',
  why: 'The rule is never applied, whatever stands above it.',
  example: 'Scope `agents: [cursor]` with the condition `agent.slug == "codex"`.',
  remedy: 'Correct the part that excludes the others, or remove the rule.',
  find: ({ active, reach, policy }) =>
    active.flatMap((rule) =>
      reach.get(rule.index)?.kind === 'nothing'
        ? [
            ruleFinding('never-matches', rule.rule, rule.index, {
              severity: 'warning',
              certainty: 'proven',
              message: 'no call fits this rule: its scope, tool patterns and condition exclude each other',
              fix: { title: 'Remove the rule', rules: withoutRule(policy, rule.index) },
            }),
          ]
        : [],
    ),
};

import { ofActive, removal, ruleFinding } from '../build';
import type { FindingCheck } from '../model';

export const neverMatches: FindingCheck = {
  code: 'never-matches',
  what: 'No call fits the rule: its scope, tool patterns and condition exclude each other.',
  why: 'The rule is never applied, whatever rules are above it.',
  example: 'Scope `agents: [cursor]` with the condition `agent.slug == "codex"`.',
  remedy: 'Correct the part that excludes the others, or remove the rule.',
  find: ofActive(({ reach }, rule) =>
    reach(rule).kind === 'nothing'
      ? [
          ruleFinding('never-matches', rule.rule, rule.index, {
            severity: 'warning',
            certainty: 'proven',
            message: 'no call fits this rule: its scope, tool patterns and condition exclude each other',
            fix: removal(rule.rule),
          }),
        ]
      : [],
  ),
};

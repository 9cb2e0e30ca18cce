import { reasonWords, type Explanation } from '../cel';
import { failedToCompile, type Facet, type FacetMismatch, type Rule, type RuleId, type DecisionStep } from '../engine';
import { code, joinedWords, listed, marked, say, type Sentence } from './sentence';

const FACET_WORDS = {
  resources: 'resource',
  agents: 'agent',
  instances: 'instance',
  users: 'user',
  groups: 'group',
} satisfies Record<Facet, string>;

const MOST_VALUES = 6;

export const STATUS_WORDS = {
  draft: 'It is a draft: saved, never enforced',
  disabled: 'It is switched off',
  active: 'It is not active',
} satisfies Record<Rule['status'], string>;

/** A rule by its place and name: "rule 2, `Only #general`". A rule that is not in the policy is named by its id. */
export function ruleWords(rules: readonly Rule[], id: RuleId): Sentence {
  const index = rules.findIndex((rule) => rule.id === id);
  const rule = rules[index];
  if (rule === undefined) return [say('the rule '), code(id)];
  return rule.name === '' ? [say(`rule ${index + 1}`)] : [say(`rule ${index + 1}, `), code(rule.name)];
}

/** A facet that does not hold: what the call has, and what was wanted. */
export function facetWords({ facet, expected, actual }: FacetMismatch): Sentence {
  return [
    ...(actual.length === 0
      ? [say(`the call has no ${FACET_WORDS[facet]}`)]
      : [say(`${FACET_WORDS[facet]} is `), ...listed(actual, 'and')]),
    say(', wanted '),
    ...few(expected),
  ];
}

export function toolWords(tool: string | null | undefined, tried: readonly string[]): Sentence {
  // A rule that is being written.
  if (tried.length === 0) return [say('the rule has no tool pattern yet')];
  const has = tool === null || tool === undefined ? [say('the call has no tool')] : [say('tool is '), code(tool)];
  return [...has, say(', wanted '), ...few(tried)];
}

function few(values: readonly string[]): Sentence {
  if (values.length <= MOST_VALUES) return listed(values);
  const shown = values.slice(0, MOST_VALUES - 1);
  return [
    ...joinedWords(
      shown.map((value) => [code(value)]),
      ', ',
    ),
    say(` or ${values.length - shown.length} others`),
  ];
}

/** The nearest reasons of a condition that did not hold. */
export function reasonsWords(rule: Rule | undefined, explanation: Explanation | undefined): Sentence {
  const source = rule?.condition ?? null;
  if (source === null || explanation === undefined) return [];
  return marked(explanation.reasons.map((reason) => reasonWords(reason, source)).join('; '));
}

/** How a condition failed: on this call, or on every call because it does not compile. */
export const failureWords = (step: DecisionStep | undefined): string =>
  step?.kind === 'condition-error' && failedToCompile(step.error) ? 'failed to compile' : 'failed';

/** What became of one rule, as a sentence without its end. */
export function stepWords(step: DecisionStep, rule: Rule | undefined, condition: Explanation | undefined): Sentence {
  const reason = reasonsWords(rule, condition);
  const because: Sentence = reason.length > 0 ? [say(': '), ...reason] : [];
  switch (step.kind) {
    case 'not-active':
      return [say(STATUS_WORDS[rule?.status ?? 'active'])];
    case 'not-reached':
      return [say('Not reached: an earlier rule decided')];
    case 'scope-mismatch':
      return [say('Not for this call: '), ...joinedWords(step.facets.map(facetWords), '; ')];
    case 'no-pattern':
      if (step.tried.length === 0) return [say('Not for this tool: the rule names no tools yet')];
      return [say('Not for this tool: it covers '), ...few(step.tried)];
    case 'condition-false':
      return [
        say('Its condition is false'),
        ...because,
        say(
          rule?.effect === 'gated'
            ? '. The gate does not allow the call, and evaluation continues below it'
            : '. Evaluation continues',
        ),
      ];
    case 'gate-denied':
      return [say('Its condition is false'), ...because, say('. The policy’s setting makes a false gate deny')];
    case 'condition-error':
      return [
        say(`Its condition ${failureWords(step)}, so the rule is skipped: `),
        ...(reason.length > 0 ? reason : marked(step.error.message)),
      ];
    case 'unknown':
      return [
        say('It may match: that depends on '),
        ...listed(step.waitsFor, 'and'),
        say(', which this call does not say'),
      ];
    case 'matched':
      return [
        say('It matches, by the pattern '),
        code(step.pattern),
        ...((rule?.condition ?? null) === null ? [] : [say(', and its condition is true')]),
      ];
  }
}

import type { Decision, Facet, Hazard, Reading, Rule, RuleId, Step } from '@/lib/engine';
import { reasonWords, type Explanation } from '@/lib/cel';
import type { Explained } from '@/lib/worker';
import { marked, type Words } from '../ui/words';

export type { Words };

const say = (text: string): Words[number] => ({ text });
const code = (text: string): Words[number] => ({ text, code: true });

function listed(values: readonly string[], joiner = 'or'): Words {
  return values.flatMap((value, i) => {
    if (i === 0) return [code(value)];
    return [say(i === values.length - 1 ? ` ${joiner} ` : ', '), code(value)];
  });
}

const FACET_WORDS = {
  resources: 'resource',
  agents: 'agent',
  instances: 'instance',
  users: 'user',
  groups: 'group',
} satisfies Record<Facet, string>;

const STATUS_WORDS = {
  draft: 'It is a draft: saved, never enforced',
  disabled: 'It is switched off',
  active: 'It is not active',
} satisfies Record<Rule['status'], string>;

const byId = (rules: readonly Rule[], id: RuleId): Rule | undefined => rules.find((rule) => rule.id === id);

/** Who a rule is, as people call it: "rule 2, *Only #general*". */
export function ruleWords(rules: readonly Rule[], id: RuleId): Words {
  const index = rules.findIndex((rule) => rule.id === id);
  const name = rules[index]?.name ?? '';
  return name === '' ? [say(`rule ${index + 1}`)] : [say(`rule ${index + 1}, `), code(name)];
}

/** What became of one rule, as a sentence without its end. */
export function stepWords(step: Step, rule: Rule | undefined, condition: Explanation | undefined): Words {
  const reason = reasonsOf(rule, condition);
  switch (step.kind) {
    case 'not-active':
      return [say(STATUS_WORDS[rule?.status ?? 'active'])];
    case 'not-reached':
      return [say('Not reached: an earlier rule decided')];
    case 'scope-mismatch':
      return step.facets.flatMap(({ facet, expected, actual }, i) => [
        say(i === 0 ? 'Does not cover this call: ' : '; '),
        say(`${FACET_WORDS[facet]} wanted `),
        ...listed(expected),
        say(', the call has '),
        ...(actual.length === 0 ? [say('none')] : listed(actual, 'and')),
      ]);
    case 'no-pattern':
      return [
        say('No tool pattern matches '),
        step.tool === null || step.tool === undefined ? say('a call without a tool') : code(step.tool),
        say(': tried '),
        ...listed(step.tried, 'and'),
      ];
    case 'condition-false':
      return [
        say('Its condition is false'),
        ...(reason.length > 0 ? [say(': '), ...reason] : []),
        say('. Evaluation goes on'),
      ];
    case 'gate-denied':
      return [
        say('Its condition is false'),
        ...(reason.length > 0 ? [say(': '), ...reason] : []),
        say('. The policy’s setting makes a false gate deny'),
      ];
    case 'condition-error':
      return [
        say('Its condition failed, so the rule is skipped: '),
        ...(reason.length > 0 ? reason : marked(step.error.message)),
      ];
    case 'unknown':
      return [say('It may match: that depends on '), ...listed(step.waitsFor, 'and')];
    case 'matched':
      return [
        say('It matches, by the pattern '),
        code(step.pattern),
        ...((rule?.condition ?? null) === null ? [] : [say(', and its condition is true')]),
      ];
  }
}

/** The nearest reasons of a condition that did not hold. */
function reasonsOf(rule: Rule | undefined, explanation: Explanation | undefined): Words {
  const source = rule?.condition ?? null;
  if (source === null || explanation === undefined) return [];
  return marked(explanation.reasons.map((reason) => reasonWords(reason, source)).join('; '));
}

/** The answer first: what was decided, by what, and what nearly decided otherwise. */
export function answerWords({ decision, conditions }: Explained, rules: readonly Rule[]): Words {
  const verb = { allow: 'Allowed', deny: 'Denied', conditional: 'Conditional' }[decision.effect];
  const { decidedBy } = decision;
  switch (decidedBy.kind) {
    case 'rule':
      return [say(`${verb} by `), ...ruleWords(rules, decidedBy.ruleId), ...passedGate(decision, rules, conditions)];
    case 'gate':
      return [
        say(`${verb} by the gate of `),
        ...ruleWords(rules, decidedBy.ruleId),
        say(': '),
        ...orElse(reasonsOf(byId(rules, decidedBy.ruleId), conditions[decidedBy.ruleId]), 'its condition is false'),
      ];
    case 'default':
      return [say(`${verb}: no rule matched`), ...closest(decision, rules, conditions)];
    case 'undecided': {
      const names = decidedBy.ruleIds.flatMap((id, i) => [...(i === 0 ? [] : [say(', or ')]), ...ruleWords(rules, id)]);
      return [
        say(`${verb}: `),
        ...names,
        ...(decidedBy.default ? [say(names.length === 0 ? 'no rule' : ', or no rule at all')] : []),
        say(' may decide. It depends on '),
        ...listed(decidedBy.waitsFor, 'and'),
      ];
    }
  }
}

const orElse = (words: Words, text: string): Words => (words.length > 0 ? words : [say(text)]);

function passedGate(decision: Decision, rules: readonly Rule[], conditions: Explained['conditions']): Words {
  const passed = decision.hazards.find((hazard) => hazard.kind === 'gate-passed' || hazard.kind === 'deny-skipped');
  if (passed === undefined) return [];
  return [
    say(passed.kind === 'gate-passed' ? ' — past the gate of ' : ' — past the skipped deny of '),
    ...ruleWords(rules, passed.ruleId),
    say(': '),
    ...orElse(reasonsOf(byId(rules, passed.ruleId), conditions[passed.ruleId]), 'its condition did not hold'),
  ];
}

/** Of the rules that did not match, the one that came furthest: its condition stood alone in the way. */
function closest(decision: Decision, rules: readonly Rule[], conditions: Explained['conditions']): Words {
  const near = decision.steps.find((step) => step.kind === 'condition-false' || step.kind === 'condition-error');
  if (near === undefined) return [];
  return [
    say('; closest was '),
    ...ruleWords(rules, near.ruleId),
    say(': '),
    ...orElse(reasonsOf(byId(rules, near.ruleId), conditions[near.ruleId]), 'its condition did not hold'),
  ];
}

const READING_WORDS = {
  'facet-or': 'that one value of a scope facet is enough',
  case: 'that names are compared with their case',
  star: 'that `*` also stands for `/`',
  'error-skips': 'that a rule whose condition fails is skipped',
} satisfies Record<Reading, string>;

/** What can go wrong with this decision in a live gateway. */
export function hazardWords(hazard: Hazard, rules: readonly Rule[]): Words {
  switch (hazard.kind) {
    case 'gate-passed':
      return [
        say('The gate of '),
        ...ruleWords(rules, hazard.ruleId),
        say(' did not hold this call back: a lower rule allowed it'),
      ];
    case 'deny-skipped':
      return [
        say('The deny of '),
        ...ruleWords(rules, hazard.ruleId),
        say(' was skipped because its condition failed, and a lower rule allowed the call'),
      ];
    case 'our-reading':
      return [
        say('This rests on our reading '),
        ...marked(READING_WORDS[hazard.reading]),
        say(', where the gateway’s documentation is silent; otherwise the effect would change at '),
        ...ruleWords(rules, hazard.ruleId),
      ];
  }
}

export const plainText = (words: Words): string => words.map((word) => word.text).join('');

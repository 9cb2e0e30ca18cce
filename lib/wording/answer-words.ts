import { suggest } from '../cel';
import type { Decision, Rule, RuleId, DecisionStep } from '../engine';
import { scopeAndToolFit, type Reasons } from '../analysis';
import { EFFECT_TITLES } from './effect-words';
import { facetWords, failureWords, reasonsWords, ruleWords, toolWords } from './step-words';
import { joinedWords, listed, orElse, say, type Sentence } from './sentence';

type ExplainedDecision = Pick<Reasons, 'decision' | 'conditions'> & Partial<Pick<Reasons, 'misses'>>;

const byId = (rules: readonly Rule[], id: RuleId): Rule | undefined => rules.find((rule) => rule.id === id);

/** The answer first: what was decided, by what, and what nearly decided otherwise. */
export function answerWords(explained: ExplainedDecision, rules: readonly Rule[]): Sentence {
  const { decision, conditions } = explained;
  const verb = EFFECT_TITLES[decision.effect];
  const { decidedBy } = decision;
  switch (decidedBy.kind) {
    case 'rule':
      return [say(`${verb} by `), ...ruleWords(rules, decidedBy.ruleId), ...passedGate(decision, rules, conditions)];
    case 'gate':
      return [
        say(`${verb} by the gate of `),
        ...ruleWords(rules, decidedBy.ruleId),
        say(': '),
        ...orElse(reasonsWords(byId(rules, decidedBy.ruleId), conditions[decidedBy.ruleId]), 'its condition is false'),
      ];
    case 'default':
      return [say(`${verb}: no rule matched`), ...closest(explained, rules)];
    case 'undecided': {
      const names = decidedBy.ruleIds.flatMap((id, i) => [...(i === 0 ? [] : [say(', or ')]), ...ruleWords(rules, id)]);
      return [
        say(`${verb}: `),
        ...names,
        ...(decidedBy.default ? [say(names.length === 0 ? 'no rule' : ', or no rule at all')] : []),
        say(' may decide. It depends on '),
        ...listed(decidedBy.waitsFor, 'and'),
        say(', which this call does not say'),
      ];
    }
  }
}

function passedGate(decision: Decision, rules: readonly Rule[], conditions: ExplainedDecision['conditions']): Sentence {
  const passed = decision.hazards.find((hazard) => hazard.kind === 'gate-passed' || hazard.kind === 'deny-skipped');
  if (passed === undefined) return [];
  const step = decision.steps.find(({ ruleId }) => ruleId === passed.ruleId);
  return [
    say(passed.kind === 'gate-passed' ? ' — past the gate of ' : ' — past the skipped deny of '),
    ...ruleWords(rules, passed.ruleId),
    say(': '),
    ...orElse(
      reasonsWords(byId(rules, passed.ruleId), conditions[passed.ruleId]),
      passed.kind === 'gate-passed' ? 'its condition did not hold' : `its condition ${failureWords(step)}`,
    ),
  ];
}

/** Of the rules that did not match, the one that came nearest, and what it wanted. */
function closest({ decision, conditions, misses = [] }: ExplainedDecision, rules: readonly Rule[]): Sentence {
  const fit = (step: DecisionStep): number => {
    const rule = byId(rules, step.ruleId);
    return rule === undefined ? 0 : scopeAndToolFit(rule, step);
  };
  const [byCondition] = decision.steps
    .filter((step) => step.kind === 'condition-false' || step.kind === 'condition-error')
    .sort((one, other) => fit(other) - fit(one));
  const byMiss = decision.steps.find((step) => step.ruleId === misses[0]?.ruleId);
  for (const near of [byMiss, byCondition]) {
    const wanted = near === undefined ? [] : wantedWords(near, byId(rules, near.ruleId), conditions[near.ruleId]);
    if (near === undefined || wanted.length === 0) continue;
    return [say('; closest was '), ...ruleWords(rules, near.ruleId), say(': '), ...wanted];
  }
  return [];
}

/** What a rule wanted that the call has not. Another tool is another matter, unless its name is nearly the same. */
function wantedWords(
  step: DecisionStep,
  rule: Rule | undefined,
  condition: ExplainedDecision['conditions'][string] | undefined,
): Sentence {
  switch (step.kind) {
    case 'scope-mismatch':
      return joinedWords(step.facets.map(facetWords), '; ');
    case 'no-pattern':
      return suggest(step.tool ?? '', step.tried) === undefined ? [] : toolWords(step.tool, step.tried);
    case 'condition-false':
      return orElse(reasonsWords(rule, condition), 'its condition did not hold');
    case 'condition-error':
      return orElse(reasonsWords(rule, condition), `its condition ${failureWords(step)}`);
    default:
      return [];
  }
}

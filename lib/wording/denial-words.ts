import type { Decision, DecisionStep, Hazard, Rule, RuleId } from '../engine';

/** What a gateway answers a client about a denied call: which rule, and why, in words that an agent can act on. */
export function denialWords(
  decision: Pick<Decision, 'decidedBy' | 'effect' | 'steps'>,
  rules: readonly Rule[],
): string {
  const { decidedBy, effect, steps } = decision;
  switch (decidedBy.kind) {
    case 'rule':
      return `Denied by policy: ${ruleText(decidedBy.ruleId, rules)}.`;
    case 'gate':
      return `Denied by policy: the condition of ${ruleText(decidedBy.ruleId, rules)} is false.`;
    case 'default':
      return `Denied by policy: ${['no rule allows this call', ...passedGates(steps, rules)].join('; ')}.`;
    case 'undecided': {
      const could = decidedBy.ruleIds.map((id) => ruleText(id, rules));
      if (effect === 'deny')
        return `Denied by policy: ${[...could, ...(decidedBy.default ? ['no rule allows this call'] : [])].join(', or ')}.`;
      const facts = decidedBy.waitsFor.map((path) => `\`${path}\``).join(', ');
      return `Denied by policy: the decision depends on ${facts}, which this gateway does not know (${could.join(', ')}).`;
    }
  }
}

/** Gates that would have allowed the call, but for their condition: most likely what the caller can act on. */
function passedGates(steps: readonly DecisionStep[], rules: readonly Rule[]): readonly string[] {
  return steps.flatMap((step) => {
    if (rules.find(({ id }) => id === step.ruleId)?.effect !== 'gated') return [];
    if (step.kind === 'condition-false') return [`the condition of ${ruleText(step.ruleId, rules)} is false`];
    if (step.kind === 'condition-error')
      return [`the condition of ${ruleText(step.ruleId, rules)} fails: ${step.error.message}`];
    return [];
  });
}

/** A hazard of a call that was allowed, for its client and the operator; undefined for one that is a matter of reading. */
export function allowedWords(hazard: Hazard, rules: readonly Rule[]): string | undefined {
  const rule = ruleText(hazard.ruleId, rules);
  switch (hazard.kind) {
    case 'deny-skipped':
      return `${rule} denies, but its condition fails, so it was skipped and a rule below allowed the call`;
    case 'gate-passed':
      return `the condition of ${rule} does not hold, but a rule below allowed the call`;
    case 'our-reading':
      return undefined;
  }
}

/** `rule 2 "No deletes" (r2)`. */
function ruleText(id: RuleId, rules: readonly Rule[]): string {
  const position = rules.findIndex((rule) => rule.id === id);
  const name = rules[position]?.name ?? '';
  return `rule ${String(position + 1)}${name === '' ? '' : ` "${name}"`} (${id})`;
}

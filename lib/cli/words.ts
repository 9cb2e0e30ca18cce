import type { DecidedBy, FacetMismatch, Hazard, Rule, Step } from '../engine';

/** A rule as a person knows it: its name, or its id where it has none. */
export function ruleName(rules: readonly Rule[], id: string): string {
  const rule = rules.find((one) => one.id === id);
  return rule === undefined || rule.name === '' ? id : rule.name;
}

export function decidedBy(by: DecidedBy, rules: readonly Rule[]): string {
  switch (by.kind) {
    case 'rule':
      return ruleName(rules, by.ruleId);
    case 'gate':
      return `${ruleName(rules, by.ruleId)} (gate)`;
    case 'default':
      return 'no rule (default)';
    case 'undecided': {
      const could = [...by.ruleIds.map((id) => ruleName(rules, id)), ...(by.default ? ['no rule'] : [])];
      return `${could.join(' or ')}, waits for ${by.waitsFor.join(', ')}`;
    }
  }
}

export function hazardText(hazard: Hazard): string {
  return hazard.kind === 'our-reading'
    ? `our-reading ${hazard.reading} ${hazard.ruleId}`
    : `${hazard.kind} ${hazard.ruleId}`;
}

/** What became of a rule, as one line. */
export function stepWords(step: Step): string {
  switch (step.kind) {
    case 'not-active':
      return 'is not active';
    case 'not-reached':
      return 'was not reached';
    case 'scope-mismatch':
      return `scope does not match: ${step.facets.map(facetWords).join('; ')}`;
    case 'no-pattern':
      return `no tool pattern matches ${step.tool === null ? 'a call without a tool' : `\`${step.tool ?? ''}\``}: ${quotedList(step.tried)}`;
    case 'condition-false':
      return 'condition is false';
    case 'gate-denied':
      return 'condition is false: the gate denies';
    case 'condition-error':
      return `condition errs, so the rule is skipped: ${step.error.message}`;
    case 'unknown':
      return `may match: ${step.unknown.join(', ')} ${step.unknown.length === 1 ? 'is' : 'are'} not known, waits for ${step.waitsFor.join(', ')}`;
    case 'matched':
      return `matched by \`${step.pattern}\``;
  }
}

function facetWords({ facet, expected, actual }: FacetMismatch): string {
  return `${facet} must be ${quotedList(expected)}, and the call has ${actual.length === 0 ? 'none' : quotedList(actual)}`;
}

function quotedList(texts: readonly string[]): string {
  return texts.map((text) => `\`${text}\``).join(', ');
}

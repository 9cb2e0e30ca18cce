import type { DecidedBy, Hazard, Rule } from '../engine';

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

import { plain } from '../../lib/cli';
import type { DecidedBy, Decision, Rule, RuleId } from '../../lib/engine';

/** What an agent is told of a call that did not go through: which rule, and why, in words that it can act on. */
export function denialText({ decidedBy }: Pick<Decision, 'decidedBy'>, rules: readonly Rule[]): string {
  switch (decidedBy.kind) {
    case 'rule':
      return `Denied by policy: ${ruleText(decidedBy.ruleId, rules)}.`;
    case 'gate':
      return `Denied by policy: the condition of ${ruleText(decidedBy.ruleId, rules)} is false.`;
    case 'default':
      return 'Denied by policy: no rule allows this call.';
    case 'undecided':
      return undecidedText(decidedBy, rules);
  }
}

function undecidedText(by: Extract<DecidedBy, { kind: 'undecided' }>, rules: readonly Rule[]): string {
  const could = by.ruleIds.map((id) => ruleText(id, rules)).join(', ');
  const facts = by.waitsFor.join(', ');
  return `Denied by policy: this gateway was not told ${facts}, on which the decision depends (${could}).`;
}

/** `rule 2 "No deletes" (r2)`. */
function ruleText(id: RuleId, rules: readonly Rule[]): string {
  const position = rules.findIndex((rule) => rule.id === id);
  const name = rules[position]?.name ?? '';
  return plain(`rule ${String(position + 1)}${name === '' ? '' : ` "${name}"`} (${id})`);
}

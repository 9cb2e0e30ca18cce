import type { Rule } from '@/lib/engine';
import { suggestedName } from './suggested-name';

/**
 * The rule as it is to be saved: with the name that the editor offered where none was written. A gate whose condition is blank has none,
 * which is then refused; any other rule keeps a blank condition, for without it the rule would match where it never did.
 */
export function finished(rule: Rule): Rule {
  const blankGate = rule.effect === 'gated' && rule.condition !== null && rule.condition.trim() === '';
  const unnamed = rule.name.trim() === '';
  if (!blankGate && !unnamed) return rule;
  return { ...rule, ...(unnamed ? { name: suggestedName(rule) } : {}), ...(blankGate ? { condition: null } : {}) };
}

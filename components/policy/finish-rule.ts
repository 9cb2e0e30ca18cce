import { diagnosticsOf } from '@/lib/editor';
import type { Rule } from '@/lib/engine';
import { suggestedName } from './suggested-name';

/**
 * The rule to save: with the suggested name where none was entered. A gate whose condition is blank has none, which is then refused; any
 * other rule keeps a blank condition, because without it the rule would match more calls.
 */
export function finished(rule: Rule): Rule {
  const blankGate = rule.effect === 'gated' && rule.condition !== null && rule.condition.trim() === '';
  const unnamed = rule.name.trim() === '';
  if (!blankGate && !unnamed) return rule;
  return { ...rule, ...(unnamed ? { name: suggestedName(rule) } : {}), ...(blankGate ? { condition: null } : {}) };
}

/** Why the gateway would skip the rule for every call: its condition does not compile. Undefined for a rule that is not active. */
export function skippedBecause({ status, condition }: Rule): string | undefined {
  if (status !== 'active' || condition === null) return undefined;
  return diagnosticsOf(condition).find(({ severity }) => severity === 'error')?.message;
}

import type { RuleClash } from '@/lib/analysis';
import type { Rule } from '@/lib/engine';
import type { MoveImpact } from '@/lib/worker';
import { shiftWords } from './impact-words';
import { counted } from '../ui/words';

/** What changes in the trace, as one sentence. */
export function changeWords({ trace }: MoveImpact, rule: Rule, name: string): string {
  if (rule.status !== 'active') {
    return `This rule is ${rule.status === 'draft' ? 'a draft' : 'switched off'}: its position changes no decision.`;
  }
  if (trace === undefined) return 'No trace is open to try it on.';
  const { changed, total, otherRule, matrix } = trace;
  const calls = `the ${counted(total, 'call')} of ${name}`;
  const others =
    otherRule === 0 ? '' : ` ${counted(otherRule, 'call is', 'calls are')} decided by another rule, the same way.`;
  return changed === 0
    ? `No decision changes among ${calls}.${others}`
    : `${counted(changed, 'decision changes', 'decisions change')} among ${calls}: ${shiftWords(matrix)}.${others}`;
}

/** The rule that it conflicts with, and on how many calls and tools. */
export function clashWords({ ruleId, calls, tools }: RuleClash, rules: readonly Rule[]): string {
  const at = rules.findIndex((rule) => rule.id === ruleId);
  const on = [
    calls === 0 ? '' : `${counted(calls, 'call')} of the trace`,
    tools === 0 ? '' : `${counted(tools, 'tool')} of the catalog`,
  ];
  return `rule ${at + 1}, ${rules[at]?.name ?? ''}: the two decide ${on.filter(Boolean).join(' and ')} differently`;
}

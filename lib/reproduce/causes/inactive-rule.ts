import { compilePolicy, decideRow } from '../../engine';
import type { InactiveRuleCause } from '../cause';
import { fitting, type Divergence } from '../divergence';

const ASSUMED = 2;
const MOST_RULES = 50;

/** Drafts and disabled rules, each made active by itself. */
export async function inactiveRule(divergence: Divergence): Promise<readonly InactiveRuleCause[]> {
  const { compiled, call } = divergence;
  const { rules, settings } = compiled.policy;
  const found: InactiveRuleCause[] = [];
  for (const [i, rule] of [...rules.entries()].filter(([, { status }]) => status !== 'active').slice(0, MOST_RULES)) {
    if (rule.status === 'active') continue;
    const active = await compilePolicy({ settings, rules: rules.with(i, { ...rule, status: 'active' }) }, compiled);
    const row = decideRow(active, call);
    // Only where this rule itself makes the difference.
    if (!('ruleId' in row.decidedBy) || row.decidedBy.ruleId !== rule.id) continue;
    const common = fitting(divergence, row, rules, ASSUMED);
    if (common) found.push({ ...common, kind: 'inactive-rule', ruleId: rule.id, status: rule.status });
  }
  return found;
}

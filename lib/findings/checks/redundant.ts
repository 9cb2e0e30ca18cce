import { findDifferenceWithout } from '../../regions';
import { withWork } from '../work';
import { listed, named, ofActive, removal, ruleFinding } from '../build';
import type { FindingCheck } from '../model';

export const redundant: FindingCheck = {
  code: 'redundant',
  what: 'Removing the rule changes no decision: the rules below it, or the default, decide its calls with the same effect.',
  why: 'A policy with rules that do nothing is harder to read, and an edit of such a rule has no effect either.',
  example: '`Allow reads` directly above `Allow all`.',
  remedy: 'Remove the rule, or keep it if it is there for its readers.',
  find: ofActive((checked, rule) => {
    const reach = checked.reach(rule);
    if (reach.kind !== 'decides') return [];
    const answer = withWork(checked, (limit) =>
      findDifferenceWithout(checked.region, rule, { tryFirst: [reach.call], limit }),
    );
    if (answer.kind !== 'none') return [];
    const same = [...new Set(answer.because)].filter(({ index }) => index > rule.index);
    const by = same.length === 0 ? 'the default' : listed(same.map((one) => named(one.rule)));
    return [
      ruleFinding('redundant', rule.rule, rule.index, {
        severity: 'info',
        certainty: 'proven',
        message: `removing this rule changes no decision: ${by} ${same.length > 1 ? 'decide' : 'decides'} its calls with the same effect`,
        related: same,
        fix: removal(rule.rule),
      }),
    ];
  }),
};

import { ruleId, type Rule } from '../../engine';
import { FALSE } from '../../regions';
import { callAllowedBelow } from '../allowed-below';
import { named, ofActive, ruleFinding } from '../build';
import type { FindingCheck } from '../model';

export const gateFallsThrough: FindingCheck = {
  code: 'gate-falls-through',
  holdsUnderProfiles: true,
  what: 'Calls for which the condition of a gated rule is false are allowed by a rule below.',
  why: 'A gate with a false condition is passed over. If a lower rule allows the call, the gate did not restrict it.',
  example: 'A gate on `send_*` with `request.args.channel_id == "C_GENERAL"` above `Allow all`.',
  remedy: 'Add a deny rule with the same scope and tools directly below the gate, or set `gatedWhenFalse` to `deny`.',
  find: ofActive((checked, rule) => {
    const { policy } = checked;
    if (rule.rule.effect !== 'gated' || policy.settings.gatedWhenFalse === 'deny') return [];
    const found = callAllowedBelow(checked, rule, FALSE);
    if (!found) return [];
    const { call, by } = found;
    return [
      ruleFinding('gate-falls-through', rule.rule, rule.index, {
        severity: 'warning',
        certainty: 'proven',
        message: `this gate can be passed: a call for which its condition is false is allowed by ${by ? named(by.rule) : 'a rule below'}`,
        related: by ? [by] : [],
        witness: call,
        fix: {
          title: 'Deny what the gate does not allow',
          edit: {
            kind: 'insert-rule',
            rule: denyLike(rule.rule, new Set(policy.rules.map(({ id }) => id))),
            index: rule.index + 1,
          },
        },
      }),
    ];
  }),
};

function denyLike(rule: Rule, taken: ReadonlySet<string>): Rule {
  let id = `${rule.id}-otherwise`;
  while (taken.has(id)) id += '-2';
  return { ...rule, id: ruleId(id), name: `Otherwise deny: ${rule.name}`, effect: 'deny', condition: null };
}

import { ruleId, type Rule } from '../../engine';
import { FALSE, findBelow, verdictOf } from '../../regions';
import { named, ofActive, ruleFinding } from '../build';
import type { FindingCheck } from '../model';

export const gateFallsThrough: FindingCheck = {
  code: 'gate-falls-through',
  what: 'Calls for which the condition of a gated rule is false are allowed by a rule below.',
  why: 'A gate with a false condition is passed over. If a lower rule allows the call, the gate restricts nothing.',
  example: 'A gate on `send_*` with `request.args.channel_id == "C_GENERAL"` above `Allow all`.',
  remedy: 'Add a deny rule with the same scope and tools directly below the gate, or set `gatedWhenFalse` to `deny`.',
  find: ofActive(({ region, policy, memory }, rule) => {
    if (rule.rule.effect !== 'gated' || policy.settings.gatedWhenFalse === 'deny') return [];
    const key = `gate-falls-through ${rule.rule.id}`;
    const before = memory.get(key);
    const answer = findBelow(region, rule, { outcomes: FALSE, effect: 'allow' }, before ? { tryFirst: [before] } : {});
    if (answer.kind !== 'call') return [];
    memory.set(key, answer.call);
    const below = verdictOf(
      { region, from: rule.index + 1, to: region.rules.length, default: true },
      answer.call,
    )?.rule;
    return [
      ruleFinding('gate-falls-through', rule.rule, rule.index, {
        severity: 'warning',
        certainty: 'proven',
        message: `this gate restricts nothing: calls for which its condition is false are allowed by ${below ? named(below.rule) : 'a rule below'}`,
        related: below ? [below] : [],
        witness: answer.call,
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

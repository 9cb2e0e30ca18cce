import { FALSE, findBelow, verdictOf } from '../../regions';
import { named, ruleFinding } from '../build';
import type { FindingCheck, PolicyFinding } from '../model';

export const gateFallsThrough: FindingCheck = {
  code: 'gate-falls-through',
  what: 'Calls for which the condition of a gated rule is false are allowed by a rule below.',
  why: 'A gate with a false condition is passed over. If a lower rule allows the call, the gate restricts nothing.',
  example: 'A gate on `send_*` with `request.args.channel_id == "C_GENERAL"` above `Allow all`.',
  remedy: 'Add a deny rule with the same scope and tools directly below the gate, or set `gatedWhenFalse` to `deny`.',
  find: ({ region, active, policy, memory }) =>
    active.flatMap((rule): PolicyFinding[] => {
      if (rule.rule.effect !== 'gated' || policy.settings.gatedWhenFalse === 'deny') return [];
      const key = `gate-falls-through ${rule.rule.id}`;
      const before = memory.get(key);
      const answer = findBelow(
        region,
        rule,
        { outcomes: FALSE, effect: 'allow' },
        before ? { tryFirst: [before] } : {},
      );
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
            rules: policy.rules.flatMap((one, i) =>
              i === rule.index
                ? [
                    one,
                    denyLike(
                      one,
                      policy.rules.map(({ id }) => id),
                    ),
                  ]
                : [one],
            ),
          },
        }),
      ];
    }),
};

type GatedRule = Parameters<typeof named>[0];

function denyLike(rule: GatedRule, taken: readonly string[]): GatedRule {
  let id = `${rule.id}-otherwise`;
  while (taken.includes(id)) id += '-2';
  return { ...rule, id: id as GatedRule['id'], name: `Otherwise deny: ${rule.name}`, effect: 'deny', condition: null };
}

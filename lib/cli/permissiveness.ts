/** Whether a policy permits more than another one, as `policy diff` prints it. */
import type { Rule } from '../engine';
import type { PolicyDifference } from '../regions';
import type { CliIo } from './io';
import { nameIn } from '../wording';

const ANSWERS: Record<PolicyDifference['answer'], string> = {
  equivalent: 'equivalent: both decide every call with the same effect',
  'more-permissive': 'more permissive: some calls become allowed, and none is allowed no longer',
  'less-permissive': 'less permissive: some calls are allowed no longer, and none becomes allowed',
  incomparable: 'incomparable: some calls become allowed, and others are allowed no longer',
  unknown: 'it is not known whether the second policy is more or less permissive',
};

const WAYS = [
  ['looser', 'becomes allowed', 'whether a call becomes allowed'],
  ['stricter', 'is allowed no longer', 'whether a call is allowed no longer'],
] as const;

/** `rules`: those of the first and of the second policy. */
export async function printPermissiveness(
  compared: PolicyDifference,
  rules: readonly [before: readonly Rule[], after: readonly Rule[]],
  io: CliIo,
): Promise<void> {
  io.err(ANSWERS[compared.answer]);
  for (const [way, becomes, whether] of WAYS) {
    const calls = compared[way];
    if (calls.kind === 'unknown') io.err(`${whether} is not known`);
    if (calls.kind !== 'some') continue;
    for (const { call, before, after } of calls.examples) {
      const by = [deciderName(before, rules[0]), deciderName(after, rules[1])] as const;
      await io.out(`${becomes}: before ${by[0]}, after ${by[1]}; for example ${JSON.stringify(call)}`);
    }
  }
}

const deciderName = (rule: Rule | undefined, rules: readonly Rule[]): string =>
  rule === undefined ? 'by the default' : `by ${nameIn(rules)(rule.id)}`;

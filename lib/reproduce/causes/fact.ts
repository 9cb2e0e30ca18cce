import { nearMisses, type FactChange } from '../../analysis';
import type { FactCause } from '../cause';
import { fitting, type Divergence } from '../divergence';

/** Facts with which the policy decides as recorded: the near misses of the call. */
export async function otherFact(divergence: Divergence): Promise<readonly FactCause[]> {
  const { compiled, call, decision, recorded } = divergence;
  const misses = await nearMisses({ compiled, call }, decision);
  return misses.flatMap(({ changes, gives }): FactCause[] => {
    if (gives.effect !== recorded.effect) return [];
    const assumed = changes.reduce((sum, change) => sum + assumedOf(change), 0);
    const common = fitting(divergence, gives, compiled.policy.rules, assumed);
    return common ? [{ ...common, kind: 'fact', changes, lacking: changes.every(isLacking) }] : [];
  });
}

/** What an entry does not say at all is more readily different than what it says. */
const isLacking = ({ from }: FactChange): boolean => from.kind !== 'value';

/** An exported log often has no groups and tags, or an empty list. */
const saysNone = ({ from }: FactChange): boolean =>
  from.kind !== 'value' || (Array.isArray(from.value) && from.value.length === 0);

/** Logs leave arguments, groups and tags out; what they do say of who called what is seldom wrong. */
function assumedOf(change: FactChange): number {
  const [root, second] = change.path;
  const guessed = change.example ? 0.4 : 0;
  if (root === 'args') return (isLacking(change) ? 1.2 : 4) + guessed;
  if (second === 'groups' || second === 'tags') return (saysNone(change) ? 1.6 : 3.4) + guessed;
  if (second === 'annotations') return 2.4 + guessed;
  if (root === 'time') return 4 + guessed;
  return (isLacking(change) ? 2 : 5) + guessed;
}

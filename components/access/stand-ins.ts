import type { AccessSubject } from '@/lib/analysis';
import { bundleOf } from '@/lib/bundle';
import { callId, type Call, type Policy } from '@/lib/engine';
import type { ReplayClient } from '@/lib/worker';

/**
 * The subjects' names with stand-ins in the place of those of people, as sharing gives them; names that the rules say, or that a decision
 * needs, stay. Rejects where the worker cannot work them out.
 */
export async function standInsFor(
  replay: ReplayClient,
  policy: Policy,
  subjects: readonly AccessSubject[],
): Promise<readonly string[]> {
  const trace = subjects.map(({ facts }, i): Call => ({ id: callId(`subject-${i}`), ...facts }));
  const bundle = bundleOf('', policy, { trace });
  const first = await replay.ask('planRedaction', { bundle, keep: [] });
  const keep = first.needs.map(({ value }) => String(value));
  const plan = keep.length === 0 ? first : await replay.ask('planRedaction', { bundle, keep });
  return subjects.map(({ key }, i) => {
    const [before, after] = [trace[i], plan.bundle.trace?.[i]];
    return (
      [
        [before?.user?.email, after?.user?.email],
        [before?.user?.id, after?.user?.id],
        [before?.instance?.id, after?.instance?.id],
      ].find(([was]) => was === key)?.[1] ?? key
    );
  });
}

import { compilePolicy, decideRow, decideUnder, flipped, READINGS } from '../../engine';
import type { ReadingCause } from '../cause';
import { fitting, type Divergence } from '../divergence';

const ASSUMED = 2.5;
/** One entry of the same log that the other reading would no longer reproduce refutes it. */
const REFUTED = 20;

/** Our readings of what the vendor leaves open, each turned to its other side. */
export async function otherReading(divergence: Divergence): Promise<readonly ReadingCause[]> {
  const { compiled, call, log } = divergence;
  const { rules, settings } = compiled.policy;
  const otherSetting = settings.gatedWhenFalse === 'deny' ? 'continue' : 'deny';
  const turned = await compilePolicy({ rules, settings: { ...settings, gatedWhenFalse: otherSetting } });
  const answers = [
    ...READINGS.map((reading) => ({ reading, gives: decideUnder(compiled, call, flipped(reading)) })),
    { reading: 'gated-when-false' as const, gives: decideRow(turned, call) },
  ];
  return answers.flatMap(({ reading, gives }): ReadingCause[] => {
    const contradictedBy = log.contradictions.get(reading) ?? 0;
    const common = fitting(divergence, gives, rules, ASSUMED + (contradictedBy > 0 ? REFUTED : 0));
    return common ? [{ ...common, kind: 'reading', reading, contradictedBy }] : [];
  });
}

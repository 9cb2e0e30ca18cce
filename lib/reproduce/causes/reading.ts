import type { ReadingCause } from '../cause';
import { fitting, type Divergence } from '../divergence';
import { otherReadings } from '../other-readings';

const ASSUMED = 2.5;
/** Seldom seen: what is read so differs from what every Go server does. */
const ASSUMED_OF_VALUES = 3.2;
/** One entry of the same log that the other reading would no longer reproduce refutes it. */
const REFUTED = 20;

/** The readings that the policy is decided under, each turned to another side. */
export async function otherReading(divergence: Divergence): Promise<readonly ReadingCause[]> {
  const { compiled, call, log } = divergence;
  const found: ReadingCause[] = [];
  for (const { reading, value, decide } of await otherReadings(compiled)) {
    if (found.some((cause) => cause.reading === reading)) continue;
    const contradictedBy = log.contradictions.get(reading) ?? 0;
    const assumed = reading === 'numbers' || reading === 'time-zone' ? ASSUMED_OF_VALUES : ASSUMED;
    const refuted = contradictedBy > 0 ? REFUTED : 0;
    const common = fitting(divergence, decide(call), compiled.policy.rules, assumed + refuted);
    if (common) found.push({ ...common, kind: 'reading', reading, value, contradictedBy });
  }
  return found;
}

import type { ReadingCause } from '../cause';
import { fitting, refutationKey, type Divergence } from '../divergence';
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
    // Of several zones, the first that nothing refutes.
    if (found.some((cause) => cause.reading === reading && cause.contradictedBy === 0)) continue;
    const contradictedBy = log.contradictions.get(refutationKey(reading, value)) ?? 0;
    const assumed = reading === 'numbers' || reading === 'time-zone' ? ASSUMED_OF_VALUES : ASSUMED;
    const refuted = contradictedBy > 0 ? REFUTED : 0;
    const common = fitting(divergence, decide(call), compiled.policy.rules, assumed + refuted);
    if (common) found.push({ ...common, kind: 'reading', reading, value, contradictedBy });
  }
  return found.filter((cause) => isBestOf(found, cause));
}

/** Each reading once: the value that nothing refutes, or else the first. */
const isBestOf = (found: readonly ReadingCause[], { reading, value }: ReadingCause): boolean => {
  const same = found.filter((one) => one.reading === reading);
  return (same.find(({ contradictedBy }) => contradictedBy === 0) ?? same[0])?.value === value;
};

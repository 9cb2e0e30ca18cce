import type { EffectShift } from '../trace';

/** What a comparison comes to. */
export interface ComparisonCounts {
  readonly total: number;
  /** Calls whose effect changes. */
  readonly changed: number;
  /** Calls with the same effect by another rule. */
  readonly otherRule: number;
  readonly shifts: readonly EffectShift[];
}

/**
 * What is said of a rule under ours and under each flipped reading, packed into one byte: two bits a reading, `no` 00, `maybe` 01 and
 * `yes` 11, so that `&` is the conjunction of verdicts under all readings at once.
 */
import type { Truth } from '../model/readings';

export const Code = { NO: 0, MAYBE: 1, YES: 3 } as const;

/** Where in the byte a reading's verdict is. */
export const FIELD = { ours: 0, 'facet-or': 2, case: 4, star: 6 } as const;
export type VerdictField = (typeof FIELD)[keyof typeof FIELD];

/** Yes under every reading. */
export const ALWAYS = 0xff;
/** The lower bit of every field. */
const LOW = 0b01010101;

export function pack(verdicts: Readonly<Record<keyof typeof FIELD, Truth>>): number {
  let byte = 0;
  for (const field of ['ours', 'facet-or', 'case', 'star'] as const) {
    const truth = verdicts[field];
    byte |= (truth === 'yes' ? Code.YES : truth === 'maybe' ? Code.MAYBE : Code.NO) << FIELD[field];
  }
  return byte;
}

export const codeIn = (byte: number, field: VerdictField): number => (byte >> field) & 3;

/** Whether any reading leaves the answer open. */
export const hasMaybe = (byte: number): boolean => (byte & LOW & ~(byte >> 1)) !== 0;

/** Whether a flipped reading says something else than ours. */
export const differsIn = (byte: number, field: VerdictField): boolean =>
  codeIn(byte, field) !== codeIn(byte, FIELD.ours);

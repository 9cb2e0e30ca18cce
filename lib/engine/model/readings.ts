/**
 * Our four readings of sentences on which the vendor is silent (docs/semantics.md, "Readings"), each in one
 * place. The engine runs on `OURS`; hazards run it again with one reading turned to its other side, to see whether the answer hangs on it.
 * (`gatedWhenFalse`, the fifth choice of that kind, is a setting of the policy.)
 */
import { READINGS, type Reading } from './model';

export interface Readings {
  /** `facet-or`: one of a facet's values is enough. Else: every one of them must hold. */
  readonly 'facet-or': 'any-value' | 'all-values';
  /** `case`: selectors and tool patterns tell upper from lower case. Else: they do not. */
  readonly case: 'sensitive' | 'insensitive';
  /** `star`: `*` in a tool pattern also stands for `/`. Else: it stops at `/`. */
  readonly star: 'any-character' | 'not-slash';
  /** `error-skips`: a rule whose condition errs is passed over. Else: it denies. */
  readonly 'error-skips': 'skip' | 'deny';
}

export const OURS: Readings = {
  'facet-or': 'any-value',
  case: 'sensitive',
  star: 'any-character',
  'error-skips': 'skip',
};

const OTHERS: Readings = {
  'facet-or': 'all-values',
  case: 'insensitive',
  star: 'not-slash',
  'error-skips': 'deny',
};

/** Ours, but for one reading. */
export const flipped = (reading: Reading): Readings => ({ ...OURS, [reading]: OTHERS[reading] });

/** Every reading with the variant that flips it alone. */
export const VARIANTS: readonly { readonly reading: Reading; readonly readings: Readings }[] = READINGS.map(
  (reading) => ({
    reading,
    readings: flipped(reading),
  }),
);

/** Three-valued truth: what can be said of a fact, a facet or a rule when not everything is known. */
export type Truth = 'yes' | 'no' | 'maybe';

/** `facet-or`, in one place: how the values of a facet combine. An empty facet is not asked: it covers everything. */
export function combineValues(values: readonly Truth[], readings: Readings): Truth {
  const [decisive, neutral]: [Truth, Truth] = readings['facet-or'] === 'any-value' ? ['yes', 'no'] : ['no', 'yes'];
  if (values.includes(decisive)) return decisive;
  return values.includes('maybe') ? 'maybe' : neutral;
}

/** `case`, in one place: the form in which two texts are compared. */
export function comparable(text: string, readings: Readings): string {
  if (readings.case === 'sensitive') return text;
  // Character by character beyond ASCII: a whole text lowers some letters by what follows them, and parts of it would not be found.
  return /^[\0-\x7f]*$/.test(text)
    ? text.toLowerCase()
    : Array.from(text, (character) => character.toLowerCase()).join('');
}

/** `star`, in one place: whether a `*` runs across a `/`. */
export function starCrossesSlash(readings: Readings): boolean {
  return readings.star === 'any-character';
}

/** Counts from 0 what the two readings that concern patterns come to: a pattern has one matcher for each. */
export function patternReading(readings: Readings): number {
  return (readings.case === 'sensitive' ? 0 : 1) + (starCrossesSlash(readings) ? 0 : 2);
}

/** `error-skips`, in one place: what becomes of a rule that applies to a call and whose condition errs. */
export function onConditionError(readings: Readings): 'skip' | 'deny' {
  return readings['error-skips'];
}

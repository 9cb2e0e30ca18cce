/**
 * How a gateway reads the sentences on which the vendor is silent (docs/semantics.md, "Readings"), each in one place. The engine runs on
 * ours unless a policy's gateway profile says otherwise; hazards run it again with one reading turned to its other side, to see whether
 * the answer hangs on it.
 */
import { isObject, type Json, type JsonObject } from '../../json';
import type { CelInput } from '../../cel';

export interface Readings {
  /** `facet-or`: one of a facet's values is enough. Else: every one of them must hold. */
  readonly 'facet-or': 'any-value' | 'all-values';
  /** `case`: selectors and tool patterns tell upper from lower case. Else: they do not. */
  readonly case: 'sensitive' | 'insensitive';
  /** `star`: `*` in a tool pattern also stands for `/`. Else: it stops at `/`. */
  readonly star: 'any-character' | 'not-slash';
  /** `error-skips`: a rule whose condition errs is passed over. Else: it denies. */
  readonly 'error-skips': 'skip' | 'deny';
  /** `non-boolean`: a condition that gives no boolean errs. Else: it counts as false. */
  readonly 'non-boolean': 'error' | 'false';
  /** `numbers`: a JSON number in the arguments is a double. Else: one without a fraction is an int. */
  readonly numbers: 'double' | 'int';
  /** `time-zone`: the zone in which a getter of a timestamp answers that names none: `UTC`, an offset (`+02:00`) or an IANA name. */
  readonly 'time-zone': string;
}

/**
 * What is known of the gateway that a policy is for: the readings that were measured or chosen, and what it does with a gate whose
 * condition is false, whatever the policy's setting says. What it does not name is our reading, or the setting.
 */
export type GatewayProfile = Partial<Readings & { readonly gatedWhenFalse: 'continue' | 'deny' }>;
export type ProfileReading = keyof GatewayProfile;

/** The values of each reading, ours first. A time zone is a text, ours `UTC`. */
export const READING_CHOICES = {
  'facet-or': ['any-value', 'all-values'],
  case: ['sensitive', 'insensitive'],
  star: ['any-character', 'not-slash'],
  'error-skips': ['skip', 'deny'],
  'non-boolean': ['error', 'false'],
  gatedWhenFalse: ['continue', 'deny'],
  numbers: ['double', 'int'],
} as const satisfies { readonly [R in Exclude<ProfileReading, 'time-zone'>]-?: readonly Required<GatewayProfile>[R][] };

export const PROFILE_READINGS: readonly ProfileReading[] = [
  ...(Object.keys(READING_CHOICES) as (keyof typeof READING_CHOICES)[]),
  'time-zone',
];

/** The readings that a decision is compared under, the flipped one alone: what the hazard `our-reading` names. */
export const READINGS = ['facet-or', 'case', 'star', 'error-skips'] as const;
/** One of these readings. */
export type Reading = (typeof READINGS)[number];

export const OURS: Readings = {
  'facet-or': 'any-value',
  case: 'sensitive',
  star: 'any-character',
  'error-skips': 'skip',
  'non-boolean': 'error',
  numbers: 'double',
  'time-zone': 'UTC',
};

/** The readings of a profile: `OURS` itself where it names none. */
export function readingsOf(profile: GatewayProfile | undefined): Readings {
  if (profile === undefined) return OURS;
  const { gatedWhenFalse: _gate, ...readings } = profile;
  return Object.keys(readings).length === 0 ? OURS : { ...OURS, ...readings };
}

/** The given readings, but for one. */
export function flipped(reading: Reading, of: Readings = OURS): Readings {
  return { ...of, [reading]: READING_CHOICES[reading].find((choice) => choice !== of[reading]) };
}

/** A reading with the variant of the given ones that flips it alone. */
export interface FlippedReading {
  readonly reading: Reading;
  readonly readings: Readings;
}

/** Every reading that is a choice of ours: what a profile names is known, and hangs on no choice. */
export const variantsOf = (readings: Readings, profile: GatewayProfile = {}): readonly FlippedReading[] =>
  READINGS.filter((reading) => profile[reading] === undefined).map((reading) => ({
    reading,
    readings: flipped(reading, readings),
  }));

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

/** `numbers`, in one place: the arguments as a condition sees them. */
export const argumentValue = (args: Json, readings: Readings): CelInput =>
  readings.numbers === 'int' ? withInts(args, 0) : args;

/** What nests deeper is left as it is: reading it ends at another limit. */
const MAX_DEPTH = 1000;

/** JSON with ints in the place of numbers without a fraction, as far as a double holds them exactly. */
function withInts(value: Json, depth: number): CelInput {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value;
  if (depth > MAX_DEPTH) return value;
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => withInts(item, depth + 1));
  return isObject(value) ? mapMembers(value, depth) : value;
}

function mapMembers(value: JsonObject, depth: number): CelInput {
  // No prototype: a member may be called `__proto__`.
  const made = Object.create(null) as Record<string, CelInput>;
  for (const [name, member] of Object.entries(value)) made[name] = withInts(member, depth + 1);
  return made;
}

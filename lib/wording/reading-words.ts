import { PROFILE_READINGS, type GatewayProfile, type ProfileReading } from '../engine';

const CHOICE_WORDS: { readonly [R in Exclude<ProfileReading, 'time-zone'>]: Readonly<Record<string, string>> } = {
  'facet-or': {
    'any-value': 'one value of a scope facet is enough',
    'all-values': 'every value of a scope facet must match, not only one',
  },
  case: {
    sensitive: 'names are compared with their case',
    insensitive: 'names are compared without their case',
  },
  star: {
    'any-character': '`*` in a tool pattern also stands for `/`',
    'not-slash': '`*` in a tool pattern stops at `/`',
  },
  'error-skips': {
    skip: 'a rule whose condition errs is skipped',
    deny: 'a rule whose condition errs denies',
  },
  'non-boolean': {
    error: 'a condition that gives no boolean errs',
    false: 'a condition that gives no boolean counts as false',
  },
  gatedWhenFalse: {
    continue: 'a gate whose condition is false is passed',
    deny: 'a gate whose condition is false denies',
  },
  numbers: {
    double: 'numbers in arguments are doubles',
    int: 'whole numbers in arguments are ints',
  },
};

/** What a gateway that follows a reading does. Backticks mark code. */
export function readingWords(reading: ProfileReading, value: string): string {
  if (reading === 'time-zone') return `a time getter that names no zone answers in \`${value}\``;
  return CHOICE_WORDS[reading][value] ?? value;
}

/** The readings of a profile in words, in their order; empty where it names none. */
export function profileWords(profile: GatewayProfile | undefined): readonly string[] {
  if (profile === undefined) return [];
  return PROFILE_READINGS.flatMap((reading) => {
    const value = profile[reading];
    return value === undefined ? [] : [readingWords(reading, value)];
  });
}

/** What a profile with other readings means for what is said of all calls. */
export const PROVEN_UNDER_DEFAULTS =
  'Calls are decided under the profile of the gateway. What is said of all calls is worked out under the default readings: it is possible, and not proven';

/** "Decided by the profile of the gateway: …", without its end; undefined where there is no profile. */
export function profileSentence(profile: GatewayProfile | undefined): string | undefined {
  const words = profileWords(profile);
  return words.length === 0 ? undefined : `Decided by the profile of the gateway: ${words.join('; ')}`;
}

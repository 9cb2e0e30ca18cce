import type { ProfileReading } from '../engine';
import type { Calibration, ProbeContradiction } from '../reproduce';
import { profileWords } from './reading-words';

/** Readings as what they are about. */
const READING_TITLES = {
  'facet-or': 'several values of a scope facet',
  case: 'upper and lower case in names',
  star: '`*` in a tool pattern and `/` in a name',
  'error-skips': 'a condition that errs',
  'non-boolean': 'a condition that gives no boolean',
  gatedWhenFalse: 'a gate whose condition is false',
  numbers: 'whole numbers in arguments',
  'time-zone': 'the time zone of a getter that names none',
} as const satisfies Record<ProfileReading, string>;

/** What the log of the probe kit shows, each sentence without its end; backticks mark code. */
export interface CalibrationWords {
  readonly found: readonly string[];
  readonly open: readonly string[];
  readonly contradictions: readonly string[];
  /** Undefined where the kit's own rules decided. */
  readonly control: string | undefined;
}

export function calibrationWords({ readings, open, contradictions, control }: Calibration): CalibrationWords {
  return {
    found: profileWords(readings),
    open: open.map(({ reading, missing }) => {
      const calls =
        missing.length === 1 ? `the call ${ticked(missing)} is missing` : `calls are missing: ${ticked(missing)}`;
      const why = missing.length === 0 ? 'it makes no difference beside the other readings' : calls;
      return `${READING_TITLES[reading]}: not known, as ${why}`;
    }),
    contradictions: contradictions.map(contradictionWords),
    control: CONTROL_WORDS[control],
  };
}

const CONTROL_WORDS = {
  passed: undefined,
  missing:
    'The calls `probe_allowed` and `probe_denied` are not both in the log, so that it is not certain that the rules of the kit decided',
  failed:
    '`probe_allowed` was denied or `probe_denied` was allowed: the rules of the kit did not decide, and nothing is known of the gateway',
} as const satisfies Record<Calibration['control'], string | undefined>;

function contradictionWords({ readings, outcomes, both }: ProbeContradiction): string {
  const about = readings.map((reading) => READING_TITLES[reading]).join('; ');
  if (both) return `${about}: ${ticked([...new Set(outcomes.map(({ tool }) => tool))])} was both allowed and denied`;
  const recorded = outcomes.map(({ tool, recorded }) => `\`${tool}\` ${recorded === 'allow' ? 'allowed' : 'denied'}`);
  return `${about}: no reading gives ${recorded.join(', ')}`;
}

const ticked = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');

import {
  compilePolicy,
  decideRow,
  decideUnder,
  gateOnFalse,
  PROFILE_READINGS,
  READING_CHOICES,
  READINGS,
  type Call,
  type CompiledPolicy,
  type ProfileReading,
  type Rule,
  type Settings,
} from '../engine';
import type { AssumedAnswer } from './cause';

/** What a gateway would decide that follows one reading in another way. */
export interface OtherReading {
  readonly reading: ProfileReading;
  readonly value: string;
  /** Whether the hazard `our-reading` of a decision names it. */
  readonly isHazard: boolean;
  decide(call: Call): AssumedAnswer;
}

const known = new WeakMap<CompiledPolicy, Promise<readonly OtherReading[]>>();

/**
 * The policy under each other value of each reading that can make a difference to it. They are compiled once for a policy, as a log asks
 * for them again and again.
 */
export function otherReadings(compiled: CompiledPolicy): Promise<readonly OtherReading[]> {
  let found = known.get(compiled);
  if (found === undefined) known.set(compiled, (found = compileOthers(compiled)));
  return found;
}

async function compileOthers(compiled: CompiledPolicy): Promise<readonly OtherReading[]> {
  const { rules, settings } = compiled.policy;
  const others: OtherReading[] = [];
  for (const reading of PROFILE_READINGS) {
    if (!concerns(reading, rules, settings)) continue;
    for (const value of otherValues(reading, settings)) {
      if (isOfMatching(reading)) {
        const readings = { ...compiled.readings, [reading]: value };
        others.push({ reading, value, isHazard: true, decide: (call) => decideUnder(compiled, call, readings) });
        continue;
      }
      const readings = { ...settings.readings, [reading]: value };
      const other = await compilePolicy({ rules, settings: { ...settings, readings } }, compiled);
      others.push({ reading, value, isHazard: false, decide: (call) => decideRow(other, call) });
    }
  }
  return others;
}

/** These concern no condition: the policy as it is compiled can be decided under them. */
const isOfMatching = (reading: ProfileReading): boolean => READINGS.some((one) => one === reading);

function otherValues(reading: ProfileReading, settings: Settings): readonly string[] {
  if (reading === 'time-zone') return ZONES.filter((zone) => zone !== (settings.readings?.['time-zone'] ?? 'UTC'));
  const choices: readonly string[] = READING_CHOICES[reading];
  const present = reading === 'gatedWhenFalse' ? gateOnFalse(settings) : (settings.readings?.[reading] ?? choices[0]);
  return choices.filter((choice) => choice !== present);
}

/** The hours of the world's clocks, those nearest to UTC first. */
const ZONES: readonly string[] = Array.from({ length: 27 }, (_, i) => (i % 2 === 0 ? i / 2 : -(i + 1) / 2))
  .flatMap((hours) => (hours >= -12 ? [hours] : []))
  .concat(14)
  .map((hours) => (hours === 0 ? 'UTC' : `${hours < 0 ? '-' : '+'}${String(Math.abs(hours)).padStart(2, '0')}:00`));

/** Functions that take no number. */
const TESTS = /\b(?:has|startsWith|endsWith|contains|matches)\(/g;

/** Whether a reading can make a difference to these rules, as far as that is seen without deciding. */
function concerns(reading: ProfileReading, rules: readonly Rule[], settings: Settings): boolean {
  const conditions = rules.flatMap(({ condition }) => condition ?? []);
  const isGated = rules.some(({ effect }) => effect === 'gated');
  switch (reading) {
    case 'time-zone':
      return conditions.some((source) => /\.\s*get[A-Z][A-Za-z]+\s*\(\s*\)/.test(source));
    case 'numbers':
      // Comparisons are the same for both types of numbers; calculations and most functions are not.
      return conditions.some((source) => source.includes('args') && /[-+*/%[(]/.test(source.replace(TESTS, '')));
    case 'non-boolean':
      // A rule that is passed on a false condition is passed on an error, too, unless one of them denies.
      return settings.readings?.['error-skips'] === 'deny' || (isGated && gateOnFalse(settings) === 'deny');
    case 'gatedWhenFalse':
      return isGated;
    default:
      return true;
  }
}

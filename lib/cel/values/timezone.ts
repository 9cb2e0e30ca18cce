import { parseInt64 } from './numbers';
import { daysFromCivil } from './time';
import { EvalError, type CelTimestamp } from './values';

/** By each name the names of its zone, the zone's own first. */
let zones: ReadonlyMap<string, readonly string[]> | undefined;

/** Loads the list of zone names (4 kB); a zone that is named is an error `no-time-zones` until it is there. */
export async function loadTimezones(): Promise<void> {
  if (zones) return;
  const { TIMEZONE_NAMES } = await import('./timezone-names');
  const groups = TIMEZONE_NAMES.split('\n').map((line) => line.split(' '));
  zones = new Map(groups.flatMap((names) => names.map((name): [string, readonly string[]] => [name, names])));
}

const bad = (zone: string, why = ''): EvalError =>
  new EvalError('invalid-time-zone', `unknown time zone \`${zone.slice(0, 60)}\`${why && `: ${why}`}`);

/**
 * How many seconds a zone is east of UTC at a time, or the error that cel-go would raise. A zone is an offset in hours and minutes
 * (`-03:00`, `05:30`; anything with a colon, read as loosely as cel-go does) or an IANA name in its exact spelling, as Go looks it up.
 *
 * Which names there are is decided by the list in `timezone-names.ts`, not by the JavaScript engine: engines take other cases and
 * abbreviations too, and know different names. Only the offset of a zone comes from the engine, under whichever of the zone's names it knows.
 * Nothing of the machine's own zone or locale enters.
 */
export function zoneOffset(zone: string, time: CelTimestamp): number | EvalError {
  const colon = zone.indexOf(':');
  if (colon < 0) return namedOffset(zone, time);
  const [hours, minutes] = [parseInt64(zone.slice(0, colon)), parseInt64(zone.slice(colon + 1))];
  if (hours === undefined || minutes === undefined) return bad(zone);
  // Go counts in nanoseconds, in 64 bits that wrap around.
  const nanos = BigInt.asIntN(64, (hours * 60n + (zone.startsWith('-') ? -minutes : minutes)) * 60_000_000_000n);
  return Number(nanos / 1_000_000_000n);
}

function namedOffset(zone: string, time: CelTimestamp): number | EvalError {
  // `Factory` is UTC in IANA's data, and no zone to JavaScript engines.
  if (zone === '' || zone === 'UTC' || zone === 'Factory') return 0;
  if (!zones) return new EvalError('no-time-zones', 'the names of time zones are not loaded');
  const names = zones.get(zone);
  if (!names) return bad(zone, reasonOf(zone, zones));
  const clock = clockOf(names);
  if (!clock)
    return new EvalError(
      'unsupported-time-zone',
      `the JavaScript engine here has no data for the time zone \`${zone}\``,
    );
  const part: Record<string, number> = {};
  // No zone is older than 1700: before that a place keeps its mean time, and engines disagree on the calendar.
  const seconds = Math.max(time.seconds, -8_520_336_000);
  for (const { type, value } of clock.formatToParts(seconds * 1000)) part[type] = Number(value);
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = part;
  return daysFromCivil(year, month, day) * 86400 + hour * 3600 + minute * 60 + second - seconds;
}

/** The names by their lower-case forms, made when a name is first not found. */
let byFolded: ReadonlyMap<string, string> | undefined;

/** What may have been meant by a name that is none. */
function reasonOf(zone: string, known: ReadonlyMap<string, unknown>): string {
  if (zone === 'Local') return "the zone of the gateway's own machine cannot be known here";
  byFolded ??= new Map([...known.keys()].map((name) => [name.toLowerCase(), name]));
  const meant = zone.length < 60 ? byFolded.get(zone.toLowerCase()) : undefined;
  if (meant !== undefined) return `names are case-sensitive, as in \`${meant}\``;
  return 'a zone is an IANA name, as in `Europe/Paris`, or an offset, as in `+05:30`';
}

/** By the zone's own name, of which there are some hundreds; null where the engine knows the zone by none of its names. */
const clocks = new Map<string, Intl.DateTimeFormat | null>();

function clockOf(names: readonly string[]): Intl.DateTimeFormat | null {
  const [zone = ''] = names;
  let clock = clocks.get(zone);
  if (clock === undefined) {
    clock = null;
    for (const name of names) if ((clock ??= makeClock(name))) break;
    clocks.set(zone, clock);
  }
  return clock;
}

function makeClock(timeZone: string): Intl.DateTimeFormat | null {
  try {
    return new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    return null;
  }
}

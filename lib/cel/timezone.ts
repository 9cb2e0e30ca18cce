import { daysFromCivil } from './time';
import { EvalError, type CelTimestamp } from './values';

const bad = (zone: string): EvalError => new EvalError('invalid-time-zone', `unknown time zone \`${zone}\``);

/**
 * How many seconds a zone is east of UTC at a time. A zone is an offset in hours and minutes (`-03:00`, `05:30`; anything with a
 * colon, read as loosely as cel-go does) or an IANA name.
 *
 * Names are looked up in the time zone data that every JavaScript engine carries; nothing of the machine's own zone or locale enters.
 */
export function zoneOffset(zone: string, time: CelTimestamp): number | EvalError {
  const colon = zone.indexOf(':');
  if (colon < 0) return namedOffset(zone, time);
  const [hours, minutes] = [wholeNumber(zone.slice(0, colon)), wholeNumber(zone.slice(colon + 1))];
  if (hours === undefined || minutes === undefined) return bad(zone);
  return (hours * 60 + (zone.startsWith('-') ? -minutes : minutes)) * 60;
}

const wholeNumber = (text: string): number | undefined => (/^[+-]?\d{1,9}$/.test(text) ? Number(text) : undefined);

const clocks = new Map<string, Intl.DateTimeFormat | null>();

function namedOffset(zone: string, time: CelTimestamp): number | EvalError {
  if (zone === '' || zone === 'UTC') return 0;
  const clock = clockOf(zone);
  if (!clock) return bad(zone);
  const part: Record<string, number> = {};
  // No zone is older than 1700: before that a place keeps its mean time, and engines disagree on the calendar.
  const seconds = Math.max(time.seconds, -8_520_336_000);
  for (const { type, value } of clock.formatToParts(seconds * 1000)) part[type] = Number(value);
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = part;
  return daysFromCivil(year, month, day) * 86400 + hour * 3600 + minute * 60 + second - seconds;
}

/** Null for a zone that Go would not find: its names are the names of files, and their case counts. */
function clockOf(zone: string): Intl.DateTimeFormat | null {
  let clock = clocks.get(zone);
  if (clock === undefined) {
    clock = makeClock(zone);
    if (clocks.size >= 64) clocks.clear();
    clocks.set(zone, clock);
  }
  return clock;
}

function makeClock(zone: string): Intl.DateTimeFormat | null {
  if (!/^[A-Z][\w+-]*(\/[A-Z][\w+-]*)*$/.test(zone)) return null;
  try {
    const clock = new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    const known = clock.resolvedOptions().timeZone;
    return known !== zone && known.toLowerCase() === zone.toLowerCase() ? null : clock;
  } catch {
    return null;
  }
}

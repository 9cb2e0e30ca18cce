import { BILLION, decimals } from './duration';
import { toInt } from './numbers';
import { CelDuration, CelTimestamp, EvalError } from './values';

/** 0001-01-01T00:00:00Z and 9999-12-31T23:59:59Z, in seconds: the range of a CEL timestamp. */
const MIN_SECONDS = -62135596800;
const MAX_SECONDS = 253402300799;

export const outOfRange = (): EvalError => new EvalError('overflow', 'timestamp overflow');

export const inRange = (seconds: number): boolean => seconds >= MIN_SECONDS && seconds <= MAX_SECONDS;

/** A civil date of the proleptic Gregorian calendar. `month` and `day` count from 1. */
export interface CivilTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Days since 1970-01-01. The year is taken to begin in March, so that the leap day comes last. */
export function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719468;
}

/** The inverse of `daysFromCivil`. */
export function civilFromDays(days: number): CivilTime {
  const z = days + 719468;
  const era = Math.floor(z / 146097);
  const dayOfEra = z - era * 146097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const mp = Math.floor((5 * dayOfYear + 2) / 153);
  const month = mp < 10 ? mp + 3 : mp - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * mp + 2) / 5) + 1,
  };
}

const daysIn = (year: number, month: number): number =>
  month === 2
    ? year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
      ? 29
      : 28
    : [4, 6, 9, 11].includes(month)
      ? 30
      : 31;

// Go's reading of RFC 3339 is a little wide: an hour of one digit, a comma before the fraction, offsets up to 24:60.
const RFC3339 = /^(\d{4})-(\d\d)-(\d\d)T(\d\d?):(\d\d):(\d\d)(?:[.,](\d+))?(?:Z|([+-])(\d\d):(\d\d))$/;

/** Reads RFC 3339 as Go's `time.Parse` does, to the nanosecond (further digits are dropped). Undefined where it is not one. */
export function parseTimestamp(text: string): CelTimestamp | undefined {
  const match = RFC3339.exec(text);
  if (!match) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const [offsetHours, offsetMinutes] = [Number(match[9] ?? 0), Number(match[10] ?? 0)];
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined;
  if (hour > 23 || minute > 59 || second > 59 || offsetHours > 24 || offsetMinutes > 60) return undefined;
  const offset = (offsetHours * 3600 + offsetMinutes * 60) * (match[8] === '-' ? -1 : 1) || 0;
  const seconds = daysFromCivil(year, month, day) * 86400 + hour * 3600 + minute * 60 + second - offset;
  return inRange(seconds)
    ? new CelTimestamp(seconds, Number((match[7] ?? '').slice(0, 9).padEnd(9, '0')), offset)
    : undefined;
}

const two = (n: number): string => String(n).padStart(2, '0');

/** RFC 3339 with as many digits as it takes, in the offset the timestamp was written in. */
export function formatTimestamp(time: CelTimestamp, offset = time.offset): string {
  const local = time.seconds + offset;
  const days = Math.floor(local / 86400);
  const { year, month, day } = civilFromDays(days);
  const rest = local - days * 86400;
  const clock = [Math.floor(rest / 3600), Math.floor(rest / 60) % 60, rest % 60].map(two).join(':');
  const minutes = Math.floor(Math.abs(offset) / 60);
  const zone = offset ? `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}` : 'Z';
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}T${clock}${decimals(time.nanos)}${zone}`;
}

/** The time so many nanoseconds since 1970, which may be out of range. */
export function timeAt(total: bigint, offset = 0): CelTimestamp {
  // Rounds down, so that the nanoseconds are never negative.
  const nanos = ((total % BILLION) + BILLION) % BILLION;
  return new CelTimestamp(Number((total - nanos) / BILLION), Number(nanos), offset);
}

export function addDuration(time: CelTimestamp, nanos: bigint): CelTimestamp | EvalError {
  const sum = timeAt(nanosOf(time) + nanos, time.offset);
  return inRange(sum.seconds) ? sum : outOfRange();
}

export function subtractTimes(a: CelTimestamp, b: CelTimestamp): CelDuration | EvalError {
  const nanos = toInt(nanosOf(a) - nanosOf(b));
  return typeof nanos === 'bigint' ? new CelDuration(nanos) : nanos;
}

/** Nanoseconds since 1970. */
export const nanosOf = ({ seconds, nanos }: CelTimestamp): bigint => BigInt(seconds) * BILLION + BigInt(nanos);

/** The parts of a local time. The month and the days of the month and of the year count from 0, the date from 1; Sunday is 0. */
export const TIME_PARTS = {
  getFullYear: (days: number) => civilFromDays(days).year,
  getMonth: (days: number) => civilFromDays(days).month - 1,
  getDate: (days: number) => civilFromDays(days).day,
  getDayOfMonth: (days: number) => civilFromDays(days).day - 1,
  getDayOfWeek: (days: number) => (((days + 4) % 7) + 7) % 7,
  getDayOfYear: dayOfYear,
  getHours: (_days: number, rest: number) => Math.floor(rest / 3600),
  getMinutes: (_days: number, rest: number) => Math.floor(rest / 60) % 60,
  getSeconds: (_days: number, rest: number) => rest % 60,
  getMilliseconds: (_days: number, _rest: number, nanos: number) => Math.floor(nanos / 1e6),
} satisfies Record<string, (days: number, rest: number, nanos: number) => number>;

function dayOfYear(days: number): number {
  return days - daysFromCivil(civilFromDays(days).year, 1, 1);
}

export type TimePart = keyof typeof TIME_PARTS;

/** One part of a time, at `offset` seconds east of UTC. */
export function timePart(part: TimePart, time: CelTimestamp, offset: number): bigint {
  const local = time.seconds + offset;
  const days = Math.floor(local / 86400);
  return BigInt(TIME_PARTS[part](days, local - days * 86400, time.nanos));
}

import { validateCall } from '../engine';

/** Times of traces: RFC 3339 text, and what other sources write turned into it. */

/** True where the engine takes the text as a time: RFC 3339, with numbers and a year that cel-go accepts. */
export const isRfc3339 = (text: string): boolean => validateCall({ id: 't', time: text }).length === 0;

/** RFC 3339, section 5.6, with what its notes allow: lower-case letters, and a space between date and time. */
const RFC_3339 = /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}:\d{2}(?:\.\d+)?)([Zz]|[+-]\d{2}:\d{2})$/;

/**
 * A time in the form that the engine takes. `unreadable`: RFC 3339 allows it and CEL has no such time (a leap second,
 * the year 0). Null where the text is not RFC 3339 at all.
 */
export function readRfc3339(text: string): ParsedTime | null {
  if (isRfc3339(text)) return { time: text };
  const match = RFC_3339.exec(text);
  if (!match) return null;
  const [, date, time, zone = ''] = match;
  const spelled = `${date}T${time}${zone.toUpperCase()}`;
  if (isRfc3339(spelled)) return { time: spelled };
  const known = spelled.replace(/:60(?=[.Z+-])/, ':59').replace(/^0000-/, '0004-');
  return isRfc3339(known) ? { unreadable: text } : null;
}

/** What a source wrote as a time: RFC 3339 text; `zoneless` where it named no zone and was read as UTC. */
export type ParsedTime = { readonly time: string; readonly zoneless?: true } | { readonly unreadable: string };

const LOOSE =
  /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2}))?(?:[.,](\d+))?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?$/i;

/**
 * Reads RFC 3339, its common relatives (a space for `T`, a comma before the fraction, `+0200`, `UTC`, no zone), and
 * numbers since 1970 in seconds, milliseconds, microseconds or nanoseconds (distinguished by their size).
 */
export function readTime(value: unknown): ParsedTime {
  if (typeof value === 'number') return fromEpoch(String(value), value);
  if (typeof value !== 'string') return { unreadable: typeof value };
  const text = value.trim();
  const exact = readRfc3339(text);
  if (exact) return exact;
  if (/^\d{9,20}(\.\d+)?$/.test(text)) return fromEpoch(text, Number(text));
  const match = LOOSE.exec(text);
  if (!match) return { unreadable: text };
  const [, year, month, day, hour, minute, second = '00', fraction, zone] = match;
  const offset =
    !zone || /^(z|utc|gmt)$/i.test(zone) ? 'Z' : zone.length === 3 ? `${zone}:00` : zone.replace(/^(...):?/, '$1:');
  const time = `${year}-${month}-${day}T${hour}:${minute}:${second}${fraction ? `.${fraction}` : ''}${offset}`;
  if (!isRfc3339(time)) return { unreadable: text };
  return zone ? { time } : { time, zoneless: true };
}

/** Reads a time of a source whose times are UTC where they name no zone. */
export function readUtc(value: unknown): ParsedTime {
  const read = readTime(value);
  return 'time' in read ? { time: read.time } : read;
}

function fromEpoch(text: string, value: number): ParsedTime {
  if (!Number.isFinite(value) || value < 0) return { unreadable: text };
  if (value >= 1e17) return /^\d+$/.test(text) ? fromNanos(text) : fromNanos(BigInt(Math.trunc(value)).toString());
  const millis = value >= 1e14 ? value / 1000 : value >= 1e11 ? value : value * 1000;
  return { time: new Date(Math.round(millis)).toISOString() };
}

/** Nanoseconds since 1970, as decimal digits, exactly. */
export function fromNanos(digits: string): ParsedTime {
  if (!/^\d{1,20}$/.test(digits)) return { unreadable: digits };
  const nanos = BigInt(digits);
  const millis = Number(nanos / 1_000_000_000n) * 1000;
  if (millis > 253_402_300_799_000) return { unreadable: digits };
  const fraction = String(nanos % 1_000_000_000n)
    .padStart(9, '0')
    .replace(/0+$/, '');
  const seconds = new Date(millis).toISOString().slice(0, 19);
  return { time: `${seconds}${fraction ? `.${fraction}` : ''}Z` };
}

export type TimeZone = 'utc' | 'local';

/** A time of the trace for a row; minutes and seconds are enough, the whole is in its hint. The table's head says which zone it is. */
export function clockTime(
  time: string | null | undefined,
  zone: TimeZone = 'utc',
  dated = false,
): string | null | undefined {
  if (time === null || time === undefined) return time;
  const at = Date.parse(time);
  return Number.isNaN(at)
    ? time
    : inZone(at, zone)
        .slice(dated ? 5 : 11, 19)
        .replace('T', ' ');
}

export function fullTime(time: string | null | undefined, zone: TimeZone = 'utc'): string | undefined {
  if (time === null) return 'the source says that there is no time';
  if (time === undefined) return 'the time is not known';
  const at = Date.parse(time);
  if (Number.isNaN(at)) return time;
  return `${inZone(at, zone).replace('T', ' ').replace('Z', '')} ${zoneName(zone, at)}`;
}

/** A moment in milliseconds since 1970, to the minute. */
export const minuteTime = (at: number, zone: TimeZone): string => inZone(at, zone).slice(0, 16).replace('T', ' ');

/** `UTC`, or the offset of the user's zone at that moment: `UTC+2`. */
export function zoneName(zone: TimeZone, at: number): string {
  const minutes = zone === 'utc' ? 0 : -new Date(at).getTimezoneOffset();
  if (minutes === 0) return 'UTC';
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `UTC${minutes < 0 ? '−' : '+'}${hours}${rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`}`;
}

const inZone = (at: number, zone: TimeZone): string =>
  new Date(zone === 'utc' ? at : at - new Date(at).getTimezoneOffset() * 60_000).toISOString();

/** The time of a change by the user (milliseconds since 1970), in the user's zone, which it names. */
export const dayAndTime = (at: number): string =>
  `${new Date(at).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' })} ${zoneName('local', at)}`;

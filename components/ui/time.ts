/** Times are UTC, and the table's header says so. Minutes are enough for a row; the whole stands in its hint. */
export function clockTime(time: string | null | undefined): string | null | undefined {
  if (time === null || time === undefined) return time;
  const at = Date.parse(time);
  return Number.isNaN(at) ? time : new Date(at).toISOString().slice(11, 19);
}

export function fullTime(time: string | null | undefined): string | undefined {
  if (time === null) return 'the source says that there is no time';
  if (time === undefined) return 'the time is not known';
  const at = Date.parse(time);
  return Number.isNaN(at) ? time : `${new Date(at).toISOString().replace('T', ' ').replace('Z', '')} UTC`;
}

/** A moment of one's own work (milliseconds since 1970), in the person's own zone. */
export const dayAndTime = (at: number): string =>
  new Date(at).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });

/** One working day at Acme, Tuesday 17 November 2026. */
import { engineering } from './day-engineering.mjs';
import { outside } from './day-outside.mjs';
import { office } from './day-office.mjs';
import { Day } from './trace.mjs';

export function tuesday() {
  const day = new Day('2026-11-17', 1711);
  for (const scene of [...engineering, ...outside, ...office]) scene(day);
  return day;
}

/** Writing a trace as it happened: a seeded chance for the pauses, and one line of time for each session. */
import { surroundings, target } from './company.mjs';

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function chance(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** A day of calls. Sessions may overlap; `calls()` gives all of them in order of time, numbered. */
export class Day {
  #date;
  #random;
  #calls = [];

  constructor(date, seed) {
    this.#date = date;
    this.#random = chance(seed);
  }

  /** A session of one instance from a time on (`09:12` or `09:12:30`, UTC). */
  session(instance, from) {
    const around = surroundings(instance);
    const [hours, minutes, seconds = 0] = from.split(':').map(Number);
    let at = Date.parse(`${this.#date}T00:00:00Z`) + ((hours * 60 + minutes) * 60 + seconds) * 1000;
    const session = {
      /** A call; agents take some seconds between two of them. */
      call: (resource, tool, args = {}, recorded = undefined) => {
        const time = new Date(at + Math.floor(this.#random() * 900)).toISOString();
        const { agent, instance: who, user, ip, userAgent } = around;
        this.#calls.push({
          time,
          agent,
          instance: who,
          user,
          ...target(resource, tool),
          args,
          ip,
          userAgent,
          ...(recorded === undefined ? {} : { recorded }),
        });
        at += 1500 + Math.floor(this.#random() ** 2 * 14000);
        return session;
      },
      /** The person reads, thinks, does something else. */
      pause: (minutesLong) => {
        at += Math.floor(minutesLong * 60000 * (0.7 + this.#random() * 0.6));
        return session;
      },
    };
    return session;
  }

  calls(prefix) {
    return [...this.#calls]
      .sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0))
      .map((call, i) => ({ id: `${prefix}-${String(i + 1).padStart(3, '0')}`, ...call }));
  }
}

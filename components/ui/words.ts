export { capital, marked, type Sentence } from '@/lib/wording';

// Made once: making it takes longer than all that it then writes.
const numbers = new Intl.NumberFormat('en');

/** A number as people read it: `1,250`. */
export const number = (n: number): string => numbers.format(n);

/** A number of things: `1 rule`, `1,250 rules`. */
export const counted = (n: number, one: string, many = `${one}s`): string => `${number(n)} ${n === 1 ? one : many}`;

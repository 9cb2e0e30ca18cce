export { capital, marked, type Sentence } from '@/lib/wording';

// Made once, and when it is needed: making it takes longer than all that it then writes.
let numbers: Intl.NumberFormat | undefined;

/** A number as people read it: `1,250`. */
export const number = (n: number): string => (numbers ??= new Intl.NumberFormat('en')).format(n);

/** A number of things: `1 rule`, `1,250 rules`. */
export const counted = (n: number, one: string, many = `${one}s`): string => `${number(n)} ${n === 1 ? one : many}`;

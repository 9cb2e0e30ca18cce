/** The numbers of a tool pattern's braces: `{8..11}`, `{10..1..3}`, `{001..100}`. */
export interface NumberSequence {
  readonly first: number;
  readonly last: number;
  readonly step: number;
  /** The least number of characters, padded by zeros; 0 where they are not padded. */
  readonly width: number;
}

/** Undefined where a number is too large to be exact. */
export function numberSequence(from: string, to: string, by = '1'): NumberSequence | undefined {
  const [first, last, step] = [Number(from), Number(to), Math.max(Math.abs(Number(by)), 1)];
  if (![first, last, step].every(Number.isSafeInteger)) return undefined;
  const padded = [from, to, by].some((one) => /^-?0\d/.test(one));
  return { first, last, step, width: padded ? Math.max(from.length, to.length) : 0 };
}

const MINUS = 0x2d;
const ZERO = 0x30;

/** The offsets at which a number of the sequence ends that is written in the text from `start` on, with its sign and zeros. */
export function numberEnds(sequence: NumberSequence, text: readonly number[], start: number): number[] {
  const negative = text[start] === MINUS;
  const ends: number[] = [];
  let value = 0;
  for (let at = start + (negative ? 1 : 0); ; at++) {
    const digit = (text[at] ?? 0) - ZERO;
    if (digit < 0 || digit > 9) return ends;
    value = value * 10 + digit;
    if (!Number.isSafeInteger(value) || at - start >= MOST_CHARACTERS) return ends;
    const number = negative ? -value : value;
    if (hasNumber(sequence, number) && isWritten(sequence, number, text, start, at + 1)) ends.push(at + 1);
  }
}

/** A number is no longer than the pattern that it is a member of. */
const MOST_CHARACTERS = 256;

function hasNumber({ first, last, step }: NumberSequence, number: number): boolean {
  if (number < Math.min(first, last) || number > Math.max(first, last)) return false;
  return (number - first) % step === 0;
}

function isWritten(
  { width }: NumberSequence,
  number: number,
  text: readonly number[],
  start: number,
  end: number,
): boolean {
  const written = number < 0 ? `-${String(-number).padStart(width - 1, '0')}` : String(number).padStart(width, '0');
  if (written.length !== end - start) return false;
  for (let i = 0; i < written.length; i++) if (written.charCodeAt(i) !== text[start + i]) return false;
  return true;
}

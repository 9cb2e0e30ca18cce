/**
 * Whether a JSON number keeps its value when it is read as a double and written again (RFC 7493, section 2.2): what is written is the
 * shortest decimal that reads as the same double. `1.50` and `1e2` keep theirs; 9007199254740993 becomes ...992, and `-0` becomes `0`.
 */
export function keepsItsValue(digits: string, value: number): boolean {
  if (Object.is(value, -0)) return false;
  return Number.isFinite(value) && (digits === String(value) || decimalOf(digits) === decimalOf(String(value)));
}

/** One form for each decimal value: its significant digits, and the power of ten that they are multiplied by. */
function decimalOf(text: string): string {
  const [, sign = '', whole = '', fraction = '', power = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  const significant = withoutLeadingZeros(whole + fraction);
  if (significant === '') return '0';
  const shortened = withoutTrailingZeros(significant);
  return `${sign}${shortened}e${String(Number(power) - fraction.length + significant.length - shortened.length)}`;
}

function withoutLeadingZeros(digits: string): string {
  let at = 0;
  while (digits[at] === '0') at++;
  return digits.slice(at);
}

/** Not by an expression: `0+$` takes quadratic time on many zeros. */
function withoutTrailingZeros(digits: string): string {
  let end = digits.length;
  while (digits[end - 1] === '0') end--;
  return digits.slice(0, end);
}

import { MAX_INT } from './limits';
import { CelDuration } from './values';

const UNITS: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  '\u00b5s': 1e3,
  '\u03bcs': 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
};

const TERM = /(\d*)(?:\.(\d*))?(ns|us|\u00b5s|\u03bcs|ms|s|m|h)/y;

/** Reads a duration as Go's `time.ParseDuration` does: `1h30m`, `-1.5s`, `0`. Undefined where it is none or beyond int64. */
export function parseDuration(text: string): CelDuration | undefined {
  const negative = text.startsWith('-');
  const body = text.replace(/^[+-]/, '');
  if (body === '0') return new CelDuration(0n);
  let nanos = 0n;
  TERM.lastIndex = 0;
  do {
    const match = TERM.exec(body);
    if (!match || !(match[1] || match[2])) return undefined;
    const unit = UNITS[match[3] ?? ''] ?? 0;
    const whole = (match[1] ?? '').replace(/^0+/, '');
    if (whole.length > 19) return undefined;
    nanos += BigInt(whole || 0) * BigInt(unit) + fraction(match[2] ?? '', unit);
    if (nanos > MAX_INT + 1n) return undefined;
  } while (TERM.lastIndex < body.length);
  if (nanos > MAX_INT && !negative) return undefined;
  return new CelDuration(negative ? -nanos : nanos);
}

/** Go multiplies a fraction in floating point, and keeps only the digits that fit int64. */
function fraction(digits: string, unit: number): bigint {
  let value = 0n;
  let scale = 1;
  for (const digit of digits) {
    const next = value * 10n + BigInt(digit);
    if (value > MAX_INT / 10n || next > MAX_INT + 1n) break;
    value = next;
    scale *= 10;
  }
  return BigInt(Math.trunc(Number(value) * (unit / scale)));
}

export const BILLION = 1_000_000_000n;

/** `duration.Seconds()` of Go: whole and part each as a double. */
const inSeconds = (nanos: bigint): number => Number(nanos / BILLION) + Number(nanos % BILLION) / 1e9;

/** As cel-go prints it: seconds in the fewest digits, never with an exponent. */
export function formatDuration(duration: CelDuration): string {
  const seconds = inSeconds(duration.nanos);
  const text = String(seconds);
  if (!text.includes('e')) return `${text}s`;
  const [digits = '', exponent = ''] = text.split('e-');
  const sign = digits.startsWith('-') ? '-' : '';
  return `${sign}0.${'0'.repeat(Number(exponent) - 1)}${digits.replace(/[-.]/g, '')}s`;
}

/** Nanoseconds as the decimals of a second: `.5`; nothing for none. */
export const decimals = (nanos: number | bigint): string =>
  nanos ? `.${String(nanos).padStart(9, '0').replace(/0+$/, '')}` : '';

/** Exactly, to the nanosecond: `-1.5s`. */
export function exactDuration(duration: CelDuration): string {
  const nanos = duration.nanos < 0n ? -duration.nanos : duration.nanos;
  return `${duration.nanos < 0n ? '-' : ''}${nanos / BILLION}${decimals(nanos % BILLION)}s`;
}

/** The whole of a duration in one unit, towards zero (unlike a time's accessors, which take a part). */
export const DURATION_PARTS = {
  getHours: 3600n * BILLION,
  getMinutes: 60n * BILLION,
  getSeconds: BILLION,
  getMilliseconds: 1_000_000n,
} as const;

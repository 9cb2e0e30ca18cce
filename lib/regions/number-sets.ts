/** Sets of numbers as JSON has them: finite doubles, as sorted, disjoint, closed intervals. Exact, since doubles are discrete. */
export type NumberSet = readonly NumberInterval[];
export type NumberInterval = readonly [least: number, most: number];

export const ALL_NUMBERS: NumberSet = [[-Number.MAX_VALUE, Number.MAX_VALUE]];
export const NO_NUMBERS: NumberSet = [];

const bits = new DataView(new ArrayBuffer(8));

/** The next double above a finite one. */
function above(value: number): number {
  if (value === 0) return Number.MIN_VALUE;
  bits.setFloat64(0, value);
  bits.setBigInt64(0, bits.getBigInt64(0) + (value > 0 ? 1n : -1n));
  return bits.getFloat64(0);
}

const below = (value: number): number => -above(-value);

/** The numbers that compare with `constant` as the operator says. The constant may be infinite or NaN. */
export function numbersThat(operator: '<' | '<=' | '>' | '>=' | '==', constant: number): NumberSet {
  const most = Number.MAX_VALUE;
  if (Number.isNaN(constant)) return NO_NUMBERS;
  if (operator === '==') return Number.isFinite(constant) ? [[constant, constant]] : NO_NUMBERS;
  if (!Number.isFinite(constant)) return constant > 0 === operator.startsWith('<') ? ALL_NUMBERS : NO_NUMBERS;
  const bounds: Record<'<' | '<=' | '>' | '>=', NumberInterval> = {
    '<': [-most, below(constant)],
    '<=': [-most, constant],
    '>': [above(constant), most],
    '>=': [constant, most],
  };
  const [least, greatest] = bounds[operator];
  return least > greatest || !Number.isFinite(least) || !Number.isFinite(greatest) ? NO_NUMBERS : [[least, greatest]];
}

export function intersectNumbers(a: NumberSet, b: NumberSet): NumberSet {
  if (a === ALL_NUMBERS) return b;
  if (b === ALL_NUMBERS) return a;
  return a.flatMap(([least, most]) =>
    b.flatMap(([from, to]): NumberInterval[] =>
      Math.max(least, from) <= Math.min(most, to) ? [[Math.max(least, from), Math.min(most, to)]] : [],
    ),
  );
}

export function complementNumbers(set: NumberSet): NumberSet {
  const gaps: NumberInterval[] = [];
  let from = -Number.MAX_VALUE;
  for (const [least, most] of set) {
    if (least > from) gaps.push([from, below(least)]);
    if (most === Number.MAX_VALUE) return gaps;
    from = above(most);
  }
  gaps.push([from, Number.MAX_VALUE]);
  return gaps;
}

export function uniteNumbers(sets: readonly NumberSet[]): NumberSet {
  return complementNumbers(
    sets.reduce<NumberSet>((rest, set) => intersectNumbers(rest, complementNumbers(set)), ALL_NUMBERS),
  );
}

export const hasNumber = (set: NumberSet, value: number): boolean =>
  set.some(([least, most]) => value >= least && value <= most);

/** A number of the set that is easily read: a small integer where there is one. */
export function pickNumber(set: NumberSet): number | undefined {
  for (const nice of [0, 1, 10, 100, -1]) if (hasNumber(set, nice)) return nice;
  const whole = pickInteger(set);
  if (whole !== undefined) return whole;
  const [first] = set;
  return first && (first[0] === -Number.MAX_VALUE ? first[1] : first[0]);
}

/** The integer nearest to the bound of an interval that lies nearest to zero; undefined where the set has none. */
export function pickInteger(set: NumberSet): number | undefined {
  for (const [least, most] of set) {
    const [low, high] = [Math.ceil(least), Math.floor(most)];
    if (low <= high) return low > 0 ? low : high < 0 ? high : 0;
  }
  return undefined;
}

import type { LineUp } from '../engine';

/** In `Kinds.codes`: what the call came to is not kept. */
export const NOT_KEPT = -1;
/** More kinds are not kept: a hostile trace must not fill the memory. */
const MAX_KINDS = 65_536;

/** What each call of a result came to. Counts by rule follow from it, and so an edit takes them back without deciding as before. */
export interface DecisionKinds {
  /** For each call the place of what it came to, or `NOT_KEPT`. */
  readonly codes: Int32Array<ArrayBuffer>;
  readonly found: LineUp[];
  /** How many calls came to each. */
  readonly calls: number[];
}

export const noKinds = (length: number): DecisionKinds => ({
  codes: new Int32Array(length).fill(NOT_KEPT),
  found: [],
  calls: [],
});

export const copyKinds = ({ codes, found, calls }: DecisionKinds): DecisionKinds => ({
  codes: codes.slice(),
  found: [...found],
  calls: [...calls],
});

/** A code for one more line-up. */
export function addKind({ found, calls }: DecisionKinds, lineUp: LineUp): number {
  if (found.length >= MAX_KINDS) return NOT_KEPT;
  calls.push(0);
  return found.push(lineUp) - 1;
}

/** The same without what no call comes to any more, once that is most of it. */
export function tidyKinds(kinds: DecisionKinds): DecisionKinds {
  const { codes, found, calls } = kinds;
  const used = calls.reduce((n, count) => n + (count > 0 ? 1 : 0), 0);
  if (used * 2 >= found.length) return kinds;
  let last = 0;
  const places = calls.map((count) => (count > 0 ? last++ : NOT_KEPT));
  const alive = (_: unknown, code: number) => (calls[code] ?? 0) > 0;
  return {
    codes: codes.map((code) => places[code] ?? NOT_KEPT),
    found: found.filter(alive),
    calls: calls.filter(alive),
  };
}

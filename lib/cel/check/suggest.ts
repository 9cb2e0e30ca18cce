/**
 * The candidate that was most likely meant by `name`: the nearest by edits (insert, delete, replace, swap of neighbours; letters of the
 * other case cost little), or undefined where none is near. Ties go to the first candidate.
 */
export function suggest(name: string, candidates: Iterable<string>): string | undefined {
  // A third of the letters may be wrong, but always one: `slugg`, `user_email` for `userEmail`.
  let best = Math.max(1, Math.floor(name.length / 3)) + 0.5;
  let found: string | undefined;
  for (const candidate of candidates) {
    if (candidate === name || Math.abs(candidate.length - name.length) >= best) continue;
    const edits = distance(name, candidate);
    // A name that shares no letter with the candidate's is no misspelling of it: `a` is not meant by `b`.
    if (edits < best && edits < candidate.length) {
      best = edits;
      found = candidate;
    }
  }
  return found;
}

/** Optimal string alignment distance; a change of case costs a tenth. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const x = a[i - 1] ?? '';
      const y = b[j - 1] ?? '';
      const change = x === y ? 0 : x.toLowerCase() === y.toLowerCase() ? 0.1 : 1;
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + change);
      if (i > 1 && j > 1 && x === b[j - 2] && y === a[i - 2]) cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      row.push(cost);
    }
    before = last;
    last = row;
  }
  return last[b.length] ?? 0;
}

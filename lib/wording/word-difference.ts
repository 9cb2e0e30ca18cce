/** A piece of two texts: in both, or in one of them. */
export interface WordChange {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** Beyond this many comparisons the texts are shown whole. */
const MOST_COMPARED = 250_000;
/** Below this share of the shorter text's letters, pieces in common mean nothing: the texts are shown whole. */
const LEAST_COMMON = 0.3;

/** Words, runs of white space, and single other characters. */
const wordsOf = (text: string): readonly string[] => text.match(/[\p{L}\p{N}_$]+|\s+|[^]/gu) ?? [];

/** What became of a text, word by word: all removed and same pieces give the text before, all added and same ones the text after. */
export function wordDifference(before: string, after: string): readonly WordChange[] {
  const [old, now] = [wordsOf(before), wordsOf(after)];
  const whole: readonly WordChange[] = joined([
    { kind: 'removed', text: before },
    { kind: 'added', text: after },
  ]);
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start += 1;
  let end = 0;
  while (end < Math.min(old.length, now.length) - start && old.at(-1 - end) === now.at(-1 - end)) end += 1;
  const [a, b] = [old.slice(start, old.length - end), now.slice(start, now.length - end)];
  if (a.length * b.length > MOST_COMPARED) return whole;
  const same = (words: readonly string[]): readonly WordChange[] => words.map((text) => ({ kind: 'same', text }));
  const changes = joined([...same(old.slice(0, start)), ...middle(a, b), ...same(old.slice(old.length - end))]);
  const common = lettersOf(changes.flatMap(({ kind, text }) => (kind === 'same' ? [text] : [])).join(''));
  return common < LEAST_COMMON * Math.min(lettersOf(before), lettersOf(after)) ? whole : changes;
}

const lettersOf = (text: string): number => text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;

/** By the longest common sequence of words. */
function middle(a: readonly string[], b: readonly string[]): readonly WordChange[] {
  const width = b.length + 1;
  const longest = new Uint32Array((a.length + 1) * width);
  const at = (i: number, j: number): number => longest[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      longest[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const changes: WordChange[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [old = '', now = ''] = [a[i], b[j]];
    if (i < a.length && j < b.length && old === now) {
      changes.push({ kind: 'same', text: old });
      i += 1;
      j += 1;
    } else if (i < a.length && (j >= b.length || at(i + 1, j) >= at(i, j + 1))) {
      changes.push({ kind: 'removed', text: old });
      i += 1;
    } else {
      changes.push({ kind: 'added', text: now });
      j += 1;
    }
  }
  return changes;
}

/** Neighbours of one kind in one piece; of what lies between two pieces that are the same, what was removed comes first. */
function joined(changes: readonly WordChange[]): readonly WordChange[] {
  const pieces: { removed: string; added: string; same: string }[] = [];
  for (const { kind, text } of changes) {
    let last = pieces.at(-1);
    if (last === undefined || (kind !== 'same' && last.same !== ''))
      pieces.push((last = { removed: '', added: '', same: '' }));
    last[kind] += text;
  }
  return pieces.flatMap((piece) =>
    (['removed', 'added', 'same'] as const).flatMap((kind) =>
      piece[kind] === '' ? [] : [{ kind, text: piece[kind] }],
    ),
  );
}

/**
 * How many instructions RE2 makes of a pattern, at least as many as it really makes: repetitions are written out (`a{1000}`), so that a
 * short pattern may become a large program. Whatever takes the library longer than an instruction counts as so many.
 */

/** A class by name is a copy of a table of Unicode. */
const UNICODE_CLASS = 80;
/** Without regard to case, a range of code points is gone through one by one. */
const CASELESS_RANGE = 35_000;

/** The classes by name (`\pL`, `\p{Greek}`) that a pattern mentions, each once. */
export const classNames = (pattern: string): ReadonlySet<string> =>
  new Set(pattern.match(/\\[pP](?:\{[^}]*\}?|.?)/gs)?.map((name) => name.slice(2).replace(/[{}^]/g, '')) ?? []);

export function sizeOfPattern(pattern: string): number {
  const caseless = /\(\?[A-Za-z]*i/.test(pattern);
  /** The sizes of the groups around what is read now; the last piece of each may be repeated. */
  const outer: { done: number; last: number }[] = [];
  let group = { done: 0, last: 0 };
  const piece = (size: number): void => {
    group = { done: group.done + group.last, last: size };
  };
  for (let i = 0; i < pattern.length; i++) {
    switch (pattern[i]) {
      case '\\': {
        const escaped = pattern[++i] ?? '';
        piece('pP'.includes(escaped) ? UNICODE_CLASS * (caseless ? 2 : 1) : 'QE'.includes(escaped) ? 0 : 2);
        break;
      }
      case '[': {
        const end = endOfClass(pattern, i);
        piece(sizeOfClass(pattern.slice(i, end), caseless));
        i = end - 1;
        break;
      }
      case '(':
        outer.push(group);
        group = { done: 2, last: 0 };
        break;
      case ')': {
        const inner = group.done + group.last;
        group = outer.pop() ?? { done: 0, last: 0 };
        piece(inner);
        break;
      }
      case '{': {
        const counts = /^\{(\d{1,9})(?:,(\d{0,9}))?\}/.exec(pattern.slice(i, i + 24));
        if (counts) group.last = (group.last + 1) * (Math.max(Number(counts[1]), Number(counts[2] ?? 0)) + 1);
        else piece(1);
        break;
      }
      default:
        piece(1);
    }
  }
  return [...outer, group].reduce((sum, { done, last }) => sum + done + last, 2);
}

/** Past the class that begins here: `]` stands for itself as the first, and `[:alpha:]` within. */
function endOfClass(pattern: string, start: number): number {
  let i = start + (pattern[start + 1] === '^' ? 2 : 1);
  if (pattern[i] === ']') i++;
  for (; i < pattern.length && pattern[i] !== ']'; i++) {
    if (pattern[i] === '\\') i++;
    else if (pattern.startsWith('[:', i)) i = Math.max(i, pattern.indexOf(':]', i) + 1);
  }
  return i + 1;
}

function sizeOfClass(text: string, caseless: boolean): number {
  const unicode = text.match(/\\[pP]/g)?.length ?? 0;
  // Ranges between letters and digits of ASCII hold few; any other may hold all of Unicode.
  const ranges = caseless ? (text.replace(/[A-Za-z0-9]-[A-Za-z0-9]/g, '').match(/-/g)?.length ?? 0) : 0;
  const wide = /[^\0-\x7f]|\\x|\\\d|[^\w\]]-/.test(text) ? CASELESS_RANGE : 100;
  return 1 + Math.ceil(text.length / 8) + UNICODE_CLASS * (caseless ? 2 : 1) * unicode + ranges * wide;
}

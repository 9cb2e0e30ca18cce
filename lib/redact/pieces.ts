/** A part of a text: kept as it is, or to be replaced by a stand-in of its kind. */
export interface TextPiece {
  readonly kind: 'keep' | 'word' | 'digits' | 'uuid' | 'hex' | 'moment' | 'ip';
  readonly text: string;
}

/** What rules compare values with: texts that are in conditions and selectors, and so travel with the policy anyway. */
export interface PolicyLiterals {
  /** In lower case, the longest first; each has at least two characters, one of them a letter or a digit. */
  readonly texts: readonly string[];
  /** Words and runs of digits, in lower case, that no stand-in may be. */
  readonly words: ReadonlySet<string>;
}

/** Ends of domains that say nothing of whom they are. */
const COMMON_ENDS = ['com', 'org', 'net', 'io', 'dev', 'app', 'edu', 'gov', 'example', 'invalid', 'local', 'test'];
const PATTERN = new RegExp(
  [
    String.raw`(?<uuid>\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b)`,
    String.raw`(?<moment>\b\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?(?![\p{L}\p{N}]))`,
    String.raw`(?<ip>(?<![\p{N}.])(?:\d{1,3}\.){3}\d{1,3}(?![\p{N}.])|(?<![\p{L}\p{N}:])(?:(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}|(?=:*[0-9a-f])(?=[0-9a-f:]*::)[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7})(?![\p{L}\p{N}:]))`,
    String.raw`(?<scheme>\b(?:https?|ftps?|file|mailto|ssh|git|s3|gs|wss?)(?=:))`,
    String.raw`(?<end>(?<=@[\p{L}\p{N}.-]+\.)(?:${COMMON_ENDS.join('|')})(?![\p{L}\p{N}.-]))`,
    String.raw`(?<hex>(?<![\p{L}\p{N}])(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{16,}(?![\p{L}\p{N}]))`,
    String.raw`(?<word>[\p{L}\p{M}]+)`,
    String.raw`(?<digits>\p{Nd}+)`,
  ].join('|'),
  'giu',
);

/** Cuts a text into what is replaced and what stays: punctuation, white space, schemes of addresses, and what rules compare with. */
export function piecesOf(text: string, literals: readonly string[]): readonly TextPiece[] {
  const pieces: TextPiece[] = [];
  let from = 0;
  for (const [start, end] of spansOf(text, literals)) {
    cut(text.slice(from, start), pieces);
    pieces.push({ kind: 'keep', text: text.slice(start, end) });
    from = end;
  }
  cut(text.slice(from), pieces);
  return pieces;
}

function cut(text: string, pieces: TextPiece[]): void {
  let from = 0;
  for (const match of text.matchAll(PATTERN)) {
    if (match.index > from) pieces.push({ kind: 'keep', text: text.slice(from, match.index) });
    const groups = match.groups ?? {};
    const kind = (['uuid', 'moment', 'ip', 'hex', 'word', 'digits'] as const).find(
      (name) => groups[name] !== undefined,
    );
    pieces.push({ kind: kind ?? 'keep', text: match[0] });
    from = match.index + match[0].length;
  }
  if (from < text.length) pieces.push({ kind: 'keep', text: text.slice(from) });
}

/** Where literals are in a text, whatever the case; of those that overlap, the longer ones. */
function spansOf(text: string, literals: readonly string[]): readonly (readonly [number, number])[] {
  const lower = text.toLowerCase();
  // Where lower case has another length, places in it are not places in the text.
  if (lower.length !== text.length) return [];
  const spans: [number, number][] = [];
  const free = (start: number, end: number) => spans.every(([from, to]) => end <= from || start >= to);
  for (const literal of literals) {
    for (let at = lower.indexOf(literal); at >= 0; at = lower.indexOf(literal, at + literal.length)) {
      if (free(at, at + literal.length)) spans.push([at, at + literal.length]);
    }
  }
  return spans.sort(([a], [b]) => a - b);
}

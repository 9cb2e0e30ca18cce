/** What is wrong with a document: where, a stable code, and one sentence in lower case without a full stop. */
export interface BundleProblem {
  /** RFC 6901 JSON pointer; the empty pointer is the whole document. */
  readonly pointer: string;
  readonly code: string;
  readonly message: string;
  /** Where it is in the text; absent where there is no text (a value that was never written down). */
  readonly position?: TextPosition;
}

/** A problem or a warning before it is known where it is. */
export interface UnplacedProblem extends Omit<BundleProblem, 'position'> {
  /** The position meant is that of the member's key, not of its value. */
  readonly atKey?: true;
}

export interface TextPosition {
  /** UTF-16 offset from the start of the text. */
  readonly offset: number;
  /** 1-based; lines end with a line feed, a carriage return, or both. */
  readonly line: number;
  /** 1-based, in UTF-16 units. */
  readonly column: number;
}

/** One reference token of a JSON pointer, escaped (RFC 6901, section 3). */
export function token(key: string | number): string {
  return typeof key === 'number' ? String(key) : key.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** The pointer to a member of what `parent` points to. */
export function member(parent: string, key: string | number): string {
  return `${parent}/${token(key)}`;
}

/** The user's text as it is in a message: in backticks, on one line, and not too long. */
export function quoted(text: string, most = 60): string {
  // A cut between the halves of a surrogate pair would leave a lone one behind, hence the code points.
  const points = text.length > most ? [...text.slice(0, most * 2 + 1)] : [];
  const short = points.length > most ? `${points.slice(0, most).join('')}…` : text;
  return `\`${short.replace(/[\u0000-\u001f\u007f\u2028\u2029\ud800-\udfff]/gu, (c) => `\\u${hex4(c.charCodeAt(0))}`)}\``;
}

function hex4(code: number): string {
  return code.toString(16).padStart(4, '0');
}

/** Turns UTF-16 offsets into positions: lines are found once, each look-up is a binary search. */
export function positions(text: string): (offset: number) => TextPosition {
  const starts: number[] = [0];
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 10 || (unit === 13 && text.charCodeAt(at + 1) !== 10)) starts.push(at + 1);
  }
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { offset, line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
}

/** So many problems are listed at most: a hostile document must not fill the memory with complaints. */
export const MOST_PROBLEMS = 10_000;

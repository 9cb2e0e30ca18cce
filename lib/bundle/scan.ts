import { repaired } from './repair';

/** What may be a link in a text. */
export type LinkCandidate =
  | { readonly kind: 'whole'; readonly payload: string; readonly check: string }
  /** It begins as a link and ends too early. */
  | { readonly kind: 'truncated' }
  /** It begins as a link and has something in it that no link has. */
  | { readonly kind: 'damaged' }
  /** A version of the link's format that is not ours. */
  | { readonly kind: 'newer' };

/**
 * Where a link begins: `#1.`, or `%231.` in an address that was escaped once too often. The number is the version of the link's format.
 * INVARIANT: between two beginnings each repetition meets every character at most once, so the search is linear.
 */
const START = /(?:#|%23)\s*([1-9][0-9]{0,5})\s*\./g;
/** The fragment alone, without its `#`. */
const BARE = /^1\s*\./;
const PAYLOAD = /[A-Za-z0-9_-]/;
const CHECK = /[0-9a-f]/;
/** White space, and what is invisible: soft hyphens, zero-width spaces, word joiners, byte order marks. */
const SPACE = /[\s\u00ad\u200b\u2060\ufeff]/;
const CHECK_LENGTH = 12;
/** More beginnings than this are not looked at: no message has so many. */
const MOST = 16;
/** What is written for an end that was cut off: `…` in several characters and encodings, or dots, where a link has one. */
const ELLIPSIS = /[[(]?(?:…|⋯|‥|\.\.|&hellip;|%E2%80%A6|=E2=80=A6|\\u2026)/iy;

/**
 * The whole links that a text may have had in it before something was done to it on its way. What is not whole says nothing: a guess
 * may make the beginning of a link where there was none.
 */
export function* scanRepaired(text: string): Generator<LinkCandidate & { kind: 'whole' }> {
  const seen = new Set<string>();
  for (const guess of repaired(text)) {
    for (const candidate of scan(guess)) {
      if (candidate.kind !== 'whole' || seen.size === MOST) continue;
      const link = `${candidate.payload}.${candidate.check}`;
      if (!seen.has(link)) yield candidate;
      seen.add(link);
    }
  }
}

/**
 * Finds what may be links in a text. White space inside one is skipped (links are broken over lines on their way), and after the check
 * may come anything that is not a letter or a digit: a full stop, a bracket, the rest of a sentence.
 *
 * INVARIANT: linear time. A candidate ends where the next one begins at the latest, for `#` and `%` are in no link.
 */
export function scan(text: string): readonly LinkCandidate[] {
  const trimmed = text.trim();
  const bare = BARE.exec(trimmed);
  if (bare !== null) {
    const candidate = candidateAt(trimmed, bare[0].length);
    // Without a `#` only what is whole is taken for a link: many a text begins with `1.`.
    if (candidate.kind === 'whole') return [candidate];
  }
  const candidates: LinkCandidate[] = [];
  for (const match of trimmed.matchAll(START)) {
    if (candidates.length === MOST) break;
    candidates.push(match[1] === '1' ? candidateAt(trimmed, match.index + match[0].length) : { kind: 'newer' });
  }
  return candidates;
}

/** What follows the first dot, at `start`. */
function candidateAt(text: string, start: number): LinkCandidate {
  const payload = run(text, start, PAYLOAD, Infinity);
  if (payload.end === text.length || isCutAt(text, payload.end)) return { kind: 'truncated' };
  if (payload.kept === '' || text[payload.end] !== '.') return { kind: 'damaged' };
  const check = run(text, payload.end + 1, CHECK, CHECK_LENGTH);
  if (check.kept.length < CHECK_LENGTH) {
    return { kind: check.end === text.length || isCutAt(text, check.end) ? 'truncated' : 'damaged' };
  }
  if (/[A-Za-z0-9]/.test(text.charAt(check.end))) return { kind: 'damaged' };
  return { kind: 'whole', payload: payload.kept, check: check.kept };
}

function isCutAt(text: string, at: number): boolean {
  ELLIPSIS.lastIndex = at;
  return ELLIPSIS.test(text);
}

/** Takes letters of a kind, `most` at most, skipping white space between them; `end` is the offset after the last one looked at. */
function run(
  text: string,
  start: number,
  letter: RegExp,
  most: number,
): { readonly kept: string; readonly end: number } {
  const kept: string[] = [];
  let at = start;
  for (; at < text.length && kept.length < most; at++) {
    const here = text.charAt(at);
    if (letter.test(here)) kept.push(here);
    else if (!SPACE.test(here)) break;
  }
  return { kept: kept.join(''), end: at };
}

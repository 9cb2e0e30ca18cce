import type { TextPiece } from './pieces';

/** What takes a piece's place: of the same kind, length, case and script, the same wherever the piece is. */
export type StandIn = (piece: TextPiece) => string;

/**
 * Chooses a stand-in for each piece, by the order in which the pieces first appear and never by what they say, so that nothing of them can
 * be worked out again. Different pieces get different stand-ins, and none is a piece that occurs anywhere, or a word of the rules.
 */
export function standIns(pieces: Iterable<TextPiece>, taken: ReadonlySet<string>): StandIn {
  const kinds: Record<Exclude<TextPiece['kind'], 'keep'>, Set<string>> = {
    word: new Set(),
    digits: new Set(),
    uuid: new Set(),
    hex: new Set(),
    moment: new Set(),
    ip: new Set(),
  };
  for (const piece of pieces) if (piece.kind !== 'keep') kinds[piece.kind].add(folded(piece));
  const avoid = new Set([...taken, ...kinds.word, ...kinds.digits]);
  const maps = {
    word: assigned(kinds.word, shapeOf, wordsOf, avoid),
    digits: assigned(kinds.digits, (digits) => String([...digits].length), digitsOf, avoid),
    uuid: numbered([...kinds.uuid], (n) => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`),
    hex: numbered([...kinds.hex], (n, text) => n.toString(16).padStart(text.length, '0')),
    // In the order of the moments themselves, so that what was earlier stays earlier.
    moment: numbered([...kinds.moment].sort(), momentOf),
    ip: numbered([...kinds.ip], (n, text) => (text.includes(':') ? `2001:db8::${n.toString(16)}` : ipOf(n))),
  };
  return (piece) => {
    if (piece.kind === 'keep') return piece.text;
    if (piece.kind === 'digits') {
      const { zeros, rest } = parts(piece.text);
      return zeros + (maps.digits.get(rest) ?? rest);
    }
    const standIn = maps[piece.kind].get(folded(piece)) ?? piece.text;
    return piece.kind === 'word' || piece.kind === 'hex' || piece.kind === 'uuid'
      ? inCase(standIn, piece.text)
      : standIn;
  };
}

/** Leading zeros are shape; so is a zero. */
function parts(digits: string): { readonly zeros: string; readonly rest: string } {
  const zeros = /^0*/.exec(digits)?.[0] ?? '';
  return { zeros, rest: digits.slice(zeros.length) };
}

function folded({ kind, text }: TextPiece): string {
  if (kind === 'digits') return parts(text).rest;
  return kind === 'moment' ? text : lower(text);
}

/** In lower case code point by code point, so that no place moves. */
const lower = (text: string): string =>
  Array.from(text, (char) => (char.toLowerCase().length === char.length ? char.toLowerCase() : char)).join('');

/** Capitals where the original has them. */
function inCase(standIn: string, original: string): string {
  const chars = [...original];
  return Array.from(standIn, (char, at) => {
    const model = chars[at] ?? '';
    return model !== lower(model) ? char.toUpperCase() : char;
  }).join('');
}

/** Per shape, pairs originals with candidates that are no original; where these run out, with each other's, never with themselves. */
function assigned(
  originals: ReadonlySet<string>,
  shape: (text: string) => string,
  candidates: (shape: string) => Iterable<string>,
  avoid: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const groups = new Map<string, string[]>();
  for (const text of originals) {
    if (text === '') continue;
    const group = groups.get(shape(text));
    if (group === undefined) groups.set(shape(text), [text]);
    else group.push(text);
  }
  const map = new Map<string, string>();
  for (const [key, group] of groups) {
    const found = new Set<string>();
    for (const candidate of candidates(key)) {
      if (found.size === group.length) break;
      if (!avoid.has(candidate)) found.add(candidate);
    }
    const fresh = [...found];
    const rest = group.slice(fresh.length);
    group.forEach((text, at) => {
      const own = fresh[at];
      if (own !== undefined) map.set(text, own);
      else {
        const next = rest[(at - fresh.length + 1) % rest.length] ?? text;
        // One that is left alone takes that of which the stand-in is new.
        map.set(text, next === text ? (group[0] ?? text) : next);
      }
    });
  }
  return map;
}

function numbered(
  originals: readonly string[],
  make: (n: number, text: string) => string,
): ReadonlyMap<string, string> {
  return new Map(originals.map((text, at) => [text, make(at + 1, text)]));
}

function momentOf(n: number, text: string): string {
  const day = n % 28;
  const month = Math.floor(n / 28) % 12;
  const year = 2001 + Math.floor(n / (28 * 12));
  const date = `${String(year)}-${String(month + 1).padStart(2, '0')}-${String(day + 1).padStart(2, '0')}`;
  return (
    date +
    text
      .slice(10)
      .replace(
        /^([T ])\d\d:\d\d(:\d\d)?(\.\d+)?/,
        (_, mark: string, seconds?: string, part?: string) =>
          `${mark}12:00${seconds === undefined ? '' : ':00'}${part === undefined ? '' : part.replace(/\d/g, '0')}`,
      )
  );
}

/** Addresses that are set aside for documentation (RFC 5737), and where these run out for tests (RFC 2544). */
function ipOf(n: number): string {
  const blocks = ['192.0.2', '198.51.100', '203.0.113'];
  const block = blocks[Math.floor((n - 1) / 254)];
  if (block !== undefined) return `${block}.${String(((n - 1) % 254) + 1)}`;
  return `198.18.${String(Math.floor(n / 256) % 256)}.${String(n % 256)}`;
}

const CONSONANTS = [...'bdfgklmnprstvz'];
const VOWELS = [...'aeiou'];
const LETTERS = [...'abcdefghijklmnopqrstuvwxyz'];
const ACCENTED = [...'áéíóúàèìòùâêîôû'];
const OTHERS = [...'甲乙丙丁戊己庚辛壬癸'];
const MARKS = ['\u0301', '\u0300', '\u0302', '\u0308'];

/** One letter a character: `l` of the Latin alphabet, `a` another one with case, `o` one without, `m` a mark upon a letter. */
function shapeOf(word: string): string {
  return Array.from(word, (char) => {
    if (/[a-z]/.test(char)) return 'l';
    if (/\p{M}/u.test(char)) return 'm';
    return char.toUpperCase() !== char ? 'a' : 'o';
  }).join('');
}

/** Words of a shape: those that can be spoken first, then all others. */
function* wordsOf(shape: string): Iterable<string> {
  const alphabet = (kind: string, at: number): readonly string[] => {
    if (kind === 'a') return ACCENTED;
    if (kind === 'o') return OTHERS;
    if (kind === 'm') return MARKS;
    return at % 2 === 0 ? CONSONANTS : VOWELS;
  };
  if (shape.length > 1) yield* enumerated([...shape].map(alphabet));
  yield* enumerated([...shape].map((kind, at) => (kind === 'l' ? LETTERS : alphabet(kind, at))));
}

/** Without zeros, so that no digit at either end is lost where the text is a number. */
function digitsOf(length: string): Iterable<string> {
  return enumerated(Array<readonly string[]>(Number(length)).fill([...'123456789']));
}

/** How many places are distinguished; more are never needed, and numbers stay exact. */
const DISTINCT_PLACES = 8;
/** A prime that divides no size below, so that all texts come, in an order that does not look like one. */
const STRIDE = 104_729;

/** All texts over the alphabets of their places, each once; places past the eighth repeat earlier ones. */
function* enumerated(alphabets: readonly (readonly string[])[]): Iterable<string> {
  const free = alphabets.slice(0, DISTINCT_PLACES);
  const total = free.reduce((size, { length }) => size * length, 1);
  for (let n = 0; n < total; n++) {
    let left = (n * STRIDE + 7_919 * alphabets.length) % total;
    const digits = free.map(({ length }) => {
      const digit = left % length;
      left = Math.floor(left / length);
      return digit;
    });
    yield alphabets.map((letters, at) => letters[(digits[at % DISTINCT_PLACES] ?? 0) % letters.length] ?? '').join('');
  }
}

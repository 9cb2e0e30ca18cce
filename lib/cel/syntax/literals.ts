import type { Constant } from './ast';
import type { SourceRange } from './diagnostic';
import { MAX_INT, MAX_UINT, MIN_INT } from '../values/limits';

export type ReportProblem = (code: string, message: string, range: SourceRange, help?: string) => void;

/** A piece of the user's text for a one-line message. */
export function shown(text: string): string {
  const line = text.replace(/[\n\r][^]*/, '…');
  return `\`${line.length > 32 ? `${line.slice(0, 30)}…` : line}\``;
}

/** The value of an `int` or `uint` token; out of its 64 bits is an error, as in cel-go, and gives the nearest value. */
export function readInteger(text: string, negative: boolean, range: SourceRange, report: ReportProblem): Constant {
  const unsigned = /u$/i.test(text);
  const magnitude = BigInt(unsigned ? text.slice(0, -1) : text);
  const value = negative ? -magnitude : magnitude;
  const type = unsigned ? 'uint' : 'int';
  const most = unsigned ? MAX_UINT : MAX_INT;
  if (value <= most && (unsigned || value >= MIN_INT)) return { type, value };
  const written = shown((negative ? '-' : '') + text);
  report(`invalid-${type}-literal`, `${written} does not fit ${unsigned ? 'an unsigned' : 'a'} 64-bit integer`, range);
  return { type, value: negative && !unsigned ? MIN_INT : most };
}

/** The value of a `double` token; one that overflows is an error, as in Go's `strconv.ParseFloat`. */
export function readDouble(text: string, negative: boolean, range: SourceRange, report: ReportProblem): Constant {
  const value = Number(negative ? `-${text}` : text);
  if (!Number.isFinite(value)) report('invalid-double-literal', `${shown(text)} is too large for a double`, range);
  return { type: 'double', value };
}

/** `\a` and its like. The quotes, the backslash, `?` and the backtick stand for themselves. */
const SIMPLE: Readonly<Record<string, string>> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };
const ESCAPE = /\\(?:[xX]([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-3][0-7]{2})|([\s\S]?))/uy;

/**
 * The value of a `string` or `bytes` token. Line ends become `\n`. In a string `\x` and octal escapes are code points, in bytes they are
 * bytes, and `\u` and `\U` are errors there (cel-go `unescape.go`).
 */
export function readString(token: string, start: number, report: ReportProblem): Constant {
  const first = token[0];
  if (
    (first === '"' || first === "'") &&
    token[1] !== first &&
    !/[\\\r\ud800-\udfff]/.test(token) &&
    token.endsWith(first)
  ) {
    return { type: 'string', value: token.slice(1, -1) };
  }
  const prefix = /^[bB]?[rR]?/.exec(token)?.[0] ?? '';
  const isBytes = /b/i.test(prefix);
  const quote = /^('''|"""|'|")/.exec(token.slice(prefix.length))?.[0] ?? '';
  const from = prefix.length + quote.length;
  const closed = token.length >= from + quote.length && token.endsWith(quote);
  const body = token.slice(from, closed ? token.length - quote.length : undefined);
  const pieces = /r/i.test(prefix) || !body.includes('\\') ? [body] : unescape(body, isBytes, start + from, report);
  if (!isBytes)
    return {
      type: 'string',
      value: pieces.map((piece) => (typeof piece === 'number' ? String.fromCodePoint(piece) : plain(piece))).join(''),
    };
  const bytes: number[] = [];
  for (const piece of pieces) {
    if (typeof piece === 'number') bytes.push(piece);
    else for (const byte of new TextEncoder().encode(plain(piece))) bytes.push(byte);
  }
  return { type: 'bytes', value: Uint8Array.from(bytes) };
}

/** Line ends as `\n`; a lone surrogate, which no UTF-8 source can hold, as the replacement character. */
function plain(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/\p{Surrogate}/gu, '\ufffd');
}

/** The stretches of plain text, and between them the numbers (code points, or bytes) that escapes stand for. */
function unescape(body: string, isBytes: boolean, offset: number, report: ReportProblem): (string | number)[] {
  const pieces: (string | number)[] = [];
  let done = 0;
  for (let at = body.indexOf('\\'); at >= 0; at = body.indexOf('\\', done)) {
    if (at > done) pieces.push(body.slice(done, at));
    ESCAPE.lastIndex = at;
    const [all = '\\', hex, u4, u8, octal, simple = ''] = ESCAPE.exec(body) ?? [];
    done = at + all.length;
    const digits = hex ?? u4 ?? u8;
    const number = digits !== undefined ? parseInt(digits, 16) : octal !== undefined ? parseInt(octal, 8) : undefined;
    const bad = (message: string, help?: string) =>
      report('invalid-escape', message, { start: offset + at, end: offset + done }, help);
    if (number === undefined) {
      const value = SIMPLE[simple] ?? ('\\"\'?`'.includes(simple) ? simple : '');
      if (value === '')
        bad(`${shown(all)} is not an escape sequence`, 'write `\\\\` for a backslash, or a raw string: `r"…"`');
      else pieces.push(value.charCodeAt(0));
    } else if (isBytes && hex === undefined && octal === undefined) {
      bad(`\`${all}\` cannot be in bytes`, 'write the bytes of its UTF-8 form as `\\x…`');
    } else if (!isBytes && (number > 0x10ffff || (number >= 0xd800 && number < 0xe000))) {
      bad(`\`${all}\` is not a Unicode character`);
    } else {
      pieces.push(number);
    }
  }
  pieces.push(body.slice(done));
  return pieces;
}

import { diagnostic, meant, type Diagnostic, type DiagnosticExtra, type SourceRange } from './diagnostic';

/** Operators and punctuation are their own type; so are the four words that can never be an identifier. */
export type LexemeType =
  | ('==' | '!=' | '<=' | '>=' | '&&' | '||' | '<' | '>' | '[' | ']' | '{' | '}' | '(' | ')')
  | ('.' | ',' | '-' | '!' | '?' | ':' | '+' | '*' | '/' | '%')
  | ('true' | 'false' | 'null' | 'in')
  | ('ident' | 'quoted' | 'int' | 'uint' | 'double' | 'string' | 'bytes' | 'eof');

const KEYWORDS: ReadonlySet<string> = new Set(['true', 'false', 'null', 'in']);

/** A token as the parser reads it. `[start, end)` are UTF-16 offsets. */
export interface Lexeme extends SourceRange {
  readonly type: LexemeType;
}

export type CommentLexeme = SourceRange;

export interface LexedSource {
  /** All tokens in order; the last is always `eof`. */
  readonly lexemes: readonly Lexeme[];
  readonly comments: readonly CommentLexeme[];
  /** Characters that belong to no token. */
  readonly skipped: readonly SourceRange[];
  readonly diagnostics: readonly Diagnostic[];
}

/** What people write for an operator, and the operator that CEL has. */
const MISSPELT: ReadonlyMap<string, LexemeType> = new Map([
  ['===', '=='],
  ['!==', '!='],
  ['=', '=='],
  ['&', '&&'],
  ['|', '||'],
]);

const WORD = /[A-Za-z_][A-Za-z0-9_]*/y;
const NUMBER = /0x[0-9a-fA-F]+[uU]?|(?:\d+\.\d+|\.\d+)(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+|\d+[uU]?/y;
const QUOTE = /[bB]?[rR]?(?:'''|"""|'|")/y;
const QUOTED = /`[A-Za-z0-9_.\-/ ]+`/y;
const BAD_QUOTED = /`[^`\n]*`?/y;
const SYMBOL = /===|!==|[=!<>]=|&&|\|\||[=&|<>[\]{}().,\-!?:+*/%]/y;
/** A run of what starts no token; whole code points. */
const JUNK = /[^\t\n\f\r \w"'`=&|<>[\]{}().,\-!?:+*/%]+/y;

/**
 * Cuts a CEL source into tokens, as cel-go's lexer does (longest match). Never fails: what is no token gets a diagnostic and is skipped or
 * read as what was probably meant. Linear in the length of the source.
 */
export function lex(source: string): LexedSource {
  const lexemes: Lexeme[] = [];
  const comments: CommentLexeme[] = [];
  const skipped: SourceRange[] = [];
  const diagnostics: Diagnostic[] = [];
  let at = 0;
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(source)?.[0];
  };
  const problem = (code: string, message: string, end: number, extra?: DiagnosticExtra) =>
    diagnostics.push(diagnostic('parse', 'error', code, message, { start: at, end }, extra));
  const push = (type: LexemeType, end: number) => {
    lexemes.push({ type, start: at, end });
    at = end;
  };

  while (at < source.length) {
    const c = source.charCodeAt(at);
    if (c === 0x20 || (c >= 0x09 && c <= 0x0d && c !== 0x0b)) {
      at++;
      continue;
    }
    if (c === 0x2f && (source[at + 1] === '/' || source[at + 1] === '*')) {
      const block = source[at + 1] === '*';
      const stop = block ? source.indexOf('*/', at + 2) : source.indexOf('\n', at);
      const end = stop < 0 ? source.length : block ? stop + 2 : stop;
      const help = 'a comment starts with `//` and ends with the line';
      if (block) problem('block-comment', 'block comments are not part of CEL', end, { help });
      comments.push({ start: at, end });
      at = end;
      continue;
    }
    const digit = isDigit(c) || (c === 0x2e && isDigit(source.charCodeAt(at + 1)));
    let text = digit ? match(NUMBER) : undefined;
    if (text !== undefined) {
      push(/[uU]$/.test(text) ? 'uint' : /^0x|^\d+$/.test(text) ? 'int' : 'double', at + text.length);
    } else if ((isQuote(c) || isPrefix(c)) && (text = match(QUOTE)) !== undefined) {
      const end = stringEnd(source, at + text.length, text);
      const quote = text.replace(/^\w+/, '');
      const help = `close it with \`${quote}\`${quote.length === 1 ? ' on the same line' : ''}`;
      if (end < 0) problem('unterminated-string', 'this string is not closed', ~end, { help });
      push(c === 0x62 || c === 0x42 ? 'bytes' : 'string', end < 0 ? ~end : end);
    } else if (isLetter(c) && (text = match(WORD)) !== undefined) {
      push(KEYWORDS.has(text) ? (text as LexemeType) : 'ident', at + text.length);
    } else if ((text = match(SYMBOL)) !== undefined) {
      const right = MISSPELT.get(text);
      const end = at + text.length;
      if (right) diagnostics.push(notAnOperator(text, right, { start: at, end }));
      push(right ?? (text as LexemeType), end);
    } else if ((text = match(QUOTED)) !== undefined) {
      push('quoted', at + text.length);
    } else if ((text = match(BAD_QUOTED)) !== undefined) {
      const end = at + text.length;
      const help =
        'a name between backticks consists of letters, digits, `_`, `.`, `-`, `/` and spaces; index with a string for anything else';
      problem('invalid-backtick-name', `\`${text.replaceAll('`', '')}\` is not a valid name between backticks`, end, {
        help,
      });
      push('quoted', end);
    } else {
      text = match(JUNK) ?? source.charAt(at);
      const end = at + text.length;
      const help = /[\u2018-\u201f]/.test(text) ? { help: 'strings are written between straight quotes' } : {};
      problem('unexpected-character', `unexpected \`${text}\``, end, help);
      skipped.push({ start: at, end });
      at = end;
    }
  }
  push('eof', at);
  return { lexemes, comments, skipped, diagnostics };
}

/** What is written like an operator and is none; `right` is the one that is meant. */
export const notAnOperator = (text: string, right: string, range: SourceRange): Diagnostic =>
  diagnostic('parse', 'error', 'unknown-operator', `\`${text}\` is not an operator`, range, meant(right, range));

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function isLetter(code: number): boolean {
  return (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a) || code === 0x5f;
}

function isQuote(code: number): boolean {
  return code === 0x22 || code === 0x27;
}

/** `b`, `r`, `B` and `R` may begin a string. */
function isPrefix(code: number): boolean {
  return (code | 0x20) === 0x62 || (code | 0x20) === 0x72;
}

/** The end of a string whose first character after the opening quotes is at `from`; `~end` where it is not closed. */
function stringEnd(source: string, from: number, opening: string): number {
  const raw = /r/i.test(opening);
  const quote = opening.replace(/^\w+/, '');
  const oneLine = quote.length === 1;
  for (let i = from; i < source.length; i++) {
    const c = source[i];
    if (oneLine && (c === '\n' || c === '\r')) return ~i;
    if (c === quote[0] && (oneLine || source.startsWith(quote, i))) return i + quote.length;
    // A backslash takes the next character with it, but carries no one-line string over the line's end.
    if (c === '\\' && !raw && !(oneLine && /[\n\r]/.test(source[i + 1] ?? ''))) i++;
  }
  return ~source.length;
}

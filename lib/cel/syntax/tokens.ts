import { lex, type CommentLexeme, type Lexeme } from './lexer';
import { isMacroName } from './macros';
import { RESERVED } from './operands';

export type TokenKind =
  | 'variable'
  | 'field'
  | 'function'
  | 'macro'
  | 'keyword'
  | 'reserved'
  | 'number'
  | 'string'
  | 'bytes'
  | 'operator'
  | 'punctuation'
  | 'comment'
  | 'error';

/** A stretch of the source of one colour; `[start, end)` are UTF-16 offsets. */
export interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
}

/**
 * The tokens of a source in order, comments and stray characters among them; only white space lies between. For colours: it takes any text,
 * never throws, and distinguishes names by what is beside them.
 */
export function tokenize(source: string): readonly Token[] {
  const { lexemes, comments, skipped } = lex(source);
  const tokens: Token[] = [];
  const among = (kind: TokenKind, { start, end }: CommentLexeme) => tokens.push({ kind, start, end });
  lexemes.forEach((lexeme, at) => {
    if (lexeme.type !== 'eof') among(kindOf(source, lexemes, at), lexeme);
  });
  comments.forEach((comment) => among('comment', comment));
  skipped.forEach((stray) => among('error', stray));
  return comments.length + skipped.length > 0 ? tokens.sort((a, b) => a.start - b.start) : tokens;
}

function kindOf(source: string, lexemes: readonly Lexeme[], at: number): TokenKind {
  const { type, start, end } = lexemes[at] as Lexeme;
  switch (type) {
    case 'int':
    case 'uint':
    case 'double':
      return 'number';
    case 'string':
    case 'bytes':
      return type;
    case 'true':
    case 'false':
    case 'null':
    case 'in':
      return 'keyword';
    case 'quoted':
      return 'field';
    case 'ident': {
      const name = source.slice(start, end);
      const method = lexemes[at - 1]?.type === '.' && endsOperand(lexemes[at - 2]);
      if (lexemes[at + 1]?.type === '(') return isMacroName(name, method) ? 'macro' : 'function';
      return method ? 'field' : RESERVED.has(name) ? 'reserved' : 'variable';
    }
    default:
      return '()[]{},.:'.includes(type) ? 'punctuation' : 'operator';
  }
}

/** Whether a dot after this token selects from what is before it (else it leads a name from the root). */
function endsOperand(lexeme: Lexeme | undefined): boolean {
  return lexeme !== undefined && (/^\w+$/.test(lexeme.type) ? lexeme.type !== 'in' : ')]}'.includes(lexeme.type));
}

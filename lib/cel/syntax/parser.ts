import type { Expr } from './ast';
import { CLOSERS } from './cursor';
import { bySource, diagnostic, type Diagnostic } from './diagnostic';
import { notAnOperator, type CommentLexeme, type Lexeme, type LexemeType } from './lexer';
import { codePointLength, MAX_CODE_POINTS, MAX_DIAGNOSTICS, MAX_NESTING } from '../values/limits';
import { Operands, WORD_OPERATORS } from './operands';

/** A source read into a tree. `expr` is always usable: where nothing could be read is an `error` node beside a diagnostic. */
export interface ParsedSource {
  readonly source: string;
  readonly expr: Expr;
  /** By position. Empty exactly when cel-go's parser (default environment, v0.28) accepts the source. */
  readonly diagnostics: readonly Diagnostic[];
  readonly comments: readonly CommentLexeme[];
}

/**
 * Reads a CEL expression: the grammar and the limits of cel-go's default environment. Never throws, and takes linear time.
 *
 * Ranges are UTF-16 offsets. A node's range leaves out parentheses around it (and a double negation, which cel-go drops: `!!a` is the node
 * `a`), but the node above covers them: in `(a) + b` the identifier is `[1, 2)` and the sum `[0, 7)`.
 */
export function parse(source: string, maxNesting = MAX_NESTING): ParsedSource {
  if (source.length > MAX_CODE_POINTS) {
    const length = codePointLength(source);
    if (length > MAX_CODE_POINTS) {
      const message = `the expression has ${length} characters; the limit is ${MAX_CODE_POINTS}`;
      const range = { start: 0, end: source.length };
      return {
        source,
        expr: { kind: 'error', id: 1, ...range, parts: [] },
        diagnostics: [diagnostic('parse', 'error', 'too-long', message, range)],
        comments: [],
      };
    }
  }
  return new Parser(source, maxNesting).run();
}

const RELATIONS: ReadonlySet<LexemeType> = new Set(['<', '<=', '>=', '>', '==', '!=', 'in']);
const SUMS: ReadonlySet<LexemeType> = new Set(['+', '-']);
const PRODUCTS: ReadonlySet<LexemeType> = new Set(['*', '/', '%']);

/** The rules for operators, from the loosest. INVARIANT: which of them open a rule, and where, follows cel-go's grammar: limits depend on it. */
class Parser extends Operands {
  run(): ParsedSource {
    const { source, comments } = this;
    let expr = this.expr();
    if (!this.is('eof')) {
      const parts = [expr];
      this.fail('unexpected-token', `unexpected ${this.found()} after the expression`);
      while (!this.is('eof')) {
        if (CLOSERS.has(this.token.type)) this.next();
        else {
          const before = this.at;
          parts.push(this.expr());
          if (this.at === before) this.next();
        }
      }
      expr = this.error(0, this.last, parts);
    }
    const diagnostics = this.diagnostics.slice(0, MAX_DIAGNOSTICS).sort(bySource);
    return { source, expr, diagnostics, comments };
  }

  protected expr(): Expr {
    this.enter('expr');
    const start = this.token.start;
    let result = this.chain('||');
    if (this.is('?')) {
      const mark = this.next();
      let then = this.chain('||');
      if (this.is('?')) {
        this.fail('nested-conditional', 'a conditional between `?` and `:` needs parentheses');
        const inner = this.next();
        const yes = this.expr();
        this.expect(':');
        then = this.operator('_?_:_', then.start, inner, 1, [then, yes, this.expr()]);
      }
      this.expect(':');
      result = this.operator('_?_:_', start, mark, 1, [result, then, this.expr()]);
    }
    this.open.expr--;
    return result;
  }

  /** All the terms of a run of `||` or `&&`, in one node. */
  private chain(type: '||' | '&&'): Expr {
    const start = this.token.start;
    const terms = [type === '||' ? this.chain('&&') : this.relation(false)];
    let mark: Lexeme | undefined;
    while (this.is(type) || this.wordOperator() === type) {
      mark ??= this.token;
      if (this.is('ident')) this.addOnce(notAnOperator(this.text(), type, this.token));
      this.next();
      terms.push(type === '||' ? this.chain('&&') : this.relation(false));
    }
    return mark ? this.operator(`_${type}_`, start, mark, 0, terms) : (terms[0] as Expr);
  }

  private wordOperator(): LexemeType | undefined {
    return this.is('ident') ? WORD_OPERATORS.get(this.text()) : undefined;
  }

  private relation(right: boolean): Expr {
    this.enter('relation');
    const start = this.token.start;
    let left = this.calc(0);
    while (!right && RELATIONS.has(this.token.type)) {
      const mark = this.next();
      left = this.operator(mark.type === 'in' ? '@in' : `_${mark.type}_`, start, mark, 1, [left, this.relation(true)]);
    }
    this.open.relation--;
    return left;
  }

  /** Sums and products; `level` 1 is the right side of a sum, 2 that of a product. */
  private calc(level: 0 | 1 | 2): Expr {
    this.enter('calc');
    const start = this.token.start;
    let left = this.unary();
    for (;;) {
      const product = PRODUCTS.has(this.token.type);
      if (level === 2 || !(product || (level === 0 && SUMS.has(this.token.type)))) break;
      const mark = this.next();
      left = this.operator(`_${mark.type}_`, start, mark, 1, [left, this.calc(product ? 2 : 1)]);
    }
    this.open.calc--;
    return left;
  }

  /** `!` or `-`, any number of one kind. cel-go drops an even number of them, and reads `-1` as a literal but `--1` as two negations of `1`. */
  protected unary(): Expr {
    const first = this.token;
    if (first.type !== '!' && first.type !== '-') return this.member();
    if (first.type === '-' && (this.peek() === 'int' || this.peek() === 'double')) return this.member();
    let count = 0;
    while (this.take(first.type)) count++;
    const mark = { ...first, end: this.last };
    let operand: Expr;
    if (this.is('-') && (this.peek() === 'int' || this.peek() === 'double')) operand = this.member();
    else if (this.is('!') || this.is('-')) {
      this.fail('mixed-negation', `\`${this.token.type}\` after \`${first.type}\` needs parentheses`);
      while (this.is('!') || this.is('-')) this.next();
      operand = this.member();
    } else operand = this.member();
    return count % 2 === 0 ? operand : this.operator(`${first.type}_`, first.start, mark, 0, [operand]);
  }
}

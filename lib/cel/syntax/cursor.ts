import type { CallExpr, Expr } from './ast';
import { diagnostic, type Diagnostic, type DiagnosticExtra, type SourceRange } from './diagnostic';
import { lex, type CommentLexeme, type Lexeme, type LexemeType } from './lexer';
import { MAX_DIAGNOSTICS } from '../values/limits';
import { shown, type ReportProblem } from './literals';

export const CLOSERS: ReadonlySet<LexemeType> = new Set([')', ']', '}', 'eof']);
const OPENERS: ReadonlySet<LexemeType> = new Set(['(', '[', '{']);

/** What the parser's rules share: the present token, the diagnostics, the making of nodes, and both of cel-go's nesting limits. */
export abstract class Cursor {
  protected readonly lexemes: readonly Lexeme[];
  protected readonly comments: readonly CommentLexeme[];
  protected readonly diagnostics: Diagnostic[];
  protected at = 0;
  protected token: Lexeme;
  /** End of the last token taken. */
  protected last = 0;
  /** By node id: how many selections, calls, indexes and binary operators lie on the longest way down from the node, itself included. */
  protected readonly heights: number[] = [0];
  /** How often the grammar's three rules that can nest deepest are open: cel-go counts each rule apart. */
  protected readonly open = { expr: 0, relation: 0, calc: 0 };
  protected stopped = false;
  /** Where the last syntax error is: one place gets one. */
  protected failedAt = -1;

  constructor(
    protected readonly source: string,
    private readonly maxNesting: number,
  ) {
    const { lexemes, comments, diagnostics } = lex(source);
    this.lexemes = lexemes;
    this.comments = comments;
    this.diagnostics = [...diagnostics];
    this.token = lexemes[0] as Lexeme;
  }

  // Tokens

  protected text(token: Lexeme = this.token): string {
    return this.source.slice(token.start, token.end);
  }

  /** Whether the present token is of this type. (A call, so that the type check does not take an earlier answer for the present one.) */
  protected is(type: LexemeType): boolean {
    return this.token.type === type;
  }

  protected peek(): LexemeType {
    return this.lexemes[this.at + 1]?.type ?? 'eof';
  }

  protected next(): Lexeme {
    const token = this.token;
    if (token.type !== 'eof') {
      this.last = token.end;
      this.token = this.lexemes[++this.at] as Lexeme;
    }
    return token;
  }

  protected take(type: LexemeType): boolean {
    if (this.token.type !== type) return false;
    this.next();
    return true;
  }

  /** Takes a token, or says that it is missing. `open` is the bracket it closes. */
  protected expect(type: LexemeType, open?: Lexeme): void {
    if (this.take(type)) return;
    const help = open && this.is('eof') ? `\`${open.type}\` is never closed` : undefined;
    this.fail('missing-token', `expected \`${type}\`, found ${this.found()}`, this.token, { help });
    if (open) {
      this.skip(false);
      this.take(type);
    }
  }

  protected found(): string {
    return this.is('eof') ? 'the end' : shown(this.text());
  }

  // Diagnostics

  protected readonly report: ReportProblem = (code, message, range, help) =>
    this.add(diagnostic('parse', 'error', code, message, range, { help }));

  protected add(problem: Diagnostic): void {
    if (this.stopped) return;
    this.diagnostics.push(problem);
    if (this.diagnostics.length >= MAX_DIAGNOSTICS) this.stop();
  }

  /** A syntax error, at the present token unless another is named. */
  protected fail(code: string, message: string, range: SourceRange = this.token, extra?: DiagnosticExtra): void {
    this.addOnce(diagnostic('parse', 'error', code, message, range, extra));
  }

  /** A second error at the same token would only follow from the first. */
  protected addOnce(problem: Diagnostic): void {
    if (problem.start === this.failedAt) return;
    this.failedAt = problem.start;
    this.add(problem);
  }

  /** Ends the reading: every rule finds the end of the source, and says no more. */
  protected stop(): void {
    this.stopped = true;
    this.at = this.lexemes.length - 1;
    this.token = this.lexemes[this.at] as Lexeme;
    // What is open reaches to the end, around all that was read.
    this.last = this.token.start;
  }

  protected tooDeep(range: SourceRange): void {
    this.report('too-deep', `the expression nests deeper than ${this.maxNesting} levels`, range);
    this.stop();
  }

  // Nodes

  /** The id of a node that is being made. `step` is 1 for the nodes that cel-go counts when it walks down its tree. */
  protected id(step: 0 | 1, start: number, children: readonly Expr[]): number {
    let height = 0;
    for (const child of children) height = Math.max(height, this.heights[child.id] as number);
    this.heights.push(height + step);
    if (height + step > this.maxNesting && !this.stopped) this.tooDeep({ start, end: this.last });
    return this.heights.length - 1;
  }

  protected error(start: number, end: number, parts: readonly Expr[], step: 0 | 1 = 0): Expr {
    return { kind: 'error', id: this.id(step, start, parts), start, end, parts };
  }

  /** Where an operand is missing. What is above covers it, and the white space before it. */
  protected hole(): Expr {
    this.last = Math.max(this.last, this.token.start);
    return this.error(this.token.start, this.token.start, []);
  }

  protected operator(name: string, start: number, token: SourceRange, step: 0 | 1, args: readonly Expr[]): CallExpr {
    const id = this.id(step, start, args);
    const { start: nameStart, end: nameEnd } = token;
    return { kind: 'call', id, start, end: this.last, function: name, target: undefined, args, nameStart, nameEnd };
  }

  /** Opens one of the grammar's rules; the rule closes it by counting down. */
  protected enter(rule: 'expr' | 'relation' | 'calc'): void {
    if (++this.open[rule] > this.maxNesting && !this.stopped) this.tooDeep(this.token);
  }

  /** Skips to the next closing bracket of what is being read, or (`commas`) to the next comma. */
  protected skip(commas: boolean): void {
    let depth = 0;
    for (;;) {
      const { type } = this.token;
      if (type === 'eof' || (depth === 0 && (CLOSERS.has(type) || (commas && type === ',')))) return;
      if (OPENERS.has(type)) depth++;
      else if (CLOSERS.has(type)) depth--;
      this.next();
    }
  }
}

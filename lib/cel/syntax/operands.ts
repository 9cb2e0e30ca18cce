import type { Constant, Expr, MapEntry, StructField } from './ast';
import { CLOSERS, Cursor } from './cursor';
import { diagnostic, replace, write, type SourceRange } from './diagnostic';
import { notAnOperator, type Lexeme, type LexemeType } from './lexer';
import { readDouble, readInteger, readString } from './literals';
import { macroOf } from './macros';

/** cel-go's reserved identifiers: no variable or function may have such a name, a field may. */
const RESERVED_WORDS =
  'as break const continue else false for function if import in let loop package namespace null return true var void while';
export const RESERVED: ReadonlySet<string> = new Set(RESERVED_WORDS.split(' '));

const NUMBERS: ReadonlySet<LexemeType> = new Set(['int', 'uint', 'double']);
/** What may begin an operand, but for `(`, `[`, `{` and `-`, after which `not` may be a function's name or a variable. */
const PLAIN_OPERANDS: ReadonlySet<LexemeType> = new Set<LexemeType>([
  ...NUMBERS,
  ...(['ident', 'string', 'bytes', 'true', 'false', 'null', '!'] as const),
]);

/** `and` and `or` are not CEL, but what is meant is certain: no name can follow an operand. */
export const WORD_OPERATORS: ReadonlyMap<string, LexemeType> = new Map([
  ['and', '&&'],
  ['or', '||'],
]);

/** The rules for operands: names, literals, lists, maps, messages, and the selections, calls and indexes after them. */
export abstract class Operands extends Cursor {
  protected abstract expr(): Expr;
  protected abstract unary(): Expr;

  /** A primary and the selections, calls and indexes after it. */
  protected member(): Expr {
    const start = this.token.start;
    const bare = this.is('ident') || this.is('.');
    let left = this.primary();
    /** The dotted name so far, while it could still be that of a message. */
    let path = bare && left.kind === 'ident' ? left.name : undefined;
    for (;;) {
      if (this.is('.')) {
        const dot = this.next();
        const optional = this.is('?');
        if (optional) this.optional('.?', dot.start, this.next().end);
        const name = this.field(dot);
        path = path !== undefined && name.type === 'ident' && !optional ? `${path}.${name.field}` : undefined;
        if (this.is('(') && name.field !== '') {
          if (name.type === 'quoted') this.fail('unexpected-token', 'a name between backticks cannot be called');
          left = this.call(name.field, left, start, name);
          path = undefined;
        } else {
          const { field, start: fieldStart, end: fieldEnd } = name;
          const end = Math.max(this.last, fieldEnd);
          left = {
            kind: 'select',
            id: this.id(1, start, [left]),
            start,
            end,
            operand: left,
            field,
            fieldStart,
            fieldEnd,
          };
        }
      } else if (this.is('[')) {
        const mark = this.next();
        if (this.is('?')) this.optional('[?', mark.start, this.next().end);
        const index = this.expr();
        this.expect(']', mark);
        left = this.operator('_[_]', start, { start: mark.start, end: this.last }, 1, [left, index]);
        path = undefined;
      } else if (this.is('{') && path !== undefined) {
        left = this.struct(path, start);
        path = undefined;
      } else return left;
    }
  }

  private optional(text: string, start: number, end: number): void {
    const fix = replace('Leave out the `?`', { start: end - 1, end }, '');
    const help = text === '?' ? undefined : 'ask with `has(…)` whether it is there';
    const message = `optional syntax \`${text}\` is not supported`;
    this.add(diagnostic('parse', 'error', 'optional-syntax', message, { start, end }, { help, fix }));
  }

  /** The name after a dot; an empty one, at the dot's end, where there is none: there completion goes on. */
  private field(dot: Lexeme): { type: LexemeType; field: string; start: number; end: number } {
    const { type, start, end } = this.token;
    const text = this.text();
    if (type === 'ident') {
      this.next();
      return { type, field: text, start, end };
    }
    if (type === 'quoted') {
      this.next();
      return { type, field: text.replaceAll('`', ''), start, end };
    }
    if (type === 'true' || type === 'false' || type === 'null' || type === 'in') {
      const indexed = write(`["${text}"]`, { start: dot.start, end });
      this.fail('keyword-field', `\`${text}\` cannot be a field name`, this.token, indexed);
      this.next();
      return { type, field: text, start, end };
    }
    const help = type === 'string' || NUMBERS.has(type) ? `index with brackets: \`[${text}]\`` : undefined;
    this.fail('missing-field', `expected a field name after \`.\`, found ${this.found()}`, this.token, { help });
    if (help) this.next();
    return { type, field: '', start: dot.end, end: dot.end };
  }

  private call(name: string, target: Expr | undefined, start: number, at: SourceRange): Expr {
    const args = this.list(')', () => this.expr());
    const macro = macroOf(name, target, args, this.report);
    const step = target ? 1 : 0;
    const children = target ? [target, ...args] : args;
    const end = this.last;
    if (macro === 'error') return this.error(start, end, children, step);
    const id = this.id(step, start, children);
    const { start: nameStart, end: nameEnd } = at;
    if (macro) {
      const { name: macroName, variable, at: place, args: rest } = macro;
      const { start: variableStart, end: variableEnd } = place;
      return {
        kind: 'macro',
        id,
        start,
        end,
        name: macroName,
        target,
        variable,
        variableStart,
        variableEnd,
        args: rest,
        nameStart,
        nameEnd,
      };
    }
    return { kind: 'call', id, start, end, function: name, target, args, nameStart, nameEnd };
  }

  private struct(name: string, start: number): Expr {
    const values: Expr[] = [];
    const fields = this.list('}', (): StructField => {
      const from = this.token.start;
      if (this.is('?')) this.optional('?', from, this.next().end);
      let field = '';
      if (this.is('ident') || this.is('quoted')) field = this.text(this.next()).replaceAll('`', '');
      else this.fail('missing-field', `expected a field name, found ${this.found()}`);
      this.expect(':');
      const value = this.expr();
      values.push(value);
      return { id: this.id(0, from, []), start: from, end: this.last, field, value };
    });
    return { kind: 'struct', id: this.id(0, start, values), start, end: this.last, name, fields };
  }

  private primary(): Expr {
    const token = this.token;
    const { type, start } = token;
    switch (type) {
      case 'ident':
      case '.':
        return this.name();
      case 'int':
      case 'uint':
      case 'double':
      case '-':
        return this.number();
      case 'string':
      case 'bytes':
        this.next();
        return this.literal(readString(this.text(token), start, this.report), start);
      case 'true':
      case 'false':
        this.next();
        return this.literal({ type: 'bool', value: type === 'true' }, start);
      case 'null':
        this.next();
        return this.literal({ type: 'null' }, start);
      case '(': {
        this.next();
        const inner = this.expr();
        this.expect(')', token);
        return inner;
      }
      case '[': {
        const elements = this.list(']', () => {
          if (this.is('?')) this.optional('?', this.token.start, this.next().end);
          return this.expr();
        });
        return { kind: 'list', id: this.id(0, start, elements), start, end: this.last, elements };
      }
      case '{': {
        const children: Expr[] = [];
        const entries = this.list('}', (): MapEntry => {
          const from = this.token.start;
          if (this.is('?')) this.optional('?', from, this.next().end);
          const key = this.expr();
          this.expect(':');
          const value = this.expr();
          children.push(key, value);
          return { id: this.id(0, from, []), start: from, end: this.last, key, value };
        });
        return { kind: 'map', id: this.id(0, start, children), start, end: this.last, entries };
      }
      default:
        return this.nothing();
    }
  }

  /** An identifier or a global call, with the dot that may lead it. */
  private name(): Expr {
    const { start } = this.token;
    const rooted = this.take('.');
    const token = this.token;
    const name = this.text();
    if (token.type !== 'ident') {
      this.fail('missing-name', `expected a name after \`.\`, found ${this.found()}`, token);
      return this.hole();
    }
    if (!rooted && name === 'not' && PLAIN_OPERANDS.has(this.peek()) && this.wordAfter() === undefined) {
      this.addOnce(notAnOperator(name, '!', token));
      this.next();
      this.enter('calc');
      const operand = this.unary();
      this.open.calc--;
      return this.operator('!_', start, token, 0, [operand]);
    }
    this.next();
    // cel-go lets a message have any name: `for{}` fails in its checker.
    if (RESERVED.has(name) && !this.is('{') && !this.is('.')) this.reserved(name, token);
    const full = rooted ? `.${name}` : name;
    if (this.is('(')) return this.call(full, undefined, start, { start, end: token.end });
    if (RESERVED.has(name) && this.is('.') && !this.leadsToMessage()) this.reserved(name, token);
    return { kind: 'ident', id: this.id(0, start, []), start, end: this.last, name: full };
  }

  private reserved(name: string, token: Lexeme): void {
    this.fail('reserved-name', `\`${name}\` is a reserved word`, token);
  }

  private wordAfter(): LexemeType | undefined {
    const after = this.lexemes[this.at + 1];
    return after?.type === 'ident' ? WORD_OPERATORS.get(this.text(after)) : undefined;
  }

  /** Whether the dotted name that goes on here ends in `{`. */
  private leadsToMessage(): boolean {
    let at = this.at;
    while (this.lexemes[at]?.type === '.' && this.lexemes[at + 1]?.type === 'ident') at += 2;
    return this.lexemes[at]?.type === '{';
  }

  private number(): Expr {
    const { start } = this.token;
    const negative = this.take('-');
    const { type } = this.token;
    const text = this.text(this.next());
    const read = type === 'double' ? readDouble : readInteger;
    return this.literal(read(text, negative, { start, end: this.last }, this.report), start);
  }

  private literal(value: Constant, start: number): Expr {
    return { kind: 'literal', id: this.id(0, start, []), start, end: this.last, value };
  }

  /** No operand is here. Takes the token unless something above can make use of it. */
  private nothing(): Expr {
    if (this.is('quoted')) {
      const token = this.next();
      this.fail('unexpected-token', 'a name between backticks can only be a field', token);
      const name = this.text(token).replaceAll('`', '');
      return { kind: 'ident', id: this.id(0, token.start, []), start: token.start, end: this.last, name };
    }
    this.fail('missing-operand', `expected an expression, found ${this.found()}`);
    return this.hole();
  }

  /**
   * Items between commas up to the closing bracket; the opening one is the present token. A comma after the last is cel-go's to take in
   * lists, maps and messages, not in arguments.
   */
  private list<T>(close: ')' | ']' | '}', item: () => T): T[] {
    const open = this.next();
    const items: T[] = [];
    while (!CLOSERS.has(this.token.type)) {
      // `[,]` and `{,}` are lists and maps to cel-go.
      if (items.length === 0 && this.is(',') && this.peek() === close && close !== ')') this.next();
      else {
        items.push(item());
        if (CLOSERS.has(this.token.type)) break;
        if (!this.is(',')) {
          this.fail('missing-token', `expected \`,\` or \`${close}\`, found ${this.found()}`);
          this.skip(true);
        }
        const comma = this.token;
        if (this.take(',') && close === ')' && CLOSERS.has(this.token.type)) {
          if (this.is(')')) {
            const fix = replace('Remove the comma', comma, '');
            this.fail('missing-operand', 'expected an argument after `,`', comma, { fix });
            this.failedAt = this.token.start;
          }
          items.push(item());
        }
      }
    }
    this.expect(close, open);
    return items;
  }
}

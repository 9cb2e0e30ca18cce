import type { CallExpr, Expr, Literal, MapEntry, StructField } from './ast';
import { group, layout, LINE, nest, NEWLINE, SOFT, type LayoutDoc } from './layout';
import type { CommentLexeme } from './lexer';
import { parse } from './parser';
import { symbolOf } from './tree';

const WIDTH = 90;

/** How tightly an expression holds together, after CEL's grammar. A sign belongs to its literal, but reads better apart: `(-1).f()`. */
const LEVEL = { conditional: 0, or: 1, and: 2, relation: 3, sum: 4, product: 5, unary: 6, member: 7 } as const;

const BINARY: ReadonlyMap<string, number> = new Map([
  ...['@in', '_==_', '_!=_', '_<_', '_<=_', '_>_', '_>=_'].map((name) => [name, LEVEL.relation] as const),
  ...['_+_', '_-_'].map((name) => [name, LEVEL.sum] as const),
  ...['_*_', '_/_', '_%_'].map((name) => [name, LEVEL.product] as const),
]);

/** Something between brackets; printed when its turn comes, for the comments before it. */
interface ListItem {
  readonly start: number;
  readonly hugs: boolean;
  readonly print: () => LayoutDoc;
}

/**
 * The canonical layout of an expression: lines of at most 90 characters where that is possible, two spaces a level, parentheses where they
 * are needed and around `&&` between `||`, and around one comparison inside another. Comments stay before the token that they were before.
 *
 * The tree stays the same, and formatting twice is formatting once. A source that does not parse comes back as it is, and so does
 * one that would not parse any more, being at cel-go's limits.
 */
export function format(source: string): string {
  const { expr, diagnostics, comments } = parse(source);
  if (diagnostics.length > 0) return source;
  const formatted = layout(new Formatter(source, comments).whole(expr), WIDTH);
  // White space and parentheses can take a source that is at cel-go's limits past them.
  return parse(formatted).diagnostics.length === 0 ? formatted : source;
}

class Formatter {
  /** Index of the first comment not yet printed. INVARIANT: nodes are printed in the order of the source, so that comments are too. */
  private next = 0;

  constructor(
    private readonly source: string,
    private readonly comments: readonly CommentLexeme[],
  ) {}

  whole(expr: Expr): LayoutDoc {
    const leading = this.take(edge(expr)).map((comment) => [this.text(comment), NEWLINE]);
    const body = this.print(expr);
    const trailing = this.after(this.take(Infinity));
    return [leading, group(body), trailing];
  }

  // Comments

  private take(before: number): readonly CommentLexeme[] {
    const from = this.next;
    while ((this.comments[this.next]?.start ?? Infinity) < before) this.next++;
    return this.comments.slice(from, this.next);
  }

  private text({ start, end }: CommentLexeme): string {
    return this.source.slice(start, end).trimEnd();
  }

  private ownLine({ start }: CommentLexeme): boolean {
    return /(^|\n)[ \t\r\f]*$/.test(this.source.slice(this.source.lastIndexOf('\n', start - 1) + 1, start));
  }

  /** A place to break before what begins at `position`, with the comments there: one that was on its line's end stays on one. */
  private gap(line: LayoutDoc, position: number): LayoutDoc {
    const comments = this.take(position);
    const [first] = comments;
    if (!first) return line;
    const atEnd = !this.ownLine(first);
    const own = comments.slice(atEnd ? 1 : 0).map((comment) => [this.text(comment), NEWLINE]);
    return [atEnd ? [' ', this.text(first)] : '', NEWLINE, own];
  }

  /** Comments at the end of something: the first may stay on its line. */
  private after(comments: readonly CommentLexeme[], apart = false): LayoutDoc {
    return comments.map((comment, i) => [i > 0 || apart || this.ownLine(comment) ? NEWLINE : ' ', this.text(comment)]);
  }

  /** Text that begins at `position`. Comments before it are where no line would break otherwise; each ends its line. */
  private token(text: string, position: number): LayoutDoc {
    return [this.take(position).map((comment) => [' ', this.text(comment), NEWLINE]), text];
  }

  // Expressions

  /** Prints an expression, between parentheses if it holds together less tightly than `level`. */
  private print(expr: Expr, level: number = LEVEL.conditional): LayoutDoc {
    if (levelOf(expr, this.source) >= level) return this.bare(expr);
    const open = this.gap(SOFT, edge(expr));
    const body = this.bare(expr);
    return group('(', nest(open, body), this.gap(SOFT, this.closing(expr.end)), ')');
  }

  /** Where the parenthesis after an expression is, or else the expression's end. */
  private closing(end: number): number {
    const [gap = ''] = /^(?:[ \t\r\n\f]+|\/\/[^\n]*)*/.exec(this.source.slice(end)) ?? [];
    return this.source[end + gap.length] === ')' ? end + gap.length : end;
  }

  private bare(expr: Expr): LayoutDoc {
    switch (expr.kind) {
      case 'literal':
        return this.literal(expr);
      case 'ident':
        return this.token(expr.name, expr.start);
      case 'select':
        return [this.print(expr.operand, LEVEL.member), '.', this.token(fieldName(expr.field), expr.fieldStart)];
      case 'list':
        return this.brackets('[', this.items(expr.elements), ']', expr.end, expr.elements.every(isShort));
      case 'map': {
        const entry = ({ key, value }: MapEntry) =>
          this.item(edge(key), () => [group(this.print(key)), this.value(value)]);
        return this.brackets('{', expr.entries.map(entry), '}', expr.end);
      }
      case 'struct': {
        const entry = ({ start, field, value }: StructField) =>
          this.item(start, () => [fieldName(field), this.value(value)]);
        return [this.token(expr.name, expr.start), this.brackets('{', expr.fields.map(entry), '}', expr.end)];
      }
      case 'macro': {
        const { name, target, variable, variableStart, args, end, nameStart } = expr;
        const bound =
          variable === undefined ? [] : [this.item(variableStart, () => this.token(variable, variableStart))];
        return [this.callee(target, name, nameStart), this.brackets('(', [...bound, ...this.items(args)], ')', end)];
      }
      case 'call':
        return this.call(expr);
      case 'error':
        return this.source.slice(expr.start, expr.end);
    }
  }

  private item(start: number, print: () => LayoutDoc, hugs = false): ListItem {
    return { start, hugs, print };
  }

  private items(exprs: readonly Expr[]): readonly ListItem[] {
    return exprs.map((expr) => this.item(edge(expr), () => this.print(expr), hugs(expr)));
  }

  private value(expr: Expr): LayoutDoc {
    return [':', nest(this.gap(' ', edge(expr)), group(this.print(expr)))];
  }

  private literal({ start, end }: Literal): LayoutDoc {
    const before = this.token('', start);
    const text = this.source.slice(start, end);
    // Between the sign of a number and its digits may be white space, and even comments: those stay as they are.
    return [before, text.startsWith('-') && this.take(end).length === 0 ? text.replace(/\s+/, '') : text];
  }

  private callee(target: Expr | undefined, name: string, nameStart: number): LayoutDoc {
    return target ? [this.print(target, LEVEL.member), '.', this.token(name, nameStart)] : this.token(name, nameStart);
  }

  private call(call: CallExpr): LayoutDoc {
    const { function: name, target, args, end, nameStart } = call;
    const [first, second, third] = args;
    if (name === '_&&_' || name === '_||_') return this.chain(name === '_&&_' ? ' &&' : ' ||', args);
    if (name === '_?_:_' && first && second && third) return group(this.conditional(first, second, third));
    if (name === '_[_]' && first && second) {
      const operand = this.print(first, LEVEL.member);
      return [operand, this.brackets('[', this.items([second]), ']', end, isShort(second))];
    }
    if ((name === '!_' || name === '-_') && first) {
      const sign = name.slice(0, 1);
      // `-1` is a literal, and so is the beginning of `-1.f()`.
      const apart = sign === '-' && startsWithNumber(first);
      return [this.token(sign, nameStart), this.print(first, apart ? Infinity : LEVEL.member)];
    }
    const level = BINARY.get(name);
    if (level !== undefined) return this.binary(call, level);
    return [this.callee(target, name, nameStart), this.brackets('(', this.items(args), ')', end)];
  }

  private chain(operator: string, terms: readonly Expr[]): LayoutDoc {
    return group(
      terms.map((term, i) => [
        i === 0 ? '' : this.gap(LINE, edge(term)),
        this.print(term, LEVEL.relation),
        i === terms.length - 1 ? '' : operator,
      ]),
    );
  }

  /** A run of sums, or of products, breaks as one; so do conditionals after each other's `:`. */
  private binary(call: CallExpr, level: number): LayoutDoc {
    const steps: { readonly operator: string; readonly right: Expr }[] = [];
    let left: Expr = call;
    while (left.kind === 'call' && BINARY.get(left.function) === level) {
      steps.unshift({ operator: symbolOf(left.function), right: left.args[1] as Expr });
      left = left.args[0] as Expr;
      if (level === LEVEL.relation) break;
    }
    const head = this.print(left, level === LEVEL.relation ? LEVEL.sum : level);
    const [only, ...others] = steps;
    const hugging = only !== undefined && others.length === 0 && hugs(only.right);
    const tail = steps.map(({ operator, right }) => {
      return [` ${operator}`, this.gap(hugging ? ' ' : LINE, edge(right)), this.print(right, level + 1)];
    });
    return group(head, hugging ? tail : nest(tail));
  }

  private conditional(condition: Expr, yes: Expr, no: Expr): LayoutDoc {
    const branches: LayoutDoc[] = [];
    const head = this.print(condition, LEVEL.or);
    for (;;) {
      branches.push(this.gap(LINE, edge(yes)), '? ', nest(this.print(yes, LEVEL.or)), this.gap(LINE, edge(no)), ': ');
      if (no.kind !== 'call' || no.function !== '_?_:_') break;
      const [next, then, otherwise] = no.args as readonly [Expr, Expr, Expr];
      branches.push(nest(this.print(next, LEVEL.or)));
      yes = then;
      no = otherwise;
    }
    return [head, nest(...branches, nest(this.print(no)))];
  }

  /** Items between brackets: on one line, or each on its own (`fill`: as many on a line as fit). `end` is the offset after the bracket. */
  private brackets(open: string, items: readonly ListItem[], close: string, end: number, fill = false): LayoutDoc {
    const [only] = items;
    if (items.length === 1 && only?.hugs)
      return [open, this.gap('', only.start), only.print(), this.gap('', end - 1), close];
    const body = items.map(({ start, print }, i) => {
      const parts = [this.gap(i === 0 ? SOFT : LINE, start), print(), i < items.length - 1 ? ',' : ''];
      return fill && i > 0 ? group(parts) : parts;
    });
    const last = this.take(end - 1);
    if (items.length + last.length === 0) return open + close;
    const comments = this.after(last, items.length === 0);
    return group(open, nest(body, comments), last.length > 0 ? NEWLINE : SOFT, close);
  }
}

function levelOf(expr: Expr, source: string): number {
  if (expr.kind === 'literal') return source[expr.start] === '-' ? LEVEL.unary : LEVEL.member;
  if (expr.kind !== 'call' || expr.target) return LEVEL.member;
  switch (expr.function) {
    case '_?_:_':
      return LEVEL.conditional;
    case '_||_':
      return LEVEL.or;
    case '_&&_':
      return LEVEL.and;
    case '!_':
    case '-_':
      return LEVEL.unary;
    default:
      return BINARY.get(expr.function) ?? LEVEL.member;
  }
}

function fieldName(field: string): string {
  return /^(?!(?:in|true|false|null)$)[A-Za-z_]\w*$/.test(field) ? field : `\`${field}\``;
}

/** Where an expression's first token is, its parentheses and dropped negations left out. */
function edge(expr: Expr): number {
  for (;;) {
    if (expr.kind === 'select') expr = expr.operand;
    else if ((expr.kind === 'call' || expr.kind === 'macro') && expr.target) expr = expr.target;
    else if (expr.kind === 'call' && /^_/.test(expr.function) && /\W/.test(expr.function)) expr = expr.args[0] as Expr;
    else if (expr.kind === 'call' && expr.function === '@in') expr = expr.args[0] as Expr;
    else return expr.start;
  }
}

function startsWithNumber(expr: Expr): boolean {
  if (expr.kind === 'literal') return expr.value.type === 'int' || expr.value.type === 'double';
  if (expr.kind === 'select') return startsWithNumber(expr.operand);
  const first = expr.kind === 'call' && expr.function === '_[_]' ? expr.args[0] : undefined;
  const target = expr.kind === 'call' || expr.kind === 'macro' ? (expr.target ?? first) : undefined;
  return target !== undefined && startsWithNumber(target);
}

function isShort(expr: Expr): boolean {
  return expr.kind === 'literal' || expr.kind === 'ident';
}

/** A list or map keeps its bracket on the line of what is before it. */
function hugs({ kind }: Expr): boolean {
  return kind === 'list' || kind === 'map';
}

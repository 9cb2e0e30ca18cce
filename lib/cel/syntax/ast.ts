/**
 * The syntax tree of a CEL expression, as it was written.
 *
 * INVARIANT: every node's `[start, end)` is a range of UTF-16 offsets in the source, and `id` is unique in its tree.
 * Macros stay as written (`kind: 'macro'`); `expand.ts` turns them into comprehensions where cel-go's form is needed.
 */
export type Expr = Literal | Ident | Select | CallExpr | ListExpr | MapExpr | StructExpr | Macro | ErrorExpr;

interface AstNode {
  readonly id: number;
  readonly start: number;
  readonly end: number;
}

export interface Literal extends AstNode {
  readonly kind: 'literal';
  readonly value: Constant;
}

export type Constant =
  | { readonly type: 'null' }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'int'; readonly value: bigint }
  | { readonly type: 'uint'; readonly value: bigint }
  | { readonly type: 'double'; readonly value: number }
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'bytes'; readonly value: Uint8Array };

/** A name. A leading dot (`.x`, resolved from the root) is kept in `name`. */
export interface Ident extends AstNode {
  readonly kind: 'ident';
  readonly name: string;
}

/** `operand.field`; a backtick field holds the text between the backticks. */
export interface Select extends AstNode {
  readonly kind: 'select';
  readonly operand: Expr;
  readonly field: string;
  readonly fieldStart: number;
  readonly fieldEnd: number;
}

/**
 * A function, method or operator. Operators carry cel-go's names: `_&&_`, `_||_`, `_?_:_`, `_==_`, `_!=_`, `_<_`, `_<=_`, `_>_`, `_>=_`,
 * `@in`, `_+_`, `_-_`, `_*_`, `_/_`, `_%_`, `-_`, `!_`, `_[_]`.
 *
 * INVARIANT: a chain `a && b && c` is one node with all its terms in `args` (so is `||`): ten thousand terms nest one level deep.
 */
export interface CallExpr extends AstNode {
  readonly kind: 'call';
  readonly function: string;
  readonly target: Expr | undefined;
  readonly args: readonly Expr[];
  /** Range of the function's name or operator as written. */
  readonly nameStart: number;
  readonly nameEnd: number;
}

export interface ListExpr extends AstNode {
  readonly kind: 'list';
  readonly elements: readonly Expr[];
}

export interface MapEntry extends AstNode {
  readonly key: Expr;
  readonly value: Expr;
}

export interface MapExpr extends AstNode {
  readonly kind: 'map';
  readonly entries: readonly MapEntry[];
}

export interface StructField extends AstNode {
  readonly field: string;
  readonly value: Expr;
}

/**
 * `Name{field: value}`: parsed as cel-go does. The checker refuses all but the two messages that cel-go's default environment builds as
 * values, `google.protobuf.Duration` and `google.protobuf.Timestamp`, with the int fields `seconds` and `nanos`: these are evaluated.
 */
export interface StructExpr extends AstNode {
  readonly kind: 'struct';
  readonly name: string;
  readonly fields: readonly StructField[];
}

export type MacroName = 'has' | 'all' | 'exists' | 'exists_one' | 'map' | 'filter';

/**
 * A macro as written. `has(a.b)`: `args` is the one select, no `target`. The others: `target.name(variable, predicate)`, and
 * `map(variable, filter, transform)`; `variable` is the first argument's name, `args` holds what follows it.
 */
export interface Macro extends AstNode {
  readonly kind: 'macro';
  readonly name: MacroName;
  readonly target: Expr | undefined;
  readonly variable: string | undefined;
  readonly variableStart: number;
  readonly variableEnd: number;
  readonly args: readonly Expr[];
  readonly nameStart: number;
  readonly nameEnd: number;
}

/** What is where nothing could be parsed; only ever beside a diagnostic. `parts` are the sub-expressions that could be read. */
export interface ErrorExpr extends AstNode {
  readonly kind: 'error';
  readonly parts: readonly Expr[];
}

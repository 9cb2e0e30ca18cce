/** Where in a condition an offset is: what could be written there. */
import { parse, tokenize, type Expr, type Token } from '../cel';
import { isLogical, isRelation, pathsTo, type ExprPath } from './tree';

/** `[start, end)` is what has been typed of the word or the string's content, and would be replaced. */
interface TypedText {
  readonly start: number;
  readonly end: number;
}

export type CursorPlace =
  /** In a comment or a number: nothing can be said. */
  | { readonly kind: 'nowhere' }
  /** After a dot; `receiver` is what is before it. */
  | ({ readonly kind: 'member'; readonly receiver: ExprPath; readonly dot: number } & TypedText)
  /** Between the brackets of `x["…"]`. */
  | ({ readonly kind: 'key'; readonly receiver: ExprPath; readonly quote: string } & TypedText)
  /** In a string that is beside `other`: compared with it, or given to one of its methods. */
  | ({ readonly kind: 'text'; readonly other: OtherOperand | undefined; readonly quote: string } & TypedText)
  /** Where an operand may begin; `other` is what it would be compared with. */
  | ({ readonly kind: 'operand'; readonly other: OtherOperand | undefined; readonly within: ExprPath } & TypedText)
  /** After a whole operand. */
  | ({ readonly kind: 'operator'; readonly left: ExprPath | undefined; readonly isCondition: boolean } & TypedText);

/** What a value is beside: its equal, a list or map that may hold it (`"x" in user.groups`), or what it may hold (`x in […]`). */
export interface OtherOperand {
  readonly path: ExprPath;
  readonly as: 'equal' | 'element' | 'list';
}

/** A tree to ask about a place, and the place in it. */
export interface CursorContext {
  readonly place: CursorPlace;
  readonly root: Expr;
}

/** Stands for the word that is still missing, so that the rest can be read. */
const MISSING = 'missing__';
const WORDS: ReadonlySet<Token['kind']> = new Set(['variable', 'field', 'function', 'macro', 'keyword', 'reserved']);

export function cursorAt(source: string, offset: number): CursorContext {
  const tokens = tokenize(source);
  const at = tokens.findIndex(({ start, end }) => start < offset && offset <= end);
  const token = tokens[at];
  const nowhere = (): CursorContext => ({ place: { kind: 'nowhere' }, root: parse(source).expr });
  if (token?.kind === 'comment' || token?.kind === 'number') return nowhere();
  if (token?.kind === 'string' || token?.kind === 'bytes') {
    const text = source.slice(token.start, token.end);
    const opening = /^[bBrR]*("""|'''|"|')/.exec(text)?.[0] ?? '"';
    const quote = opening.replace(/^\w+/, '');
    const closed = text.length >= opening.length + quote.length && text.endsWith(quote);
    const start = token.start + opening.length;
    const end = closed ? token.end - quote.length : token.end;
    if (offset >= start && offset <= end) return inText(source, token, { start, end }, quote);
    if (token.kind === 'bytes' || offset < start) return nowhere();
  }
  const word = token && WORDS.has(token.kind) ? token : undefined;
  const typed = word ?? { start: offset, end: offset };
  const before = tokens.findLast(({ end }) => end <= typed.start);
  const probe = word ? source : `${source.slice(0, offset)}${MISSING}${source.slice(offset)}`;
  const previous = before && source.slice(before.start, before.end);
  const beforeThat = before && tokens.findLast(({ end }) => end <= before.start);
  if (previous === '.' && beforeThat && endsOperand(source, beforeThat)) {
    const { expr: root } = parse(probe);
    const receiver = receiverAt(root, typed.start);
    if (!receiver) return { place: { kind: 'nowhere' }, root };
    return { place: { kind: 'member', receiver, dot: before.start, start: typed.start, end: typed.end }, root };
  }
  if (before && endsOperand(source, before)) {
    // A word right after a bracket or a string cannot be meant.
    if (before.end === typed.start) return nowhere();
    const without = `${source.slice(0, typed.start)}${' '.repeat(typed.end - typed.start)}${source.slice(typed.end)}`;
    const { expr: root } = parse(without);
    const left = pathsTo(root, (expr) => expr.end === before.end && !isLogical(expr)).at(0);
    const node = left?.at(-1);
    const isCondition = node !== undefined && (isRelation(node) || (node.kind === 'macro' && node.name === 'has'));
    return { place: { kind: 'operator', left, isCondition, start: typed.start, end: typed.end }, root };
  }
  const { expr: root } = parse(probe);
  const path = pathsTo(
    root,
    (expr) => expr.start === typed.start && (expr.kind === 'ident' || expr.kind === 'literal'),
  ).at(-1);
  const place: CursorPlace = {
    kind: 'operand',
    other: path && besideOf(path),
    within: path?.slice(0, -1) ?? [root],
    start: typed.start,
    end: typed.end,
  };
  return { place, root };
}

function inText(source: string, token: Token, typed: TypedText, quote: string): CursorContext {
  const { expr: root } = parse(source);
  const path = pathsTo(root, (expr) => expr.kind === 'literal' && expr.start === token.start).at(-1);
  const parent = path?.at(-2);
  const literal = path?.at(-1);
  if (path && parent?.kind === 'call' && parent.function === '_[_]' && parent.args[1] === literal && parent.args[0]) {
    return { place: { kind: 'key', receiver: [...path.slice(0, -1), parent.args[0]], quote, ...typed }, root };
  }
  return { place: { kind: 'text', other: path && besideOf(path), quote, ...typed }, root };
}

const EQUALITY = new Set(['_==_', '_!=_', '_<_', '_<=_', '_>_', '_>=_', '_+_']);

/** What the last node of a path is compared with, or is given to. */
function besideOf(path: ExprPath): OtherOperand | undefined {
  const node = path.at(-1);
  const above = path.slice(0, -1);
  const parent = above.at(-1);
  if (!node || !parent) return undefined;
  if (parent.kind === 'list') {
    // An element of the list in `x in […]` is beside `x`.
    const grandparent = above.at(-2);
    if (grandparent?.kind !== 'call' || grandparent.function !== '@in' || grandparent.args[1] !== parent)
      return undefined;
    const [left] = grandparent.args;
    return left && { path: [...above.slice(0, -1), left], as: 'equal' };
  }
  if (parent.kind !== 'call') return undefined;
  const [left, right] = parent.args;
  if (parent.target) return parent.target === node ? undefined : { path: [...above, parent.target], as: 'equal' };
  if (parent.function === '@in' && left && right) {
    return node === left ? { path: [...above, right], as: 'element' } : { path: [...above, left], as: 'list' };
  }
  if (!EQUALITY.has(parent.function)) return undefined;
  const other = node === left ? right : left;
  return other && { path: [...above, other], as: 'equal' };
}

/** What the name that starts at an offset is selected from, or called on. */
function receiverAt(root: Expr, start: number): ExprPath | undefined {
  const path = pathsTo(root, (expr) => {
    if (expr.kind === 'select') return expr.fieldStart === start;
    return (expr.kind === 'call' || expr.kind === 'macro') && expr.nameStart === start && expr.target !== undefined;
  }).at(-1);
  const node = path?.at(-1);
  if (!path || !node) return undefined;
  const receiver =
    node.kind === 'select' ? node.operand : node.kind === 'call' || node.kind === 'macro' ? node.target : undefined;
  return receiver && [...path, receiver];
}

/** Whether a whole operand may end with this token. */
export function endsOperand(source: string, token: Token): boolean {
  switch (token.kind) {
    case 'variable':
    case 'field':
    case 'number':
    case 'string':
    case 'bytes':
    case 'reserved':
      return true;
    case 'keyword':
      return source.slice(token.start, token.end) !== 'in';
    case 'punctuation':
      return /[)\]}]/.test(source[token.start] ?? '');
    case 'function':
    case 'macro':
    case 'operator':
    case 'comment':
    case 'error':
      return false;
  }
}

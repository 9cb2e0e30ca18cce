/** Colours: our lexer's tokens, with what only the tree knows. */
import { parse, tokenize, type Token, type TokenKind } from '../cel';
import { endsOperand } from './cursor';
import { pathsTo } from './tree';

/** A kind of token as the editor names it. `iteration` is the variable of a macro. */
export type ColourKind = TokenKind | 'iteration';

export const COLOUR_KINDS: readonly ColourKind[] = [
  'variable',
  'field',
  'function',
  'macro',
  'keyword',
  'reserved',
  'number',
  'string',
  'bytes',
  'operator',
  'punctuation',
  'comment',
  'error',
  'iteration',
];

export interface ColouredToken {
  readonly kind: ColourKind;
  readonly start: number;
  readonly end: number;
}

/** The tokens of a whole source in order; variables of macros are distinguished from facts. */
export function coloursOf(source: string): readonly ColouredToken[] {
  const iterations = new Set<number>();
  for (const path of pathsTo(parse(source).expr, (expr) => expr.kind === 'ident' || expr.kind === 'macro')) {
    const node = path.at(-1);
    if (node?.kind === 'macro' && node.variable !== undefined) iterations.add(node.variableStart);
    if (node?.kind !== 'ident') continue;
    const isIteration = path.some(
      (above, at) => above.kind === 'macro' && above.variable === node.name && path[at + 1] !== above.target,
    );
    if (isIteration) iterations.add(node.start);
  }
  return tokenize(source).map((token) => (iterations.has(token.start) ? { ...token, kind: 'iteration' } : token));
}

/**
 * The same as the numbers of the language server protocol: for each token its line and column after the one before, its length, its kind
 * (a place in `COLOUR_KINDS`) and no modifiers. A token that spans lines is given line by line.
 */
export function semanticTokens(source: string): Uint32Array {
  const numbers: number[] = [];
  let [line, lineStart, lastLine, lastColumn] = [0, 0, 0, 0];
  for (const { kind, start, end } of coloursOf(source)) {
    for (const piece of lineByLine(source, start, end)) {
      for (
        let at = source.indexOf('\n', lineStart);
        at >= 0 && at < piece.start;
        at = source.indexOf('\n', lineStart)
      ) {
        lineStart = at + 1;
        line++;
      }
      const column = piece.start - lineStart;
      const from = line === lastLine ? lastColumn : 0;
      numbers.push(line - lastLine, column - from, piece.end - piece.start, COLOUR_KINDS.indexOf(kind), 0);
      [lastLine, lastColumn] = [line, column];
    }
  }
  return Uint32Array.from(numbers);
}

function* lineByLine(source: string, start: number, end: number): Generator<{ start: number; end: number }> {
  let from = start;
  for (const line of source.slice(start, end).split('\n')) {
    if (line.length > 0) yield { start: from, end: from + line.length };
    from += line.length + 1;
  }
}

/** What one line must know of those before it: text that gives its first token the right neighbours, or an open string's beginning. */
export interface LineState {
  readonly before: string;
  readonly isOpen: boolean;
}

export const FIRST_LINE: LineState = { before: '', isOpen: false };

/** The tokens of one line, and the state for the next: colours that are there at once, before the whole is read. */
export function tokenizeLine(line: string, state: LineState): { tokens: readonly ColouredToken[]; next: LineState } {
  const source = `${state.before}${line}`;
  const shift = state.before.length;
  const all = tokenize(source);
  const tokens = all
    .filter(({ end }) => end > shift)
    .map(({ kind, start, end }) => ({ kind, start: Math.max(0, start - shift), end: end - shift }));
  // A stray character is skipped when the whole is read, so it is between nothing here either.
  const significant = all.filter(({ kind }) => kind !== 'comment' && kind !== 'error');
  const last = significant.at(-1);
  if (last && isOpenString(source.slice(last.start, last.end))) {
    // Of a long string only its opening matters.
    const opening = /^[bBrR]*("""|''')/.exec(source.slice(last.start))?.[0] ?? '';
    return { tokens, next: { before: `${opening}\n`, isOpen: true } };
  }
  const text = last ? source.slice(last.start, last.end) : '';
  const ends = (token: Token | undefined): boolean => token !== undefined && endsOperand(source, token);
  // An operand's end, perhaps with a dot after it; anything else says nothing to the next line.
  const before = text === '.' ? (ends(significant.at(-2)) ? 'x.' : '.') : ends(last) ? 'x ' : '';
  return { tokens, next: { before: last ? before : state.before, isOpen: false } };
}

/** Whether a token is a long string that its line does not close: closing it would make it longer. */
function isOpenString(text: string): boolean {
  const quote = /^[bBrR]*("""|''')/.exec(text)?.[1];
  return quote !== undefined && (tokenize(text + quote)[0]?.end ?? 0) > text.length;
}

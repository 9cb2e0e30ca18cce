/** The signatures of the call that an offset is in the parentheses of. */
import { CALLABLES, tokenize, type Token } from '../cel';
import type { ConditionContext } from './context';
import { plain } from './docs';
import { ExpressionKnowledge } from './known';
import { endsOperand, cursorAt } from './cursor';

export interface Signature {
  readonly label: string;
  /** Ranges in the label. */
  readonly parameters: readonly (readonly [start: number, end: number])[];
}

export interface SignatureHelp {
  readonly signatures: readonly Signature[];
  readonly activeSignature: number;
  readonly activeParameter: number;
  /** Markdown. */
  readonly documentation: string | undefined;
}

/** Signature help at an offset (UTF-16), or undefined outside the parentheses of a function, method or macro. */
export function signatureAt(source: string, offset: number, context: ConditionContext): SignatureHelp | undefined {
  const open = openCall(source, offset);
  if (!open) return undefined;
  const { name, isMethod, commas } = open;
  const text = source.slice(name.start, name.end);
  const fitting = CALLABLES.filter(
    ({ name: each, kind }) =>
      each === text && (kind === 'macro' ? isMethod === (each !== 'has') : kind === (isMethod ? 'method' : 'function')),
  );
  const kinds = isMethod ? receiverKinds(source, name, context) : [];
  const labels = fitting
    .flatMap(({ signatures }) => signatures)
    .filter((label) => kinds.length === 0 || !isMethod || fits(label, kinds));
  if (labels.length === 0) return undefined;
  const signatures = labels.map((label) => ({ label, parameters: parametersOf(label) }));
  const active = signatures.findIndex(({ parameters }) => parameters.length > commas);
  const doc =
    context.docs && Object.hasOwn(context.docs.CALLABLE_DOCS, text) ? context.docs.CALLABLE_DOCS[text] : undefined;
  return {
    signatures,
    activeSignature: Math.max(0, active),
    activeParameter: commas,
    documentation: doc && `${plain(doc.doc)}.`,
  };
}

/** The innermost call that is open at an offset: its name, and how many commas of its own are before the offset. */
function openCall(source: string, offset: number): { name: Token; isMethod: boolean; commas: number } | undefined {
  const tokens = tokenize(source).filter(({ kind }) => kind !== 'comment');
  const stack: { at: number; commas: number }[] = [];
  for (const [at, { kind, start, end }] of tokens.entries()) {
    if (start >= offset) break;
    if (kind !== 'punctuation') continue;
    const text = source.slice(start, end);
    const top = stack.at(-1);
    if ('([{'.includes(text)) stack.push({ at, commas: 0 });
    else if (')]}'.includes(text)) stack.pop();
    else if (text === ',' && top) top.commas++;
  }
  const isCall = ({ at }: { at: number }): boolean => /^(function|macro)$/.test(tokens[at - 1]?.kind ?? '');
  // A list or parentheses within an argument are still within the call.
  const top = stack.findLast((one) => isCall(one) && source[tokens[one.at]?.start ?? 0] === '(');
  const name = top && tokens[top.at - 1];
  if (!top || !name) return undefined;
  const [beforeDot, dot] = [tokens[top.at - 3], tokens[top.at - 2]];
  const isMethod =
    dot !== undefined && source[dot.start] === '.' && beforeDot !== undefined && endsOperand(source, beforeDot);
  return { name, isMethod, commas: top.commas };
}

function receiverKinds(source: string, name: Token, context: ConditionContext): readonly string[] {
  const { place, root } = cursorAt(source, name.end);
  return place.kind === 'member' ? new ExpressionKnowledge(root, context).of(place.receiver).kinds : [];
}

function fits(label: string, kinds: readonly string[]): boolean {
  const receiver = /^\w+/.exec(label)?.[0] ?? '';
  return (
    kinds.includes(receiver) ||
    (receiver === 'list' && kinds.includes('map') && /\w+\.(all|exists|exists_one|map|filter)\(/.test(label))
  );
}

/** Ranges of the parameters in `list.map(x, value) -> list`. */
function parametersOf(label: string): readonly (readonly [number, number])[] {
  const open = /\w\(/.exec(label.replace(/^(?:\w+\([^)]*\)|\w+)\./, (receiver) => ' '.repeat(receiver.length)));
  if (!open) return [];
  const ranges: [number, number][] = [];
  let start = open.index + 2;
  let depth = 0;
  for (let i = start; i < label.length; i++) {
    const c = label[i];
    if (c === '(') depth++;
    const closes = c === ')' && depth-- === 0;
    if (closes || (c === ',' && depth === 0)) {
      const from = start + (label.slice(start, i).length - label.slice(start, i).trimStart().length);
      if (i > from) ranges.push([from, i]);
      start = i + 1;
    }
    if (closes) break;
  }
  return ranges;
}

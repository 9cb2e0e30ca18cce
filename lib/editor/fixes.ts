/** Fixes of diagnostics. */
import { parse, suggest, type Diagnostic, type Expr } from '../cel';
import type { ConditionContext } from './context';
import type { TextEdit } from './edit';
import { ExpressionKnowledge } from './known';
import { isLogical, pathAt, type ExprPath } from './tree';

export interface QuickFix {
  readonly title: string;
  /** None of them overlaps another. */
  readonly edits: readonly TextEdit[];
  readonly diagnostic: Diagnostic;
  /** The one that most likely is meant. */
  readonly preferred: boolean;
}

/** The fixes of these diagnostics of a source. */
export function fixesOf(
  source: string,
  diagnostics: readonly Diagnostic[],
  context: ConditionContext,
): readonly QuickFix[] {
  return diagnostics.flatMap((diagnostic) => {
    const { fix, code } = diagnostic;
    const own = fix ? [{ title: fix.title, edits: [fix], diagnostic, preferred: true }] : [];
    if (code === 'unguarded-field') return [...own, ...guard(source, diagnostic, context)];
    if (code === 'undeclared-name') return [...own, ...argumentNamed(source, diagnostic, context)];
    return own;
  });
}

/** `has(request.args.x) && …` before the condition in which the field is read. */
function guard(source: string, diagnostic: Diagnostic, context: ConditionContext): readonly QuickFix[] {
  const { expr: root } = parse(source);
  const read = pathAt(
    root,
    diagnostic.end,
    (expr) => expr.kind === 'select' && expr.fieldStart === diagnostic.start && expr.fieldEnd === diagnostic.end,
  );
  if (!read) return [];
  const guards = toAskFor(read, new ExpressionKnowledge(root, context)).map(
    (expr) => `has(${source.slice(expr.start, expr.end).replace(/\s+/g, '')})`,
  );
  const { term, inOr, parenthesized } = conditionAround(read);
  // The parentheses around a term are no part of its range.
  const { start, end } = parenthesized ? withParentheses(source, term) : term;
  const text = guards.join(' && ');
  const needs = inOr ? ['(', ')'] : ['', ''];
  return [
    {
      title: `Ask first: \`${text} && …\``,
      edits: [{ start, end: start, text: `${needs[0]}${text} && ` }, ...(inOr ? [{ start: end, end, text: ')' }] : [])],
      diagnostic,
      preferred: true,
    },
  ];
}

/** The field, and what is read through it as far as that may be absent too: `tool.annotations`, `tool.annotations.readOnlyHint`. */
function toAskFor(read: ExprPath, knowledge: ExpressionKnowledge): readonly Expr[] {
  const chain = [read];
  for (let depth = read.length - 1; depth > 0; depth--) {
    const parent = read[depth - 1];
    if (parent?.kind !== 'select' || parent.operand !== read[depth]) break;
    chain.push(read.slice(0, depth));
  }
  return chain.flatMap((path, i) => {
    const expr = path.at(-1);
    return expr && (i === 0 || knowledge.of(path).optional) ? [expr] : [];
  });
}

/** The nearest condition around that is alone or is a term of `&&` or `||`. */
function conditionAround(path: ExprPath): { term: Expr; inOr: boolean; parenthesized: boolean } {
  for (let depth = path.length - 1; depth > 0; depth--) {
    const [parent, term] = [path[depth - 1], path[depth]] as [Expr, Expr];
    const isTerm = parent.kind === 'call' && (parent.function === '_&&_' || parent.function === '_||_');
    const isBody = parent.kind === 'macro' && parent.target !== term && parent.variable !== undefined;
    const isBranch = parent.kind === 'call' && parent.function === '_?_:_';
    if (isTerm || isBody || isBranch) {
      const inOr = isTerm && parent.function === '_||_';
      return { term, inOr, parenthesized: isLogical(term) };
    }
  }
  const root = path[0] as Expr;
  return { term: root, inOr: false, parenthesized: false };
}

/** The range with the parentheses around it, if there are any. */
function withParentheses(source: string, { start, end }: Expr): { start: number; end: number } {
  const before = source.slice(0, start).trimEnd();
  const after = source.slice(end);
  const gap = after.length - after.trimStart().length;
  return before.endsWith('(') && after[gap] === ')' ? { start: before.length - 1, end: end + gap + 1 } : { start, end };
}

/** `channel_id` where `request.args.channel_id` is meant. */
function argumentNamed(source: string, diagnostic: Diagnostic, context: ConditionContext): readonly QuickFix[] {
  const { start, end } = diagnostic;
  const name = source.slice(start, end);
  const knowledge = new ExpressionKnowledge(parse(source).expr, context);
  const args = knowledge.members(knowledge.member(knowledge.variable('request', []), 'args'));
  const meant = args.includes(name) ? name : suggest(name, args);
  if (meant === undefined || !/^[A-Za-z_]\w*$/.test(meant)) return [];
  const text = `request.args.${meant}`;
  return [
    {
      title: `Change to \`${text}\``,
      edits: [{ start, end, text }],
      diagnostic,
      preferred: diagnostic.fix === undefined,
    },
  ];
}

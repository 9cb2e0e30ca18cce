/** What a word of a condition is. */
import { CALLABLES, parse, tokenize, VARIABLES, type CelCallable, type Expr } from '../cel';
import type { ConditionContext } from './context';
import { callableDoc, code, memberDoc } from './docs';
import { ELEMENT, ExpressionKnowledge, type KnownExpression } from './known';
import { isPlace, pathsTo } from './tree';
import { callValues } from './values';

export interface Hover {
  readonly start: number;
  readonly end: number;
  /** Markdown, a part a paragraph. */
  readonly parts: readonly string[];
}

/** What is at an offset (UTF-16): a fact or an argument with its type and value, a function, a macro or an operator. */
export function hoverAt(source: string, offset: number, context: ConditionContext): Hover | undefined {
  const token = tokenize(source).find(({ start, end }) => start <= offset && offset < end);
  if (!token) return undefined;
  const { expr: root } = parse(source);
  const { start, end } = token;
  const text = source.slice(start, end);
  const named = pathsTo(root, (expr) => nameOf(expr)?.start === start).at(-1);
  const node = named?.at(-1);
  const knowledge = new ExpressionKnowledge(root, context);
  const parts = (): readonly string[] => {
    if (named && node && isPlace(node)) return placeParts(knowledge.of(named), written(source, node), context);
    if (named && node?.kind === 'select') return placeParts(knowledge.of(named), text, context);
    const callable = node && callableOf(node);
    if (callable) return [callableDoc(callable, context.docs)];
    // The variable where a macro names it.
    const macro = pathsTo(root, (expr) => expr.kind === 'macro' && expr.variableStart === start).at(-1);
    const target = macro?.at(-1);
    if (macro && target?.kind === 'macro' && target.target && target.variable === text) {
      return placeParts(knowledge.element(knowledge.of([...macro, target.target])), text, context);
    }
    return [];
  };
  const found = parts();
  return found.length === 0 ? undefined : { start, end, parts: found };
}

/** Where a node's own word is. */
function nameOf(expr: Expr): { start: number } | undefined {
  switch (expr.kind) {
    case 'ident':
      return { start: expr.start };
    case 'select':
      return { start: expr.fieldStart };
    case 'call':
    case 'macro':
      return { start: expr.nameStart };
    default:
      return undefined;
  }
}

const written = (source: string, { start, end }: Expr): string => source.slice(start, end).replace(/\s+/g, '');

function callableOf(node: Expr): CelCallable | undefined {
  if (node.kind === 'macro') return CALLABLES.find(({ kind, name }) => kind === 'macro' && name === node.name);
  if (node.kind !== 'call') return undefined;
  const fits = CALLABLES.filter(({ kind, name }) => kind !== 'macro' && name === node.function);
  return fits.find(({ kind }) => (kind === 'method') === (node.target !== undefined)) ?? fits[0];
}

function placeParts(known: KnownExpression, label: string, context: ConditionContext): readonly string[] {
  const path = known.steps?.map(String).join('.');
  const variable = VARIABLES.find((one) => one.path === path);
  const values = known.steps?.includes(ELEMENT) ? [] : callValues(known.steps, context);
  const doc = memberDoc(known, context);
  return [
    `\`\`\`cel\n${label}: ${known.type}\n\`\`\``,
    ...(doc === undefined ? [] : [doc]),
    ...(variable && !variable.documented ? ["Not in the gateway's published vocabulary"] : []),
    ...values.slice(0, 1).map((value) => `In the call in focus: ${code(shortJson(JSON.stringify(value)))}`),
  ];
}

const shortJson = (text: string): string => (text.length > 120 ? `${text.slice(0, 119)}…` : text);

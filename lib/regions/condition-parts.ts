/** A condition as the tree of its logical parts, each with its formula and its place in the text. */
import type { Expr } from '../cel';
import { conditionExpression, partFormula } from './condition-formula';
import { all, ANY, any, constant, ERROR, FALSE, not, TRUE, type Formula, type OutcomeSet } from './formula';
import { WORK_LIMIT } from './search';
import { findBox } from './solve';

export interface ConditionPart {
  readonly kind: 'and' | 'or' | 'not' | 'if' | 'has' | 'literal' | 'test';
  /** UTF-16 offsets in the condition. */
  readonly start: number;
  readonly end: number;
  readonly formula: Formula;
  readonly parts: readonly ConditionPart[];
}

const KINDS: Readonly<Record<string, 'and' | 'or' | 'not' | 'if'>> = {
  '_&&_': 'and',
  '_||_': 'or',
  '!_': 'not',
  '_?_:_': 'if',
};

/** Undefined where the condition does not compile. */
export async function conditionParts(source: string): Promise<ConditionPart | undefined> {
  const expr = conditionExpression(source);
  return expr && partOf(expr, source);
}

async function partOf(expr: Expr, source: string): Promise<ConditionPart> {
  const { start, end } = expr;
  const kind = expr.kind === 'call' ? KINDS[expr.function] : undefined;
  if (kind !== undefined && expr.kind === 'call') {
    const parts: ConditionPart[] = [];
    for (const arg of expr.args) parts.push(await partOf(arg, source));
    return {
      kind,
      start,
      end,
      formula: joined(
        kind,
        parts.map(({ formula }) => formula),
      ),
      parts,
    };
  }
  const leaf = expr.kind === 'literal' ? 'literal' : expr.kind === 'macro' && expr.name === 'has' ? 'has' : 'test';
  return { kind: leaf, start, end, formula: await partFormula(expr, source), parts: [] };
}

function joined(kind: 'and' | 'or' | 'not' | 'if', terms: readonly Formula[]): Formula {
  const [test = constant(ERROR), yes = constant(ERROR), no = constant(ERROR)] = terms;
  switch (kind) {
    case 'and':
      return all(terms);
    case 'or':
      return any(terms);
    case 'not':
      return not(test);
    case 'if':
      return { kind: 'if', test, yes, no };
  }
}

/** The formula of a condition in which one part is replaced by another formula. */
export function formulaWith(part: ConditionPart, replaced: ConditionPart, by: Formula): Formula {
  if (part === replaced) return by;
  const { kind, parts, formula } = part;
  if (parts.length === 0 || kind === 'has' || kind === 'literal' || kind === 'test') return formula;
  return joined(
    kind,
    parts.map((one) => formulaWith(one, replaced, by)),
  );
}

/** Whether a formula may have one of these outcomes; false is a proof. */
export const canBe = (formula: Formula, outcomes: OutcomeSet): boolean =>
  findBox([{ formula, outcomes }], { left: WORK_LIMIT }).kind !== 'none';

/** Whether two formulas are proven to have the same outcome on every call. */
export const areEquivalent = (a: Formula, b: Formula): boolean =>
  [TRUE, FALSE, ERROR].every((outcome) => {
    const requirements = [
      { formula: a, outcomes: outcome },
      { formula: b, outcomes: ANY & ~outcome },
    ];
    return findBox(requirements, { left: WORK_LIMIT }).kind === 'none';
  });

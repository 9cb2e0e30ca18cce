/** The parts of a condition, each of which can be asked for its value in a changed call. */
import {
  activation,
  childrenOf,
  compile,
  parse,
  type Activation,
  type Expr,
  type Program,
  type Result,
} from '../../cel';
import { conditionFacts, readCall, type Call } from '../../engine';

const MOST_PARTS = 300;

export const factsOf = (call: Call): Activation => {
  const { variables, unknown, timestampAt } = conditionFacts(readCall(call));
  return activation(variables, unknown, timestampAt);
};

/** A condition taken apart. A part that speaks of a macro's own variable has no value by itself. */
export class ConditionTerms {
  private constructor(
    readonly source: string,
    readonly expr: Expr,
    private readonly programs: ReadonlyMap<number, Program>,
  ) {}

  /** Undefined where the condition does not parse. */
  static async of(source: string): Promise<ConditionTerms | undefined> {
    const { expr, diagnostics } = parse(source);
    if (expr === undefined || diagnostics.length > 0) return undefined;
    const programs = new Map<number, Program>();
    for (const part of partsOf(expr, new Set()).slice(0, MOST_PARTS)) {
      const compiled = await compile(source.slice(part.start, part.end));
      if (compiled.ok) programs.set(part.id, compiled.program);
    }
    return new ConditionTerms(source, expr, programs);
  }

  /** What a part gives for the facts of a call; undefined where it cannot be asked alone. */
  value(part: Expr, facts: Activation): Result | undefined {
    return this.programs.get(part.id)?.evaluate(facts);
  }

  /** How many of the parts that `&&` joins hold for a call. */
  countHolding(call: Call): number {
    const facts = factsOf(call);
    return joinedParts(this.expr).filter((part) => this.value(part, facts) === true).length;
  }
}

const joinedParts = (expr: Expr): readonly Expr[] =>
  expr.kind === 'call' && expr.function === '_&&_' ? expr.args.flatMap(joinedParts) : [expr];

/** The parts that speak of no macro's variable, outermost first. */
function partsOf(expr: Expr, own: ReadonlySet<string>): Expr[] {
  if (expr.kind === 'literal') return [];
  if (expr.kind === 'macro' && expr.target && expr.variable !== undefined) {
    const inner = new Set([...own, expr.variable]);
    const nested = [...partsOf(expr.target, own), ...expr.args.flatMap((arg) => partsOf(arg, inner))];
    return speaksOf(expr, own) ? nested : [expr, ...nested];
  }
  const nested = childrenOf(expr).flatMap((child) => partsOf(child, own));
  return speaksOf(expr, own) ? nested : [expr, ...nested];
}

function speaksOf(expr: Expr, names: ReadonlySet<string>): boolean {
  if (names.size === 0) return false;
  if (expr.kind === 'ident') return names.has(expr.name);
  return childrenOf(expr).some((child) => speaksOf(child, names));
}

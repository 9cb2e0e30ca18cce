/** Parts of an expression that fail whatever the call: they read no fact, or name a pattern that RE2 refuses. */
import type { CheckedExpr } from '../check/checker';
import { activation } from '../evaluate/activation';
import { Program } from '../evaluate/program';
import { literalPatterns } from '../evaluate/regex';
import type { Expr } from '../syntax/ast';
import { childrenOf } from '../syntax/tree';
import { budget, MAX_STEPS } from '../values/budget';
import { EvalError } from '../values/values';

export interface FailingPart {
  /** What is wrong: a literal, where one is to blame. */
  readonly at: Expr;
  readonly message: string;
}

/** For an expression that compiles. Patterns are tried only once RE2 is loaded, as `compile` does for those that use it. */
export function failingParts(expr: Expr, checked: Pick<CheckedExpr, 'references'>): readonly FailingPart[] {
  const search = new FailureSearch(checked);
  if (search.isClosed(expr)) search.evaluate(expr);
  return search.found;
}

const NOTHING = activation({});

class FailureSearch {
  readonly found: FailingPart[] = [];
  readonly #checked: Pick<CheckedExpr, 'references'>;
  readonly #pattern = literalPatterns();
  /** All parts together may take no more steps than an evaluation. */
  #steps = MAX_STEPS;

  constructor(checked: Pick<CheckedExpr, 'references'>) {
    this.#checked = checked;
  }

  /** Whether a part reads nothing. The largest such parts of what does read something are evaluated. */
  isClosed(part: Expr): boolean {
    const parts = childrenOf(part);
    const closed = parts.map((one) => this.isClosed(one));
    const names = part.kind === 'ident' || part.kind === 'macro' || part.kind === 'error';
    if (!names && !closed.includes(false)) return true;
    parts.forEach((one, i) => {
      if (closed[i] === true) this.evaluate(one);
    });
    this.#tryPattern(part);
    return false;
  }

  evaluate(part: Expr): void {
    if (part.kind === 'literal' || this.#steps < 0) return;
    const result = new Program('', part, this.#checked, new Set()).evaluate(NOTHING);
    this.#steps -= MAX_STEPS - budget.left;
    if (!(result instanceof EvalError) || result.code === 'no-regex') return;
    const failed = nodeAt(part, result) ?? part;
    const [only, other] = failed.kind === 'call' && !failed.target ? failed.args : [];
    this.found.push({ at: only?.kind === 'literal' && !other ? only : failed, message: result.message });
  }

  /** The pattern of `text.matches(pattern)` or `matches(text, pattern)`. */
  #tryPattern(part: Expr): void {
    const at = part.kind === 'call' && part.function === 'matches' ? part.args.at(-1) : undefined;
    if (at?.kind !== 'literal' || at.value.type !== 'string') return;
    const compiled = this.#pattern(at.value.value);
    if (compiled instanceof EvalError && compiled.code !== 'no-regex')
      this.found.push({ at, message: compiled.message });
  }
}

const nodeAt = (part: Expr, { start, end }: { readonly start: number; readonly end: number }): Expr | undefined =>
  part.start === start && part.end === end
    ? part
    : childrenOf(part)
        .map((one) => nodeAt(one, { start, end }))
        .find((found) => found !== undefined);

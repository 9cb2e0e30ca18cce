import { type Activation } from './activation';
import type { Expr } from '../syntax/ast';
import { MAX_STEPS, budget, overspent } from '../values/budget';
import { check, DECISION_DECLARATIONS, type CheckedExpr, type Declarations } from '../check/checker';
import type { Diagnostic } from '../syntax/diagnostic';
import { parse } from '../syntax/parser';
import { plan } from './plan';
import { locate, type PlanContext, type Evaluate, type Observer } from './plan-context';
import { readsOf } from './reads';
import { literalPatterns, loadRegex } from './regex';
import { TIME_PARTS } from '../values/time';
import { loadTimezones } from '../values/timezone';
import { someNode } from '../syntax/tree';
import type { Result } from '../values/values';

export interface CompileOptions {
  /** What the expression may name; by default a decision's variables. */
  readonly declarations?: Declarations;
  /** `bool` (a condition): the whole must be a bool or untyped. */
  readonly result?: 'bool' | 'any';
  /** Where a getter of a timestamp names no time zone: `UTC`, which is the default and cel-go's, an offset or an IANA name. */
  readonly zone?: string;
}

export type CompiledCondition =
  | { readonly ok: true; readonly program: Program }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** A compiled expression. Evaluating is total and synchronous: it never throws, and errors and unknowns are results. */
export class Program {
  readonly source: string;
  readonly expr: Expr;
  readonly #context: Omit<PlanContext, 'partial' | 'observe'>;
  readonly #known: Evaluate;
  readonly #zone: string;
  #partial: Evaluate | undefined;

  constructor(
    source: string,
    expr: Expr,
    checked: Pick<CheckedExpr, 'references'>,
    declared: ReadonlySet<string>,
    zone = 'UTC',
  ) {
    this.source = source;
    this.expr = expr;
    this.#zone = zone;
    this.#context = {
      references: checked.references,
      declared: (name) => declared.has(name),
      scope: undefined,
      pattern: literalPatterns(),
    };
    this.#known = plan(expr, { ...this.#context, partial: false, observe: undefined });
  }

  /** The constant paths that it may read, as CEL writes them, sorted. */
  get reads(): readonly string[] {
    return readsOf(this.expr, this.#context.declared);
  }

  evaluate(activation: Activation): Result {
    return this.#run(activation.unknown ? this.#forPartial() : this.#known, activation);
  }

  /** The same, and `observer` gets what every node gave (`explain` is made of it). It compiles anew each time: not for hot paths. */
  observe(activation: Activation, observer: Observer): Result {
    const partial = activation.unknown !== undefined;
    return this.#run(plan(this.expr, { ...this.#context, partial, observe: observer }), activation);
  }

  #run(evaluate: Evaluate, activation: Activation): Result {
    budget.left = MAX_STEPS;
    budget.zone = this.#zone;
    budget.error = budget.waits = budget.classes = undefined;
    const result = evaluate(activation);
    if (budget.left >= 0) return result;
    // Once an unknown fact was read, what follows may not be evaluated when it is known: `request.args.flag && …`.
    return budget.waits ?? locate(overspent('evaluating'), this.expr);
  }

  /** Compiled when the first activation with unknown facts comes. */
  #forPartial(): Evaluate {
    return (this.#partial ??= plan(this.expr, { ...this.#context, partial: true, observe: undefined }));
  }
}

/**
 * Parses, checks and compiles. Asynchronous only because RE2 is loaded when an expression uses `matches`, and the list of time zones when
 * it names one; never rejects for anything in the source: what is wrong with that is in `diagnostics`, parse errors alone if there are any.
 */
export async function compile(source: string, options: CompileOptions = {}): Promise<CompiledCondition> {
  const parsed = parse(source);
  if (parsed.diagnostics.length) return { ok: false, diagnostics: parsed.diagnostics };
  const declarations = options.declarations ?? DECISION_DECLARATIONS;
  const checked = check(parsed, { ...options, declarations });
  if (checked.diagnostics.some(({ severity }) => severity === 'error')) {
    return { ok: false, diagnostics: checked.diagnostics };
  }
  await Promise.all([
    usesRegex(parsed.expr) && loadRegex(),
    usesTimezone(parsed.expr, options.zone) && loadTimezones(),
  ]);
  return {
    ok: true,
    program: new Program(source, parsed.expr, checked, new Set(Object.keys(declarations)), options.zone),
  };
}

const usesRegex = (expr: Expr): boolean =>
  someNode(expr, (node) => node.kind === 'call' && node.function === 'matches');

const usesTimezone = (expr: Expr, zone = 'UTC'): boolean =>
  someNode(
    expr,
    (node) =>
      node.kind === 'call' && (node.args.length > 0 || zone !== 'UTC') && Object.hasOwn(TIME_PARTS, node.function),
  );

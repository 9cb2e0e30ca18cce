import type { Activation } from '../evaluate/activation';
import type { Expr } from '../syntax/ast';
import { show, type ShownValue } from '../values/display';
import type { Program } from '../evaluate/program';
import { reasonsOf, type Reason } from './reason';
import { decisiveRound, Recorder, type RecordFrame } from './record';
import { childrenOf } from '../syntax/tree';
import { NAMED_VALUES, type Result } from '../values/values';

/** Why an expression gave what it gave. Plain data: it can be sent to another thread. */
export interface Explanation {
  readonly result: ShownValue;
  readonly root: ExplainedNode;
  /** The nearest reasons for a result that is not `true`, in source order; none for `true`. `reasonWords` puts one into words. */
  readonly reasons: readonly Reason[];
}

/** One sub-expression: `[start, end)` in UTF-16 offsets, and what it gave. */
export interface ExplainedNode {
  readonly start: number;
  readonly end: number;
  /** Undefined where it was not evaluated: `&&` and the like had decided. */
  readonly result: ShownValue | undefined;
  /** In source order. The body of a macro is shown as its decisive round left it: the one that made the result, else the last. */
  readonly children: readonly ExplainedNode[];
  /** A macro's rounds: the first hundred and the last of `count`; `decisive` is the place of the one shown in `children`. */
  readonly rounds?: {
    readonly count: number;
    readonly decisive: number;
    readonly shown: readonly { readonly element: ShownValue; readonly result: ShownValue | undefined }[];
  };
}

/** Evaluates once more, keeps what every part gave, and finds the nearest reasons where the result is not `true`. Not for hot paths. */
export function explain(program: Program, activation: Activation): Explanation {
  const { expr } = program;
  const recorder = new Recorder();
  const result = program.observe(activation, recorder);
  const { whole } = recorder;
  return {
    result: show(result),
    root: explainNode(expr, whole),
    reasons: result === true ? [] : reasonsOf(expr, result, whole),
  };
}

const shown = (result: Result | undefined): ShownValue | undefined => (result === undefined ? undefined : show(result));

/** Literals and names of types speak for themselves, and so does a list of literals. */
const isPlain = (expr: Expr): boolean =>
  expr.kind === 'literal' ||
  (expr.kind === 'ident' && NAMED_VALUES.has(expr.name)) ||
  (expr.kind === 'list' && expr.elements.every(isPlain));

function explainNode(expr: Expr, frame: RecordFrame): ExplainedNode {
  const { start, end } = expr;
  const result = shown(frame.values.get(expr.id));
  const nodes = (children: readonly Expr[], inFrame: RecordFrame): ExplainedNode[] =>
    children.filter((child) => !isPlain(child)).map((child) => explainNode(child, inFrame));
  if (expr.kind !== 'macro' || !expr.target) {
    // `has(a.b)` does not read `a.b`, so what it tests for has no value of its own.
    const children = expr.kind === 'macro' ? (expr.args[0] ? childrenOf(expr.args[0]) : []) : childrenOf(expr);
    return { start, end, result, children: nodes(children, frame) };
  }
  const target = nodes([expr.target], frame);
  const rounds = frame.rounds.get(expr.id);
  const decisive = rounds && decisiveRound(expr, rounds);
  if (!rounds || !decisive) return { start, end, result, children: target };
  return {
    start,
    end,
    result,
    children: [...target, ...nodes(expr.args, decisive)],
    rounds: {
      count: rounds.count,
      decisive: rounds.frames.indexOf(decisive),
      shown: rounds.frames.map(({ element, values }) => ({
        element: show(element ?? null),
        result: shown(values.get(expr.args.at(-1)?.id ?? -1) ?? values.get(expr.args[0]?.id ?? -1)),
      })),
    },
  };
}

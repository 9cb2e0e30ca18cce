import type { CallExpr, Expr, Macro } from '../syntax/ast';
import { show, type ShownValue } from '../values/display';
import { decisiveRound, type RecordFrame } from './record';
import { insteadOf } from '../check/instead';
import { suggest } from '../check/suggest';
import { childrenOf } from '../syntax/tree';
import { literalValue } from '../evaluate/plan-context';
import { CelMap, EvalError, NoValue, Unknown, isList, typeOfValue, type Result, type Value } from '../values/values';

interface At {
  readonly start: number;
  readonly end: number;
}

/** An operand: where it is, and its value unless it speaks for itself (a literal). */
export interface ReasonOperand extends At {
  readonly value: ShownValue | undefined;
}

/**
 * The nearest reason why a condition, or a part of it, is not what was `wanted` of it (false under a `!`). Ranges are UTF-16 offsets.
 * Words are chosen by `reasonWords`, or by who shows it.
 */
export type Reason = At &
  (
    | {
        /** `a OPERATOR b`, the operators of comparison, `in`, and the tests of strings as methods (`startsWith`). */
        readonly kind: 'comparison';
        readonly operator: string;
        readonly left: ReasonOperand;
        readonly right: ReasonOperand;
        readonly wanted: boolean;
        /** Why two that look alike differ: only in case, or by type alone (`500` and `"500"`). */
        readonly near?: 'case' | 'type';
      }
    /** A bool that is not what is wanted, and has no parts to say why. */
    | { readonly kind: 'bool'; readonly wanted: boolean }
    /** `has(a.b)`: absent where it is wanted, or there where it is not. */
    | { readonly kind: 'has'; readonly field: At; readonly wanted: boolean; readonly suggestion?: string }
    /** A key that does not exist was selected. */
    | {
        readonly kind: 'absent';
        readonly key: string;
        readonly suggestion?: string;
        readonly instead?: readonly string[];
      }
    /** Any other failure. `operands` are the values it failed on. */
    | {
        readonly kind: 'error';
        readonly code: string;
        readonly message: string;
        readonly operands: readonly ReasonOperand[];
        /** `double`: a JSON number met an int literal, which `+ - * / %` do not mix. */
        readonly hint?: 'double';
      }
    /** `all`: the first element for which the predicate is false; `exists` under a `!`: for which it is true. */
    | {
        readonly kind: 'element';
        readonly macro: string;
        readonly range: At;
        readonly element: ShownValue;
        readonly because: readonly Reason[];
      }
    /** `exists`: true for none of `count`; `exists_one`: true for `passed`; `all` under a `!`: true for every one. */
    | {
        readonly kind: 'elements';
        readonly macro: string;
        readonly range: At;
        readonly body: At;
        readonly count: number;
        readonly passed: number;
      }
    | { readonly kind: 'unknown'; readonly paths: readonly string[] }
    /** The whole is no bool. */
    | { readonly kind: 'not-bool'; readonly value: ShownValue }
  );

/** Why `expr`, a whole condition, is not `true`. */
export function reasonsOf(expr: Expr, result: Result, whole: RecordFrame): readonly Reason[] {
  if (result instanceof NoValue || typeof result === 'boolean') return why(expr, result, true, whole);
  return [{ kind: 'not-bool', ...rangeOf(expr), value: show(result) }];
}

const rangeOf = ({ start, end }: At): At => ({ start, end });

function why(expr: Expr, result: Result, wanted: boolean, frame: RecordFrame): Reason[] {
  if (result instanceof EvalError) return whyError(expr, result, frame);
  if (result instanceof Unknown) return [{ kind: 'unknown', ...rangeOf(expr), paths: result.paths }];
  if (expr.kind === 'macro') return whyMacro(expr, wanted, frame);
  if (expr.kind !== 'call') return [{ kind: 'bool', ...rangeOf(expr), wanted }];
  const held = (node: Expr | undefined): Result | undefined => (node ? frame.values.get(node.id) : undefined);
  const [first, second, third] = expr.args;
  switch (expr.function) {
    case '_&&_':
    case '_||_':
      // The terms that made it so; for an `||` that is false, and an `&&` that is true, that is every one.
      return expr.args.flatMap((term) => (held(term) === result ? why(term, result, wanted, frame) : []));
    case '!_':
      return first ? why(first, held(first) ?? null, !wanted, frame) : [];
    case '_?_:_': {
      const side = held(first) === true ? second : third;
      return side ? why(side, held(side) ?? null, wanted, frame) : [];
    }
    default:
      return whyCall(expr, wanted, frame);
  }
}

/** The operators and methods whose two sides say why: as written, `_<=_` is `<=`. */
const COMPARISON = /^(?:_([=!<>]=?)_|@(in)|(contains|startsWith|endsWith|matches))$/;

function whyCall(expr: CallExpr, wanted: boolean, frame: RecordFrame): Reason[] {
  const operator = COMPARISON.exec(expr.function)?.slice(1).find(Boolean);
  const [left, right] = expr.target ? [expr.target, ...expr.args] : expr.args;
  if (!operator || !left || !right) return [{ kind: 'bool', ...rangeOf(expr), wanted }];
  const near = nearness(frame.values.get(left.id), frame.values.get(right.id));
  const sides = { left: sideOf(left, frame), right: sideOf(right, frame) };
  return [{ kind: 'comparison', ...rangeOf(expr), operator, ...sides, wanted, ...(near && { near }) }];
}

const isLiteral = (expr: Expr): boolean =>
  expr.kind === 'literal' || (expr.kind === 'list' && expr.elements.every(isLiteral));

function sideOf(expr: Expr, frame: RecordFrame): ReasonOperand {
  const value = frame.values.get(expr.id);
  return { ...rangeOf(expr), value: isLiteral(expr) || value === undefined ? undefined : show(value) };
}

/** Longer texts do not look alike, and looking takes time. */
const MAX_NEAR = 1_000;

function nearness(a: Result | undefined, b: Result | undefined): 'case' | 'type' | undefined {
  if (typeof a === 'string' && typeof b === 'string') {
    return a !== b && a.length < MAX_NEAR && b.length < MAX_NEAR && a.toLowerCase() === b.toLowerCase()
      ? 'case'
      : undefined;
  }
  const [text, other] = typeof a === 'string' ? [a, b] : [b, a];
  const plain = typeof other === 'number' || typeof other === 'bigint' || typeof other === 'boolean';
  return typeof text === 'string' && plain && text === String(other) ? 'type' : undefined;
}

function whyMacro(expr: Macro, wanted: boolean, frame: RecordFrame): Reason[] {
  const [body] = expr.args;
  if (expr.name === 'has' && body?.kind === 'select') {
    const keys = wanted ? keysOf(frame.values.get(body.operand.id)) : [];
    const suggestion = suggestKey(body.field, keys);
    return [{ kind: 'has', ...rangeOf(expr), field: rangeOf(body), wanted, ...(suggestion && { suggestion }) }];
  }
  const rounds = frame.rounds.get(expr.id);
  const round = rounds && decisiveRound(expr, rounds);
  const decided = expr.name === 'all' ? wanted : expr.name === 'exists' ? !wanted : false;
  const at = { ...rangeOf(expr), macro: expr.name, range: rangeOf(expr.target ?? expr) };
  if (decided && round && body) {
    const because = why(body, round.values.get(body.id) ?? null, wanted, round);
    return [{ kind: 'element', ...at, element: show(round.element ?? null), because }];
  }
  const passed = rounds?.frames.filter(({ values }) => values.get(body?.id ?? -1) === true).length ?? 0;
  return [{ kind: 'elements', ...at, body: rangeOf(body ?? expr), count: rounds?.count ?? 0, passed }];
}

/** An error is reported where it arose: at the innermost node that has it. */
function whyError(expr: Expr, error: EvalError, frame: RecordFrame): Reason[] {
  const inner = childrenOf(expr).find((child) => frame.values.get(child.id) === error);
  if (inner) return whyError(inner, error, frame);
  if (expr.kind === 'macro') {
    const rounds = frame.rounds.get(expr.id);
    for (const round of rounds?.frames ?? []) {
      const body = expr.args.find((arg) => round.values.get(arg.id) === error);
      if (body) return whyError(body, error, round);
    }
  }
  if (expr.kind === 'macro' && expr.name === 'has') {
    const operand = childrenOf(expr.args[0] ?? expr)[0];
    if (operand && frame.values.get(operand.id) === error) return whyError(operand, error, frame);
  }
  if (error.code === 'no-such-key' || (error.code === 'invalid-index' && insteadOf(keyRead(expr, frame))))
    return [absent(expr, error, frame)];
  const { code, message, start, end } = error;
  const operands = childrenOf(expr).map((child) => sideOf(child, frame));
  const mixed = code === 'no-such-overload' && expr.kind === 'call' && mixesNumbers(expr, frame);
  return [{ kind: 'error', start, end, code, message, operands, ...(mixed && { hint: 'double' as const }) }];
}

function absent(expr: Expr, error: EvalError, frame: RecordFrame): Reason {
  const operand = childrenOf(expr)[0];
  const key = keyRead(expr, frame);
  const value = operand && frame.values.get(operand.id);
  const suggestion = suggestKey(key, keysOf(value));
  // What other languages have on every list and text.
  const instead = value instanceof CelMap ? undefined : insteadOf(key);
  return { kind: 'absent', ...rangeOf(error), key, ...(suggestion && { suggestion }), ...(instead && { instead }) };
}

function keyRead(expr: Expr, frame: RecordFrame): string {
  if (expr.kind === 'select') return expr.field;
  const written = childrenOf(expr)[1];
  const key = written?.kind === 'literal' ? literalValue(written.value) : frame.values.get(written?.id ?? -1);
  return typeof key === 'string' || typeof key === 'bigint' || typeof key === 'number' ? String(key) : '…';
}

const MAX_KEYS = 1_000;

const keysOf = (value: Result | undefined): string[] =>
  value instanceof CelMap
    ? (value.keyList(MAX_KEYS).filter((key) => typeof key === 'string' && key.length <= 100) as string[])
    : [];

/** A near spelling, or a key that the name begins or that begins it: `channel` for `channel_id`. */
function suggestKey(name: string, keys: readonly string[]): string | undefined {
  if (name.length > 100) return undefined;
  const [a, fold] = [name.toLowerCase(), (key: string) => key.toLowerCase()];
  const begins = (key: string): boolean => fold(key).startsWith(a) || (key.length > 2 && a.startsWith(fold(key)));
  return suggest(name, keys) ?? (name.length > 2 ? keys.find((key) => key !== name && begins(key)) : undefined);
}

function mixesNumbers(expr: CallExpr, frame: RecordFrame): boolean {
  const types = expr.args.map((arg) => frame.values.get(arg.id)).map((value) => value !== undefined && typeName(value));
  return types.includes('double') && types.includes('int');
}

const typeName = (value: Result): string | undefined =>
  value instanceof NoValue || isList(value) ? undefined : typeOfValue(value as Value).name;

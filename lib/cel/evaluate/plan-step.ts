import type { SourceRange } from '../syntax/diagnostic';
import type { CallExpr, Select } from '../syntax/ast';
import type { Evaluate } from './plan-context';
import { EvalError, type Value } from '../values/values';

/** One selection or index of a path: `.b` or `["a"]`. */
export interface Step {
  readonly expr: Select | CallExpr;
  /** The key where it is a literal, else its evaluation. */
  readonly key: Value | undefined;
  readonly operand: Evaluate | undefined;
  readonly missing: EvalError;
}

/** A key that was computed may be of any length. */
const shortened = (key: string): string => (key.length > 200 ? `${key.slice(0, 200)}…` : key);

export function noSuchKey(key: Value, { start, end }: SourceRange): EvalError {
  const shown = typeof key === 'string' || typeof key === 'bigint' ? `: \`${shortened(String(key))}\`` : '';
  return new EvalError('no-such-key', `no such key${shown}`, start, end);
}

export const noVariable = (name: string, { start, end }: SourceRange): EvalError =>
  new EvalError('no-such-variable', `\`${name}\` is not given`, start, end);

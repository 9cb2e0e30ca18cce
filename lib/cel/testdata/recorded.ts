import { DYN, STRING, mapOf, parseType } from '../check/types';
import { activation, compile, encodeResult, type Declarations, type EncodedValue, type CelInput } from '../index';

/** One recorded answer of cel-go (`testdata/cel-go-*.jsonl`). */
export interface Recorded {
  readonly id: string;
  readonly expression: string;
  readonly context?: Readonly<Record<string, CelInput>>;
  readonly contextId?: string;
  readonly timestampAt?: readonly string[];
  readonly declared?: Readonly<Record<string, string>>;
  readonly unknown?: readonly string[];
  readonly result:
    | { readonly type: string; readonly value: EncodedValue }
    | { readonly error: { readonly phase: 'parse' | 'check' | 'eval' } }
    | { readonly unknown: true };
  readonly quirk?: string;
}

export type Contexts = Readonly<
  Record<string, { readonly context: Readonly<Record<string, CelInput>>; readonly timestampAt?: readonly string[] }>
>;

const FACTS = mapOf(STRING, DYN);
const DECLARED: Declarations = { agent: FACTS, user: FACTS, resource: FACTS, tool: FACTS, request: FACTS };

/** A result in the form that two are compared in: maps in the order of their keys, errors by phase alone. */
export function comparable(result: unknown): string {
  return JSON.stringify(result, (key, value: unknown) => {
    if (key === 'map' && Array.isArray(value)) return value.map((entry) => JSON.stringify(entry)).sort();
    if (key === 'error') return (value as { phase: string }).phase === 'eval' ? 'eval' : 'compile';
    return Object.is(value, -0) ? 0 : value;
  });
}

/** What this evaluator answers, in the recorded encoding. */
export async function answer(row: Recorded, contexts: Contexts): Promise<unknown> {
  const declarations = row.declared
    ? Object.fromEntries(Object.entries(row.declared).map(([name, type]) => [name, parseType(type) ?? DYN]))
    : DECLARED;
  const compiled = await compile(row.expression, { declarations });
  if (!compiled.ok) return { error: { phase: compiled.diagnostics[0]?.phase ?? 'parse' } };
  const held = row.contextId === undefined ? undefined : contexts[row.contextId];
  const given = activation(
    row.context ?? held?.context ?? {},
    row.unknown ?? [],
    row.timestampAt ?? held?.timestampAt ?? [],
  );
  return encodeResult(compiled.program.evaluate(given));
}

import { celEnv, celMap, isCelError, parse as parseBufbuild, plan as planBufbuild, type CelInput } from '@bufbuild/cel';
import { Environment } from '@marcbachmann/cel-js';
import { evaluate as evaluateCelJs, parse as parseCelJs } from 'cel-js';
import { DECISION_DECLARATIONS, activation, compile, isError, parse, Program, type Declarations } from '../index';
import { DYN } from '../check/types';
import type { BenchCall } from './conditions';

export interface PrepareOptions {
  /** Paths whose string is to be a time, where the library's variables can hold one. */
  readonly timestampAt?: readonly string[];
  /** Leave out the type check, where there is one. */
  readonly unchecked?: boolean;
}

/** One library's way of deciding: prepared once, then called with a call's place in the list. Errors are `undefined`. */
export interface Library {
  readonly name: string;
  readonly prepare: (
    source: string,
    calls: readonly BenchCall[],
    options?: PrepareOptions,
  ) => Promise<(index: number) => unknown>;
}

const attempt = (run: (index: number) => unknown) => (index: number) => {
  try {
    return run(index);
  } catch {
    return undefined;
  }
};

export const OURS: Library = {
  name: 'lib/cel',
  prepare: async (source, calls, { timestampAt = [], unchecked = false } = {}) => {
    const variables = Object.keys(calls[0] ?? {});
    const declarations: Record<string, Declarations[string]> = { ...DECISION_DECLARATIONS };
    for (const name of variables) declarations[name] ??= DYN;
    const program = unchecked ? unheld(source, variables) : await held(source, declarations);
    const activations = calls.map((call) => activation({ ...call } as never, [], timestampAt));
    return (index) => {
      const result = program.evaluate(activations[index] as never);
      return isError(result) ? undefined : result;
    };
  },
};

async function held(source: string, declarations: Declarations): Promise<Program> {
  const compiled = await compile(source, { declarations });
  if (!compiled.ok) throw new Error(`does not compile: ${source}`);
  return compiled.program;
}

function unheld(source: string, variables: readonly string[]): Program {
  const { expr, diagnostics } = parse(source);
  if (diagnostics.length) throw new Error(`does not parse: ${source}`);
  return new Program(source, expr, { references: new Map() }, new Set(variables));
}

const nested = (value: unknown): CelInput => {
  if (Array.isArray(value)) return value.map(nested) as CelInput;
  if (typeof value !== 'object' || value === null) return value as CelInput;
  return celMap(new Map(Object.entries(value).map(([key, held]) => [key, nested(held)])) as never);
};

export const OTHERS: readonly Library[] = [
  {
    name: '@marcbachmann/cel-js',
    prepare: async (source, calls) => {
      const environment = new Environment({ unlistedVariablesAreDyn: true });
      const run = environment.parse(source);
      return attempt((index) => run(calls[index] as never));
    },
  },
  {
    name: '@bufbuild/cel',
    prepare: async (source, calls) => {
      const run = planBufbuild(celEnv(), parseBufbuild(source));
      const contexts = calls.map((call) =>
        Object.fromEntries(Object.entries(call).map(([name, value]) => [name, nested(value)])),
      );
      return attempt((index) => {
        const result: unknown = run(contexts[index] as never);
        return isCelError(result) ? undefined : result;
      });
    },
  },
  {
    name: 'cel-js',
    prepare: async (source, calls) => {
      const parsed = parseCelJs(source);
      if (!parsed.isSuccess) throw new Error(`does not parse: ${source}`);
      return attempt((index) => evaluateCelJs(parsed.cst, calls[index] as never));
    },
  },
];

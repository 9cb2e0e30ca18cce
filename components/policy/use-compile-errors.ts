'use client';
import { useCallback, useMemo } from 'react';
import type { Rule } from '@/lib/engine';
import { useSession } from '../session/session';
import { useAnswer } from '../session/use-answer';
import type { CompileErrors } from './rule-verdicts';

const NONE: CompileErrors = new Map();

/** The rules' conditions that do not compile; until the worker has answered, those of the rules before. */
export function useCompileErrors(rules: readonly Rule[]): CompileErrors {
  const { replay } = useSession();
  const written = JSON.stringify([...new Set(rules.flatMap(({ condition }) => condition ?? []))]);
  const question = useMemo(() => {
    const conditions = JSON.parse(written) as readonly string[];
    return conditions.length === 0 ? undefined : { conditions };
  }, [written]);
  const ask = useCallback((params: { conditions: readonly string[] }) => replay.ask('compileErrors', params), [replay]);
  return useAnswer(question, ask).answer ?? NONE;
}

'use client';
import { useMemo } from 'react';
import type { ComparedCall } from '@/lib/worker';
import { useSession } from '../session/session';
import { useAnswer } from '../session/use-answer';
import type { ComparisonState } from './use-baseline';

/** One call under both policies; undefined while that is calculated, never the result of an earlier call. */
export function useComparedCall(
  pair: ComparisonState['pair'],
  index: number,
): { readonly compared: ComparedCall | undefined; readonly failure: string | undefined } {
  const { replay } = useSession();
  const question = useMemo(() => (pair === undefined ? undefined : { ...pair, index }), [pair, index]);
  const ask = useMemo(() => (params: NonNullable<typeof question>) => replay.ask('compareCall', params), [replay]);
  const { answer, current, failure } = useAnswer(question, ask);
  return current && failure === undefined
    ? { compared: answer, failure: undefined }
    : { compared: undefined, failure: current ? failure : undefined };
}

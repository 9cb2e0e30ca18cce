'use client';
import { useMemo } from 'react';
import type { WorkerQuestions } from '@/lib/worker';
import { counted } from '../ui/words';
import { useReplay, useSession } from './session';
import { useAnswer } from './use-answer';

type ArgumentValues = WorkerQuestions['seenValues']['result'];

const NONE: ArgumentValues = [];

/** What calls of the open trace give for an argument, by its path below `request.args`; none where no path is given. */
export function useSeenValues(path: readonly string[] | undefined): ArgumentValues {
  const { replay } = useSession();
  const { open } = useReplay('open');
  const key = path === undefined ? undefined : JSON.stringify(path);
  const question = useMemo(
    () => (key === undefined || open === undefined ? undefined : { path: JSON.parse(key) as readonly string[] }),
    [key, open],
  );
  const ask = useMemo(() => (params: NonNullable<typeof question>) => replay.ask('seenValues', params), [replay]);
  const { answer, current } = useAnswer(question, ask);
  return current ? (answer ?? NONE) : NONE;
}

/** A seen value as a suggestion of a field. */
export const seenSuggestion = ({ value, count }: ArgumentValues[number]) => ({ value, detail: counted(count, 'call') });

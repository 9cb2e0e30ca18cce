'use client';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import type { Policy } from '@/lib/engine';
import type { ReplayClient, WorkerQuestions } from '@/lib/worker';
import { useSession } from './session';
import { useAnswer } from './use-answer';
import { useKnown } from './use-catalog';

type PermissionsQuestion = WorkerQuestions['comparePermissions']['params'];
export type ComparedPermissions = WorkerQuestions['comparePermissions']['result'];

interface PermissionsAnswer {
  readonly compared: ComparedPermissions | undefined;
  readonly failure: string | undefined;
}

/**
 * Whether a policy permits more than another one, over all calls; undefined while that is computed, never the answer for earlier policies.
 * A newer question ends the one that is under way; nothing is asked where a policy is undefined.
 */
export function usePermissions(before: Policy | undefined, after: Policy | undefined): PermissionsAnswer {
  const { replay } = useSession();
  const { catalog } = useKnown();
  const question = useMemo(
    () => (before === undefined || after === undefined ? undefined : { before, after, catalog }),
    [before, after, catalog],
  );
  const { answer, current, failure } = useAnswer(question, useInterruptible(replay, question));
  return {
    compared: current && failure === undefined ? answer : undefined,
    failure: current ? failure : undefined,
  };
}

/** Asks the worker, and aborts what was asked once another question is the present one. */
function useInterruptible(replay: ReplayClient, question: PermissionsQuestion | undefined) {
  const running = useRef<{ readonly question: PermissionsQuestion; readonly abort: AbortController }>(undefined);
  useEffect(() => {
    if (running.current?.question !== question) running.current?.abort.abort();
  }, [question]);
  return useCallback(
    (asked: PermissionsQuestion) => {
      const abort = new AbortController();
      running.current = { question: asked, abort };
      return replay.ask('comparePermissions', asked, { signal: abort.signal });
    },
    [replay],
  );
}

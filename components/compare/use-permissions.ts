'use client';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import type { ReplayClient, WorkerQuestions } from '@/lib/worker';
import { useReplay, useSession } from '../session/session';
import { useAnswer } from '../session/use-answer';
import { useKnown } from '../session/use-catalog';
import { useShownRules } from '../session/use-reasons';
import type { ShownBaseline } from './use-baseline';

type PermissionsQuestion = WorkerQuestions['comparePermissions']['params'];
export type ComparedPermissions = WorkerQuestions['comparePermissions']['result'];

/**
 * Whether the shown policy permits more than a baseline, over all calls; undefined while that is calculated, never the answer for earlier
 * policies. It is asked once the open trace is decided, and a newer question ends the one that is under way.
 */
export function usePermissions(against: ShownBaseline): {
  readonly compared: ComparedPermissions | undefined;
  readonly failure: string | undefined;
} {
  const { replay } = useSession();
  const { open, results } = useReplay('open', 'results');
  const { catalog } = useKnown();
  const after = useShownRules();
  const before = against.policy;
  const decided = open === undefined || results !== undefined;
  const question = useMemo(
    () => (decided ? { before: { rules: before.rules, settings: before.settings }, after, catalog } : undefined),
    [decided, before.rules, before.settings, after, catalog],
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

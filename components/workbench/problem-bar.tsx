'use client';
import { useEffect, type ReactNode } from 'react';
import { problemText, retryWords } from '../session/problem-words';
import { useReplay, useSession, useWorkspace } from '../session/session';
import { useShownPolicy } from '../session/shown-policy';
import { Button } from '../ui/button';
import { NoticeBar } from './notice-bar';

/** A worker that failed, or that did not answer and was ended. */
export function ProblemBar({ download }: { download: ReactNode }) {
  const { replay } = useSession();
  const { saved } = useWorkspace('saved');
  const { problem } = useReplay('problem');
  const isUnloaded = problem?.kind === 'unloaded';
  useEffect(() => {
    if (!isUnloaded) return undefined;
    const retry = () => void replay.restart();
    window.addEventListener('online', retry, { once: true });
    return () => window.removeEventListener('online', retry);
  }, [isUnloaded, replay]);
  const shown = useShownPolicy();
  if (problem === undefined) return null;
  const again = retryWords(problem);
  const isStuck = problem.kind === 'stuck';
  return (
    <NoticeBar
      onClose={isStuck ? () => replay.dismissProblem() : undefined}
      actions={
        <>
          {again === undefined ? null : <Button onClick={() => void replay.restart()}>{again}</Button>}
          {isStuck ? null : download}
        </>
      }
    >
      <p>
        {problemText(problem, shown)}
        {isStuck && saved.kind === 'memory' ? ' Traces that were in memory only are lost.' : ''}
      </p>
    </NoticeBar>
  );
}

'use client';
import { useEffect } from 'react';
import { useWorkspace } from '../session/session';

/**
 * The browser asks before the page is left while something would be lost: an edit that is on its way to storage, or could not be stored,
 * or is held in memory alone.
 */
export function useAskBeforeLeaving(): void {
  const { saved, history } = useWorkspace('saved', 'history');
  const atRisk = saved.kind === 'memory' ? history.undo !== null : saved.kind !== 'saved';
  // INVARIANT: it listens only while something is at risk: a page that listens is not kept for when one comes back to it.
  useEffect(() => {
    if (!atRisk) return undefined;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [atRisk]);
}

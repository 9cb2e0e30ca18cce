'use client';
import { useEffect } from 'react';
import { useWorkspace } from '../session/session';

/**
 * Makes the browser ask before the page is closed while something would be lost: an edit that is being stored, could not be stored, or is
 * in memory alone.
 */
export function useAskBeforeLeaving(): void {
  const { saved, history } = useWorkspace('saved', 'history');
  const atRisk = saved.kind === 'memory' ? history.undo !== null : saved.kind !== 'saved';
  // INVARIANT: listens only while something is at risk: a page with this listener is not kept in the back/forward cache.
  useEffect(() => {
    if (!atRisk) return undefined;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [atRisk]);
}

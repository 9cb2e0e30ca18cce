'use client';
import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { readAddress, writeAddress, type CompareAddress, type CompareAddressRead } from './address';

/** The browser's events cover its own navigation only; a change that this page makes is announced by this event. */
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('popstate', listener);
  window.addEventListener('hashchange', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('popstate', listener);
    window.removeEventListener('hashchange', listener);
  };
}

/** `step`: adds an entry to the browser's history; `same`: replaces the current entry. */
export type Navigate = (to: CompareAddress, how: 'step' | 'same') => void;

/** The parsed address, updated as it changes, and a function that changes it. */
export function useAddress(): readonly [CompareAddressRead, Navigate] {
  const fragment = useSyncExternalStore(
    subscribe,
    () => location.hash,
    () => '',
  );
  const address = useMemo(() => readAddress(fragment), [fragment]);
  const go = useCallback<Navigate>((to, how) => {
    const url = location.pathname + location.search + writeAddress(to);
    if (how === 'step') history.pushState(null, '', url);
    else history.replaceState(null, '', url);
    for (const listener of listeners) listener();
  }, []);
  return [address, go];
}

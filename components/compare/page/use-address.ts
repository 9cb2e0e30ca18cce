'use client';
import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { readAddress, writeAddress, type CompareAddress, type CompareAddressRead } from './address';

/** The browser tells of its own steps only: what this page writes into the address it tells itself. */
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

/** `step`: a step of the browser's history, to which one comes back; `same`: in place of the present one. */
export type Navigate = (to: CompareAddress, how: 'step' | 'same') => void;

/** What the address names, followed as it changes; and the way to another. */
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

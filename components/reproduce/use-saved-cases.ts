'use client';
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import type { SavedCase, Store } from '@/lib/store';

export interface SavedCasesState {
  /** Whether the page shows what is stored; with `?fresh` in the address it does not. */
  readonly isShown: boolean;
  /** Newest first. */
  readonly cases: readonly SavedCase[];
  /** Why cases cannot be kept in this browser, in its words. */
  readonly problem: string | undefined;
  /** Resolves with false where it could not be stored, which is then the `problem`. */
  put(saved: SavedCase): Promise<boolean>;
  remove(id: string): Promise<void>;
}

const subscribe = () => () => undefined;
const readAddress = () => !new URLSearchParams(location.search).has('fresh');

/** The cases that are saved in this browser. */
export function useSavedCases(): SavedCasesState {
  const isShown = useSyncExternalStore(subscribe, readAddress, () => false);
  const [store, setStore] = useState<Store>();
  const [cases, setCases] = useState<readonly SavedCase[]>([]);
  const [problem, setProblem] = useState<string>();

  useEffect(() => {
    if (!isShown) return undefined;
    let gone = false;
    let open: Store | undefined;
    const list = async () => {
      const listed = await open?.listCases();
      if (gone || listed === undefined) return;
      if (listed.kind === 'failed') setProblem(listed.message);
      else setCases([...listed.values].sort((a, b) => b.savedAt - a.savedAt));
    };
    void import('@/lib/store')
      .then(({ openStore }) => openStore({ now: Date.now }))
      .then((opened) => {
        if (gone) return opened.store.close();
        open = opened.store;
        if (opened.kind === 'memory') setProblem(opened.failure.message);
        open.watch(({ change }) => {
          if (change.kind === 'cases' || change.kind === 'erased') void list();
        });
        setStore(open);
        return list();
      });
    return () => {
      gone = true;
      open?.close();
    };
  }, [isShown]);

  const put = useCallback(
    async (saved: SavedCase) => {
      const outcome = await store?.putCase(saved);
      if (outcome?.kind === 'failed') setProblem(outcome.message);
      return outcome?.kind === 'done';
    },
    [store],
  );
  const remove = useCallback(async (id: string) => void (await store?.deleteCase(id)), [store]);
  return { isShown, cases, problem, put, remove };
}

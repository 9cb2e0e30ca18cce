'use client';
import { useState } from 'react';
import { useSession, useWorkspace } from '../session/session';

/** By workspace, then by policy and name. */
const unfinished = new WeakMap<object, Map<string, unknown>>();

/** State of a form that is there again when its dialog was closed and is opened anew for the same policy. */
export function useUnfinished<T>(name: string, first: T): readonly [T, (next: T) => void] {
  const { workspace } = useSession();
  const { policy } = useWorkspace('policy');
  const key = JSON.stringify([policy.id, name]);
  const [value, setValue] = useState<T>(() => (unfinished.get(workspace)?.get(key) as T | undefined) ?? first);
  const keep = (next: T) => {
    const kept = unfinished.get(workspace) ?? new Map<string, unknown>();
    unfinished.set(workspace, kept.set(key, next));
    setValue(next);
  };
  return [value, keep];
}

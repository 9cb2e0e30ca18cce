'use client';
import { useSyncExternalStore } from 'react';

// The switch is in two parts that are loaded apart, the policy pane and the command palette: until the page is left.
const listeners = new Set<() => void>();
let isOn = false;

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Whether the policy pane shows what each draft would change. */
export const useWithDrafts = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => isOn,
    () => false,
  );

export function setWithDrafts(on: boolean): void {
  isOn = on;
  for (const listener of listeners) listener();
}

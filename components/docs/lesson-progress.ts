'use client';
import { useSyncExternalStore } from 'react';

/** Deleted with all data: the prefix is that of everything that is kept beside policies. */
const KEY = 'policy-playground.lessons';
const MOST_LESSONS = 100;
const NONE: readonly string[] = [];

const listeners = new Set<() => void>();
let solved: readonly string[] | undefined;

/** What is stored, as the ids of lessons; what is not such a list counts as none. */
export function readSolved(stored: string | null): readonly string[] {
  try {
    const value: unknown = JSON.parse(stored ?? '[]');
    if (!Array.isArray(value)) return NONE;
    return value.filter((one): one is string => typeof one === 'string').slice(0, MOST_LESSONS);
  } catch {
    return NONE;
  }
}

function current(): readonly string[] {
  if (solved !== undefined) return solved;
  try {
    solved = readSolved(localStorage.getItem(KEY));
  } catch {
    solved = NONE;
  }
  return solved;
}

function keep(now: readonly string[]): void {
  solved = now;
  try {
    localStorage.setItem(KEY, JSON.stringify(now));
  } catch {
    // Storage is refused: the progress lasts until the page is closed.
  }
  for (const listener of listeners) listener();
}

export function markSolved(id: string): void {
  if (!current().includes(id)) keep([...current(), id]);
}

export const forgetSolved = (): void => keep(NONE);

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

/** The ids of the lessons that were solved in this browser. */
export const useSolved = (): readonly string[] => useSyncExternalStore(subscribe, current, () => NONE);

'use client';
import { useSyncExternalStore } from 'react';

/** The user's preferences for editing conditions, stored in this browser. */
export interface EditorPreferences {
  /** A plain text field instead of the code editor. */
  readonly plain: boolean;
  /** The values of the call in focus, inside the condition. */
  readonly values: boolean;
}

const KEY = 'policy-playground.condition-editor';
const DEFAULTS: EditorPreferences = { plain: false, values: true };

const listeners = new Set<() => void>();
let current: EditorPreferences | undefined;

function stored(): EditorPreferences {
  if (current !== undefined) return current;
  current = DEFAULTS;
  try {
    const read: unknown = JSON.parse(localStorage.getItem(KEY) ?? 'null');
    const flag = (name: keyof EditorPreferences): boolean => {
      const value: unknown = typeof read === 'object' && read !== null ? Reflect.get(read, name) : undefined;
      return typeof value === 'boolean' ? value : DEFAULTS[name];
    };
    current = { plain: flag('plain'), values: flag('values') };
  } catch {
    // Storage is refused or contains something else: use the defaults.
  }
  return current;
}

export function setEditorPreferences(part: Partial<EditorPreferences>): void {
  current = { ...stored(), ...part };
  try {
    localStorage.setItem(KEY, JSON.stringify(current));
  } catch {
    // Storage is refused: the choice applies until the page is closed.
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useEditorPreferences(): EditorPreferences {
  return useSyncExternalStore(subscribe, stored, () => DEFAULTS);
}

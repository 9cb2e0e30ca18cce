/** The preferences that pages keep in this browser beside the store: theme, sizes of panes, columns of the table, editor, lessons. */
import type { PagePreferences } from '@/lib/workspace';

/** Other pages of this host may keep things beside ours. */
const PREFIX = 'policy-playground.';

const keys = (): readonly string[] => Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));

/** Empty where the browser refuses storage. */
export function readPagePreferences(): PagePreferences {
  try {
    return Object.fromEntries(keys().map((key) => [key.slice(PREFIX.length), localStorage.getItem(key) ?? '']));
  } catch {
    return {};
  }
}

/**
 * Sets those that are not set here; what reads one checks it. Pages follow when they are next loaded.
 * @returns how many were set
 */
export function addPagePreferences(preferences: PagePreferences): number {
  try {
    const unset = Object.entries(preferences).filter(([name]) => localStorage.getItem(PREFIX + name) === null);
    for (const [name, value] of unset) localStorage.setItem(PREFIX + name, value);
    return unset.length;
  } catch {
    return 0;
  }
}

export function forgetPagePreferences(): void {
  try {
    for (const key of keys()) localStorage.removeItem(key);
  } catch {
    // Where storage is refused, nothing was kept.
  }
}

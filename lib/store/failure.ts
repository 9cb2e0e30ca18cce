import type { StoreFailure } from './store';

const REASONS: Readonly<Record<string, StoreFailure['reason']>> = {
  QuotaExceededError: 'quota',
  NS_ERROR_DOM_INDEXEDDB_QUOTA_ERR: 'quota',
  DatabaseClosedError: 'closed',
  InvalidStateError: 'closed',
  TransactionInactiveError: 'closed',
  SecurityError: 'refused',
  NotAllowedError: 'refused',
  MissingAPIError: 'refused',
};

/** What a rejected promise of the database says. Dexie wraps the browser's error, at times more than once, in `inner`. */
export function failureOf(error: unknown): StoreFailure {
  let message = 'unknown error';
  let reason: StoreFailure['reason'] = 'other';
  for (let at: unknown = error, depth = 0; at !== null && typeof at === 'object' && depth < 5; depth++) {
    const { name, message: text, inner } = at as { name?: unknown; message?: unknown; inner?: unknown };
    if (typeof text === 'string' && text !== '') message = text;
    if (typeof name === 'string') reason = REASONS[name] ?? reason;
    at = inner;
  }
  if (typeof error === 'string') message = error;
  return { kind: 'failed', reason, message };
}

/** Runs what may reject, and makes the rejection a tagged outcome. */
export async function attempt<T>(work: () => Promise<T>): Promise<T | StoreFailure> {
  try {
    return await work();
  } catch (error) {
    return failureOf(error);
  }
}

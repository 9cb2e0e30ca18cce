import { loadWithRetries } from '@/lib/loading';

interface NotifyOptions {
  action?: { label: string; onClick(): void };
}

let notified = false;
const listeners = new Set<() => void>();

/** Shows a toast about a completed action; announced politely. Not for anything that needs an action. */
export function notify(text: string, options: NotifyOptions = {}): void {
  notified = true;
  for (const listener of listeners) listener();
  // The library keeps toasts from before its container renders, and shows them then.
  void loadWithRetries(() => import('sonner')).then(
    // As an element of ours, so that hidden characters of names are drawn as marks.
    ({ toast }) => toast(<span>{text}</span>, options),
    () => undefined,
  );
}

export const hasNotified = (): boolean => notified;

export function onNotified(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

interface NotifyOptions {
  action?: { label: string; onClick(): void };
}

let notified = false;
const listeners = new Set<() => void>();

/** A passing word about what was just done; read aloud politely. What must be acted on is not said here. */
export function notify(text: string, options: NotifyOptions = {}): void {
  notified = true;
  for (const listener of listeners) listener();
  // The library keeps what is said before its corner is drawn, and shows it then.
  void import('sonner').then(({ toast }) => toast(text, options));
}

export const hasNotified = (): boolean => notified;

export function onNotified(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

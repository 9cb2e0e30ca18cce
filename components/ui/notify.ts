import { toast } from 'sonner';

interface NotifyOptions {
  action?: { label: string; onClick(): void };
}

/** A passing word about what was just done; read aloud politely. What must be acted on is not said here. */
export function notify(text: string, options: NotifyOptions = {}): void {
  toast(text, options);
}

import { notify } from './notify';

/** Copies a text, and shows `said`. `otherwise`: what to do where the browser does not allow it. */
export async function copyText(text: string, said: string, otherwise?: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    notify(said);
  } catch {
    notify(`The browser does not allow copying here${otherwise === undefined ? '' : `: ${otherwise}`}`);
  }
}

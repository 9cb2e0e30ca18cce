import { download } from './download';

/** Everything that this browser holds, as one file; read straight from storage, so that it works when the page does not. */
export async function downloadWork(): Promise<void> {
  const { openStore, exportEverything } = await import('@/lib/store');
  const opened = await openStore({ now: Date.now, random: Math.random });
  const file = await exportEverything(opened.store);
  download(file.blob, file.name);
}

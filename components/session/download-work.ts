import type { PagePreferences, WorkFile } from '@/lib/workspace';
import { download } from '../ui/download';
import { notify } from '../ui/notify';
import { loadWithRetries } from '@/lib/loading';

type WorkExporter = (preferences: PagePreferences) => Promise<WorkFile>;

/** The running session's work: from storage, or from memory where nothing is stored. */
let source: WorkExporter | undefined;

export function workIsIn(exporter: WorkExporter | undefined): void {
  source = exporter;
}

/** Downloads everything that this browser stores as one file. Where no session runs, storage is read directly. */
export async function downloadWork(): Promise<void> {
  try {
    // What writes the file is fetched when it is first needed.
    const file = await loadWithRetries(async () => {
      const { readPagePreferences } = await import('./page-preferences');
      return (source ?? fromStorage)(readPagePreferences());
    });
    download(new Blob([file.bytes], { type: 'application/zip' }), file.name);
  } catch (error) {
    notify(`The download failed: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function fromStorage(preferences: PagePreferences): Promise<WorkFile> {
  const { startWorkspace } = await import('@/lib/workspace');
  return (await startWorkspace({ now: Date.now, random: Math.random })).exportWork(undefined, preferences);
}

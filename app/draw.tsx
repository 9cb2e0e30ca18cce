/**
 * Entry for the build: draws the first screens of pages, as a first visitor finds them, in the document that `scripts/lib/first-screens.mjs`
 * makes. The engine decides the sample here as it does in the worker.
 */
import { createRoot } from 'react-dom/client';
import { ComparePage } from '@/components/compare/page/compare-page';
import { VISITED } from '@/components/first-screen/first-screen';
import type { PageSession } from '@/components/session/session';
import { Workbench } from '@/components/workbench/workbench';
import { DATABASE, openMemoryStore } from '@/lib/store';
import { ReplayClient } from '@/lib/worker';
import { SameThreadWorker } from '@/lib/worker/same-thread';
import { startWorkspaceOn } from '@/lib/workspace';

export { DATABASE, VISITED };

const now = () => 0;

/** A session of which nothing is kept. */
async function beginForOnce(): Promise<PageSession> {
  const store = openMemoryStore(now);
  const workspace = await startWorkspaceOn({ kind: 'indexeddb', store }, { now, random: () => 0 });
  const clock = { now, every: () => () => undefined };
  const ports = { now, newId: () => 'first', breathe: () => Promise.resolve() };
  // INVARIANT: of a worker the client uses no more than `SameThreadWorker` has.
  const spawn = () => new SameThreadWorker(store, ports) as unknown as Worker;
  return { workspace, replay: new ReplayClient(spawn, (run) => void setTimeout(run), clock) };
}

/** Milliseconds. */
const BETWEEN_LOOKS = 300;
const MOST_LOOKS = 200;

const PAGES = { workbench: Workbench, compare: ComparePage } as const;

/** A page that is drawn. */
interface DrawnPage {
  /** Resolves once nothing in it changes any more; rejects where it does not come to rest. */
  rest(): Promise<void>;
  end(): void;
}

/** Draws a page into `root`. */
export async function drawPage(page: keyof typeof PAGES, root: Element): Promise<DrawnPage> {
  const Page = PAGES[page];
  const drawn = createRoot(root);
  drawn.render(<Page begin={beginForOnce} />);
  const rest = async () => {
    let before = '';
    for (let looks = 0; looks < MOST_LOOKS; looks++) {
      await new Promise((done) => setTimeout(done, BETWEEN_LOOKS));
      const alert = root.querySelector('[role="alert"]');
      if (alert !== null) throw new Error(`the page ${page} reports: ${alert.textContent}`);
      const now = root.innerHTML;
      const isBusy = root.querySelector('[aria-busy="true"]') !== null || root.querySelector('h1') === null;
      if (now === before && !isBusy) return;
      before = now;
    }
    throw new Error(`the page ${page} does not come to rest`);
  };
  await rest();
  return { rest, end: () => drawn.unmount() };
}

'use client';
import { createContext, useContext, useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
import type { Call } from '@/lib/engine';
import type { ReplayClient, ReplayState } from '@/lib/worker';
import { workIsIn } from './download-work';
import { startReplay } from './start-replay';
import {
  startWorkspace,
  type UnsavedTrace,
  type ReadySnapshot,
  type StartOptions,
  type Workspace,
} from '@/lib/workspace';

/** The page's two long-lived parts: the policies, and the traces with their decisions. */
export interface PageSession {
  readonly workspace: Workspace;
  readonly replay: ReplayClient;
}

const SessionContext = createContext<PageSession | undefined>(undefined);

interface SessionProviderProps {
  loading: ReactNode;
  /** How the workspace starts, read once the page runs in a browser; by default as it was left. */
  start?: (() => Pick<StartOptions, 'policy' | 'onlyLooks'>) | undefined;
  /** Where a page is drawn at build, another session than that of a browser. */
  begin?: BeginSession | undefined;
  children: ReactNode;
}

export type BeginSession = (options: Pick<StartOptions, 'policy' | 'onlyLooks'> | undefined) => Promise<PageSession>;

const beginInBrowser: BeginSession = async (options) => ({
  workspace: await startWorkspace({ now: Date.now, random: Math.random, ...options }),
  replay: startReplay(),
});

/** Starts the session once the page runs in a browser, and shows `loading` until the policies are read. */
export function SessionProvider({ loading, start, begin = beginInBrowser, children }: SessionProviderProps) {
  const [session, setSession] = useState<PageSession>();
  const [first] = useState(() => ({ start, begin }));
  useEffect(() => {
    let gone = false;
    let started: PageSession | undefined;
    void first.begin(first.start?.()).then((begun) => {
      started = begun;
      if (gone) end(started);
      else {
        const { workspace, replay } = started;
        workIsIn((preferences) => workspace.exportWork(() => heldTraces(replay), preferences));
        setSession(started);
      }
    });
    return () => {
      gone = true;
      workIsIn(undefined);
      if (started !== undefined) end(started);
    };
  }, [first]);
  if (session === undefined) return loading;
  return (
    <SessionContext value={session}>
      <WhenReady loading={loading}>{children}</WhenReady>
    </SessionContext>
  );
}

/** Where nothing is stored, the traces are the worker's alone. */
function heldTraces(replay: ReplayClient): Promise<readonly UnsavedTrace[]> {
  const { traces } = replay.getSnapshot();
  return Promise.all(traces.map(async ({ id, name }) => ({ name, ndjson: await replay.exportTrace(id) })));
}

function end({ workspace, replay }: PageSession): void {
  workspace.close();
  replay.end();
}

function WhenReady({ loading, children }: { loading: ReactNode; children: ReactNode }) {
  const { workspace } = useSession();
  const snapshot = useSyncExternalStore(workspace.subscribe, workspace.getSnapshot, workspace.getSnapshot);
  useEffect(() => onShown(() => void workspace.refresh()), [workspace]);
  return snapshot.phase === 'ready' ? children : loading;
}

/** Calls `listener` whenever the page comes into view: other tabs may have changed what is stored. Returns what ends that. */
export function onShown(listener: () => void): () => void {
  const follow = () => {
    if (document.visibilityState === 'visible') listener();
  };
  document.addEventListener('visibilitychange', follow);
  return () => document.removeEventListener('visibilitychange', follow);
}

export function useSession(): PageSession {
  const session = useContext(SessionContext);
  if (session === undefined) throw new Error('no session: this component is outside SessionProvider');
  return session;
}

/**
 * These parts of the workspace, which is ready wherever anything under SessionProvider renders. Changes of other parts cause no render.
 * Pass the same names in every render.
 */
export function useWorkspace<K extends keyof ReadySnapshot>(...parts: readonly K[]): Pick<ReadySnapshot, K> {
  const { workspace } = useSession();
  const [read] = useState(() => partsOf(() => readyOf(workspace), parts));
  return useSyncExternalStore(workspace.subscribe, read, read);
}

function readyOf(workspace: Workspace): ReadySnapshot {
  const snapshot = workspace.getSnapshot();
  if (snapshot.phase !== 'ready') throw new Error('the workspace is not ready yet');
  return snapshot;
}

/** These parts of the traces' and decisions' state. Changes of other parts cause no render. Pass the same names in every render. */
export function useReplay<K extends keyof ReplayState>(...parts: readonly K[]): Pick<ReplayState, K> {
  const { replay } = useSession();
  const [read] = useState(() => partsOf(replay.getSnapshot, parts));
  return useSyncExternalStore(replay.subscribe, read, read);
}

/** The call in focus, once it is explained; the same object for each new explanation of the call. */
export function useFocusedCall(): Call | undefined {
  const { replay } = useSession();
  const read = () => replay.getSnapshot().explained?.call;
  return useSyncExternalStore(replay.subscribe, read, read);
}

/** Returns the same object while each part is the same. */
function partsOf<S, K extends keyof S>(read: () => S, parts: readonly K[]): () => Pick<S, K> {
  let last: Pick<S, K> = read();
  return () => {
    const now = read();
    if (parts.some((part) => now[part] !== last[part])) last = now;
    return last;
  };
}

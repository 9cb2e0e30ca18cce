'use client';
import { useEffect, useRef } from 'react';
import type { CompareAddress } from '../compare/page/address';
import { importSample } from '../replay/sample-trace';
import { useReplay, useSession, useWorkspace } from '../session/session';

const SAMPLE = { title: 'A Tuesday at Acme', file: 'acme-tuesday.ndjson', catalog: 'acme-catalog.json' };

/** A call of a stored trace and a policy that another page of the site asks to show. */
async function askedFor(): Promise<CompareAddress | undefined> {
  if (!location.hash.startsWith('#policy=')) return undefined;
  const { readAddress } = await import('../compare/page/address');
  return readAddress(location.hash);
}

/**
 * Opens the trace that was open last; on the first visit imports the sample, so that the first screen shows decisions and not an empty
 * table. A sample that was deleted does not come back.
 */
export function useFirstTrace(): void {
  const { workspace, replay } = useSession();
  const { selection } = useWorkspace('selection');
  const { open } = useReplay('open');
  const before = useRef(selection.traceId);

  useEffect(() => {
    let gone = false;
    const needless = () => gone || replay.getSnapshot().open !== undefined;
    async function start() {
      const [traces, asked] = await Promise.all([replay.start(), askedFor()]);
      const last = traces.find((trace) => trace.id === (asked?.trace ?? before.current)) ?? traces[0];
      if (needless()) return;
      if (asked?.policy !== undefined) await workspace.openPolicy(asked.policy);
      if (last !== undefined) await replay.openTrace(last.id, last.id === asked?.trace ? asked.call : 0);
      if (asked !== undefined) history.replaceState(history.state, '', location.pathname + location.search);
      else if ((await replay.claimSample()) && (await importSample(replay, SAMPLE, needless)) === 'opened')
        replay.selectFirstHazard();
    }
    // The page works without the sample: it says that there is no trace, and how to import one.
    start().catch(() => {});
    return () => {
      gone = true;
    };
  }, [workspace, replay]);

  const opened = open?.info.id;
  useEffect(() => {
    if (opened !== undefined) workspace.selectTrace(opened);
  }, [workspace, opened]);
}

'use client';
import { useEffect } from 'react';
import { useSession } from '../session/session';
import type { BundlePreview } from '../session/use-link';

/** Opens the calls of a previewed bundle, unsaved, with its focus. Where they are not kept by the end of the preview, a trace of the user's own. */
export function usePreviewTrace({ bundle }: BundlePreview): void {
  const { replay } = useSession();
  const { trace, focus, catalog, name } = bundle;
  useEffect(() => {
    if (trace === undefined || trace.length === 0) return;
    const index = Math.max(
      0,
      trace.findIndex((call) => call.id === focus),
    );
    void replay.openCalls(`Calls of ${name}`, trace, catalog, index);
    return () => {
      const { open, traces } = replay.getSnapshot();
      const [first] = traces;
      if (first !== undefined && !traces.some(({ id }) => id === open?.info.id)) void replay.openTrace(first.id, 0);
    };
  }, [replay, trace, focus, catalog, name]);
}

'use client';
import { useEffect } from 'react';
import { useSession } from '../session/session';
import type { BundlePreview } from '../session/use-link';

/** Opens the calls of a previewed bundle, unsaved, with its focus; returns whether it has any. */
export function usePreviewTrace({ bundle }: BundlePreview): boolean {
  const { replay } = useSession();
  const { trace, focus, catalog, name } = bundle;
  const has = trace !== undefined && trace.length > 0;
  useEffect(() => {
    if (trace === undefined || trace.length === 0) return;
    const index = Math.max(
      0,
      trace.findIndex((call) => call.id === focus),
    );
    void replay.openCalls(`Calls of ${name}`, trace, catalog, index);
  }, [replay, trace, focus, catalog, name]);
  return has;
}

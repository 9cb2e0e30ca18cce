'use client';
import { useMemo } from 'react';
import type { Catalog } from '@/lib/engine';
import type { TraceFacets } from '@/lib/worker';
import { mergeCatalogs } from '@/lib/workspace';
import { useReplay, useWorkspace } from './session';
import { useShownPolicy } from './shown-policy';

/** The known resources, tools, agents and users of the shown policy. */
export interface KnownWorld {
  readonly catalog: Catalog;
  /** Numbers of calls of the open trace by agent, instance, user, group, resource and tool; undefined where no trace is open. */
  readonly facets: TraceFacets | undefined;
}

/** The policy's own catalog combined with that of the open trace. Entries of the policy's catalog take precedence. */
export function useKnown(): KnownWorld {
  const { policy } = useWorkspace('policy');
  const { open } = useReplay('open');
  // A previewed bundle has its own catalog and calls; the user's catalog does not apply to it.
  const own = useShownPolicy().from === 'preview' ? undefined : policy.catalog;
  return useMemo(
    () => ({ catalog: mergeCatalogs(open?.catalog, own), facets: open?.facets }),
    [open?.catalog, open?.facets, own],
  );
}

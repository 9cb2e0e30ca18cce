'use client';
import { useMemo } from 'react';
import type { Catalog } from '@/lib/engine';
import type { TraceFacets } from '@/lib/worker';
import { mergeCatalogs } from '@/lib/workspace';
import { useReplay, useWorkspace } from './session';
import { useShownPolicy } from './shown-policy';

/** What is known of the world of the policy that is shown. */
export interface KnownWorld {
  readonly catalog: Catalog;
  /** How many calls of the open trace each agent, instance, user, group, resource and tool stands in; undefined where no trace is open. */
  readonly facets: TraceFacets | undefined;
}

/** The policy's own catalog, and beside it what the open trace shows. What was written by hand has the last word. */
export function useKnown(): KnownWorld {
  const { policy } = useWorkspace('policy');
  const { open } = useReplay('open');
  // A previewed bundle brings its own catalog with its calls: one's own says nothing of its world.
  const own = useShownPolicy().from === 'preview' ? undefined : policy.catalog;
  return useMemo(
    () => ({ catalog: mergeCatalogs(open?.catalog, own), facets: open?.facets }),
    [open?.catalog, open?.facets, own],
  );
}

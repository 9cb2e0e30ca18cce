'use client';
import { ExternalLink } from 'lucide-react';
import { useMemo } from 'react';
import { siteAddress } from '../site/site-address';
import { useReplay, useSession, useWorkspace } from '../session/session';
import type { EffectChange } from './compare-matrix';
import { writeAddress } from './page/address';
import { nameOf } from './page/name-of';

/** Link to the same comparison on a page of its own, in a new tab. */
export function PageLink({ cell }: { cell: EffectChange | undefined }) {
  const { workspace } = useSession();
  const { policy, baseline } = useWorkspace('policy', 'baseline');
  const { open, traces } = useReplay('open', 'traces');
  const against = useMemo(() => nameOf(baseline), [baseline]);
  const trace = traces.find(({ id }) => id === open?.info.id)?.id;
  return (
    <a
      href={siteAddress(`compare/${writeAddress({ policy: policy.id, against, trace, cell, call: undefined })}`)}
      target="_blank"
      // An address names a bundle by its digest and does not contain it.
      onClick={() => void workspace.baselines.keep()}
      className="mr-auto inline-flex h-8 items-center gap-1.5 rounded-md px-1.5 text-sm font-medium text-accent underline underline-offset-2 pointer-coarse:h-11"
    >
      <ExternalLink size={14} aria-hidden />
      Open as a page
      <span className="sr-only"> (opens a new tab)</span>
    </a>
  );
}

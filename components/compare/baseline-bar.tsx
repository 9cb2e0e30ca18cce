'use client';
import { GitCompareArrows, X } from 'lucide-react';
import { comparisonSentence, nameIn } from '@/lib/wording';
import { Button, IconButton } from '../ui/button';
import { Marked } from '../ui/worded';
import type { WorkbenchDialog } from '../session/dialogs';
import { useReplay, useSession } from '../session/session';
import { useShownPolicy } from '../session/shown-policy';
import { useAgainst, useComparison } from './use-baseline';

/** The changes against the pinned baseline in one line, updated with each edit. */
export function BaselineBar({ openDialog }: { openDialog(dialog: WorkbenchDialog): void }) {
  const { workspace } = useSession();
  const { open } = useReplay('open');
  const { rules } = useShownPolicy();
  const against = useAgainst();
  const { compared, failure } = useComparison(against);
  if (against === undefined) return null;
  return (
    <section
      aria-label="Compared with the baseline"
      className="flex min-h-9 shrink-0 items-center gap-2 border-b border-line bg-canvas pr-2 pl-3 text-sm"
    >
      <GitCompareArrows size={14} className="shrink-0 text-ink-2" aria-hidden />
      <p className="my-1 min-w-0 flex-1 max-sm:line-clamp-2" role="status" data-testid="baseline">
        <span className="text-ink-2">
          Against <span className="font-medium break-words text-ink">{against.name}</span>:
        </span>{' '}
        {open === undefined ? (
          'no trace is open to compare over.'
        ) : failure !== undefined ? (
          <span className="text-deny">this could not be computed: {failure}</span>
        ) : compared === undefined ? (
          'computing…'
        ) : (
          <Marked text={comparisonSentence(compared, nameIn(rules))} />
        )}
      </p>
      <Button look="plain" className="h-7 px-2 text-xs" onClick={() => openDialog({ kind: 'compare' })}>
        <span className="sr-only">Show the changes</span>
        <span aria-hidden className="sm:hidden">
          Show
        </span>
        <span aria-hidden className="max-sm:hidden">
          Show the changes
        </span>
      </Button>
      <IconButton label={`No longer compare with ${against.name}`} onClick={() => void workspace.baselines.unpin()}>
        <X size={14} aria-hidden />
      </IconButton>
    </section>
  );
}

'use client';
import { Button } from '../ui/button';
import { Marked } from '../ui/worded';
import { counted } from '../ui/words';
import { findingSentence } from '../policy/finding-words';
import type { DismissedFinding } from '../session/findings';
import { useSession } from '../session/session';
import { useShownPolicy } from '../session/shown-policy';
import { keyOf } from './finding-filter';

/** Findings that were dismissed, with the reasons, and the way to bring them back. */
export function DismissedList({ dismissed }: { dismissed: readonly DismissedFinding[] }) {
  const { workspace } = useSession();
  const { from } = useShownPolicy();
  if (dismissed.length === 0) return null;
  return (
    <details data-testid="dismissed">
      <summary className="cursor-pointer text-sm text-ink-2 pointer-coarse:min-h-9">
        {counted(dismissed.length, 'finding')} dismissed
      </summary>
      <ul className="mt-2 space-y-2">
        {dismissed.map(({ finding, dismissal }) => (
          <li
            key={keyOf(finding)}
            className="flex flex-wrap items-start gap-2 rounded-lg border border-line px-3 py-2 text-sm"
          >
            <div className="min-w-48 flex-1 break-words">
              <p>
                <Marked text={findingSentence(finding)} />
              </p>
              <p className="text-xs text-ink-2">Dismissed: {dismissal.reason}</p>
            </div>
            {from === 'preview' ? null : (
              <Button
                className="h-7 px-2 text-xs"
                onClick={() => workspace.dispatch({ kind: 'restore-finding', dismissal })}
              >
                Show again
              </Button>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}

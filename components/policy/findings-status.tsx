'use client';
import { clsx } from 'clsx';
import { CircleCheck, CircleX } from 'lucide-react';
import type { WorkbenchDialog } from '../session/dialogs';
import { useFindings } from '../session/findings';
import { counted, number } from '../ui/words';
import { SEVERITY_MARKS, severityWords, worstOf } from './finding-words';

/** How many findings the policy has, and the way to them; nothing until it was looked at for the first time. That it failed is said. */
export function FindingsStatus({ openDialog }: { openDialog(dialog: WorkbenchDialog): void }) {
  const { findings, dismissed, current, failure } = useFindings();
  const none = findings.length === 0;
  const failed = failure !== undefined;
  if (none && dismissed.length === 0 && !current && !failed) return null;
  const mark = failed
    ? { icon: CircleX, text: 'text-deny' }
    : none
      ? { icon: CircleCheck, text: 'text-allow' }
      : SEVERITY_MARKS[worstOf(findings)];
  const words = failed
    ? 'The policy could not be checked for findings'
    : none
      ? 'No findings'
      : `${counted(findings.length, 'finding')}: ${severityWords(findings)}`;
  return (
    <button
      type="button"
      onClick={() => openDialog({ kind: 'findings' })}
      aria-label={words}
      title={words}
      data-testid="findings-status"
      className={clsx(
        'inline-flex h-7 items-center gap-1 rounded-md px-1.5 text-xs font-medium whitespace-nowrap hover:bg-sunken pointer-coarse:h-9',
        mark.text,
        !current && !failed && 'opacity-60',
      )}
    >
      <mark.icon size={13} strokeWidth={2.25} aria-hidden />
      {failed ? (
        <span>Not checked</span>
      ) : (
        <>
          <span className="tabular-nums">{number(findings.length)}</span>
          <span className="max-sm:hidden">{findings.length === 1 ? 'finding' : 'findings'}</span>
        </>
      )}
    </button>
  );
}

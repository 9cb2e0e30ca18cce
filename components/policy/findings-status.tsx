'use client';
import { clsx } from 'clsx';
import { CircleCheck } from 'lucide-react';
import type { WorkbenchDialog } from '../session/dialogs';
import { useFindings } from '../session/findings';
import { counted, number } from '../ui/words';
import { SEVERITY_MARKS, severityWords, worstOf } from './finding-words';

/** How many findings the policy has, and the way to them; nothing until it was looked at for the first time. */
export function FindingsStatus({ openDialog }: { openDialog(dialog: WorkbenchDialog): void }) {
  const { findings, dismissed, current } = useFindings();
  const none = findings.length === 0;
  if (none && dismissed.length === 0 && !current) return null;
  const mark = none ? { icon: CircleCheck, text: 'text-allow' } : SEVERITY_MARKS[worstOf(findings)];
  const words = none ? 'No findings' : `${counted(findings.length, 'finding')}: ${severityWords(findings)}`;
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
        !current && 'opacity-60',
      )}
    >
      <mark.icon size={13} strokeWidth={2.25} aria-hidden />
      <span className="tabular-nums">{number(findings.length)}</span>
      <span className="max-sm:hidden">{findings.length === 1 ? 'finding' : 'findings'}</span>
    </button>
  );
}

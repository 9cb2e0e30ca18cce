'use client';
import { clsx } from 'clsx';
import { CircleCheck, CircleX, LoaderCircle } from 'lucide-react';
import type { WorkbenchDialog } from '../session/dialogs';
import { useTestRun } from '../session/test-run';
import { counted, number } from '../ui/words';

/** How many tests the policy has, and how many of them fail; nothing where it has none. */
export function TestsStatus({ openDialog }: { openDialog(dialog: WorkbenchDialog): void }) {
  const { tests, failing } = useTestRun();
  if (tests.length === 0) return null;
  const count = counted(tests.length, 'test');
  const [Icon, words] =
    failing === undefined
      ? [LoaderCircle, 'running…']
      : failing === 0
        ? [CircleCheck, 'passing']
        : [CircleX, `${number(failing)} failing`];
  return (
    <button
      type="button"
      onClick={() => openDialog({ kind: 'tests' })}
      // The status inside gives the button no name in Chromium's accessibility tree.
      aria-label={`${count} · ${words}`}
      data-testid="tests-status"
      className={clsx(
        'inline-flex h-7 items-center gap-1 rounded-md px-1.5 text-xs font-medium whitespace-nowrap hover:bg-sunken pointer-coarse:h-9',
        failing === undefined ? 'text-ink-2' : failing === 0 ? 'text-allow' : 'bg-deny-soft text-deny',
      )}
    >
      <Icon size={13} strokeWidth={2.25} aria-hidden />
      <span role="status">
        <span className={clsx(failing !== 0 && 'max-sm:hidden')}>{count}</span>
        <span className="max-sm:hidden"> · </span>
        <span className={clsx(failing === 0 && 'max-sm:hidden')}>{words}</span>
      </span>
    </button>
  );
}

'use client';
import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../../ui/button';
import { siteAddress } from '../../site/site-address';
import { problemText, retryWords } from '../../session/problem-words';
import { useReplay, useSession, useWorkspace } from '../../session/session';

/** Notes on this page beside the comparison itself. */
export function Remarks({ unread }: { unread: readonly string[] }) {
  const { replay } = useSession();
  const { saved, drafts } = useWorkspace('saved', 'drafts');
  const { problem } = useReplay('problem');
  return (
    <>
      {saved.kind === 'memory' ? (
        <Remark>
          This browser does not store anything for this page ({saved.reason}), so what you have open in the workbench
          cannot be seen from here. Compare in the workbench instead.
        </Remark>
      ) : null}
      {unread.length === 0 ? null : (
        <Remark>
          A part of this address could not be read ({unread.join(', ')}), and was not used. It may have been cut off.
        </Remark>
      )}
      {problem === undefined ? null : (
        <Remark action={<Button onClick={() => void replay.restart()}>{retryWords(problem) ?? 'Try again'}</Button>}>
          {problemText(problem)}
        </Remark>
      )}
      {drafts.length === 0 ? null : (
        <p className="text-sm text-ink-2">
          {drafts.length === 1 ? 'A rule of this policy is' : `${drafts.length} rules of this policy are`} under edit.
          Unsaved changes do not count here.
        </p>
      )}
    </>
  );
}

function Remark({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div
      role="alert"
      className="flex flex-wrap items-center gap-2 rounded-md border border-gated/40 bg-gated-soft px-3 py-2 text-sm"
    >
      <CircleAlert size={16} className="shrink-0 text-gated" aria-hidden />
      <p className="min-w-0 flex-1 break-words">{children}</p>
      {action}
    </div>
  );
}

/** Shown in place of a comparison: why there is none, and what to do. */
export function Instead({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section
      aria-label="No comparison"
      role="status"
      className="mx-auto mt-8 max-w-prose space-y-2 rounded-lg border border-dashed border-line-strong/60 px-4 py-8 text-center text-sm"
    >
      <h2 className="text-base font-semibold">{title}</h2>
      <p className="text-ink-2">{children}</p>
    </section>
  );
}

export function WorkbenchLink({ children }: { children: ReactNode }) {
  return (
    <a href={siteAddress('')} className="font-medium text-accent underline underline-offset-2">
      {children}
    </a>
  );
}

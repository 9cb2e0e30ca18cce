'use client';
import { CircleAlert, X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Closing } from '@/lib/store';
import type { WorkspaceNotice } from '@/lib/workspace';
import { Button, IconButton } from '../ui/button';
import { downloadWork } from '../session/download-work';
import { Marked } from '../ui/worded';
import { RefusalText } from '../session/refusal';
import { useShownPolicy } from '../session/shown-policy';
import { problemText, retryWords } from '../session/problem-text';
import { useReplay, useSession, useWorkspace } from '../session/session';
import type { LinkState } from '../session/use-link';

/** Notices that may need an action: a refused link or policy, storage that fails, a worker that failed. */
export function Notices({ link }: { link: LinkState }) {
  const { workspace } = useSession();
  const { notices, saved } = useWorkspace('notices', 'saved');
  const download = <Button onClick={() => void downloadWork()}>Download my work</Button>;
  return (
    <>
      {link.refused === undefined ? null : (
        <Bar onClose={link.preview === undefined ? link.close : undefined}>
          <RefusalText refusal={link.refused} />
        </Bar>
      )}
      {saved.kind === 'memory' ? (
        <Bar actions={download}>
          <p>
            This browser does not store anything for this page ({saved.reason}). You can continue, but your work is lost
            when the page is closed.
          </p>
        </Bar>
      ) : null}
      <ProblemBar download={download} />
      {notices.map((notice) => (
        <Bar
          key={notice.id}
          onClose={() => workspace.dismissNotice(notice.id)}
          actions={<NoticeActions notice={notice} download={download} />}
        >
          <p>
            <Marked text={noticeText(notice)} />
          </p>
        </Bar>
      ))}
    </>
  );
}

/** A worker that failed, or that did not answer and was ended. */
function ProblemBar({ download }: { download: ReactNode }) {
  const { replay } = useSession();
  const { saved } = useWorkspace('saved');
  const { problem } = useReplay('problem');
  const shown = useShownPolicy();
  if (problem === undefined) return null;
  const again = retryWords(problem);
  const isStuck = problem.kind === 'stuck';
  return (
    <Bar
      onClose={isStuck ? () => replay.dismissProblem() : undefined}
      actions={
        <>
          {again === undefined ? null : <Button onClick={() => void replay.restart()}>{again}</Button>}
          {isStuck ? null : download}
        </>
      }
    >
      <p>
        {problemText(problem, shown)}
        {isStuck && saved.kind === 'memory' ? ' Traces that were held in memory only are gone.' : ''}
      </p>
    </Bar>
  );
}

/** What can be done about it: to take the work along, and where storage was closed, to open it again. */
function NoticeActions({ notice, download }: { notice: WorkspaceNotice; download: ReactNode }) {
  const { workspace } = useSession();
  if (notice.kind === 'storage' || notice.kind === 'quarantined') return download;
  if (notice.kind !== 'storage-closed') return null;
  return (
    <>
      {notice.cause === 'newer-build' ? (
        <Button onClick={() => location.reload()}>Reload</Button>
      ) : (
        <Button onClick={() => void workspace.retrySave()}>Save again</Button>
      )}
      {download}
    </>
  );
}

const closedText = ({ cause, message }: Closing): string =>
  cause === 'newer-build'
    ? 'Another tab runs a newer version of this page. What is saved is safe, but this tab cannot save any more: reload it to go on. If it shows unsaved changes, download your work first.'
    : `Storage was closed: ${message}. What this tab shows is not saved any more; save it again, or download it.`;

function noticeText(notice: WorkspaceNotice): string {
  switch (notice.kind) {
    case 'change-lost':
      return `“${notice.label}” could not be applied to what another tab made of this policy: ${notice.problems.map((p) => p.message).join('; ')}.${notice.keptAsDraft ? ' It is kept as an unsaved edit of the rule.' : ''}`;
    case 'policy-gone':
      return `The policy that was open here was deleted in another tab; ${notice.name} is open instead.`;
    case 'quarantined':
      return `${notice.count} stored ${notice.count === 1 ? 'record' : 'records'} could not be read. Nothing was thrown away: what could not be read is in “Download my work”.`;
    case 'stored-anew':
      return `“${notice.name}” was no longer in this browser’s storage. It was stored again as this tab showed it; its earlier steps cannot be undone.`;
    case 'storage-closed':
      return closedText(notice);
    case 'storage':
      return `Storage did not take this: ${notice.failure.message}. Your changes are held in this tab.`;
    case 'erased':
      return 'All data of this page were deleted in another tab.';
  }
}

function Bar({
  children,
  actions,
  onClose,
}: {
  children: ReactNode;
  actions?: ReactNode;
  onClose?: (() => void) | undefined;
}) {
  return (
    <div
      role="alert"
      className="flex max-h-40 shrink-0 items-start gap-2 overflow-auto border-b border-gated/40 bg-gated-soft px-3 py-2 text-sm"
    >
      <CircleAlert size={16} className="mt-0.5 shrink-0 text-gated" aria-hidden />
      <div className="min-w-0 flex-1">{children}</div>
      {actions === undefined ? null : <span className="flex flex-wrap gap-2">{actions}</span>}
      {onClose === undefined ? null : (
        <IconButton label="Dismiss" className="-my-1" onClick={onClose}>
          <X size={14} aria-hidden />
        </IconButton>
      )}
    </div>
  );
}

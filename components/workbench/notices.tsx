'use client';
import type { ReactNode } from 'react';
import type { Closing } from '@/lib/store';
import type { WorkspaceNotice } from '@/lib/workspace';
import { Button } from '../ui/button';
import { partOf } from '../ui/part';
import { downloadWork } from '../session/download-work';
import { Marked } from '../ui/worded';
import { RefusalText } from '../session/refusal';
import { useReplay, useSession, useWorkspace } from '../session/session';
import type { LinkState } from '../session/use-link';
import { NoticeBar } from './notice-bar';

// Loaded when the worker fails.
const ProblemBar = partOf(() => import('./problem-bar').then((m) => m.ProblemBar));

/** Notices that may need an action: a refused link or policy, storage that fails, a worker that failed. */
export function Notices({ link }: { link: LinkState }) {
  const { workspace } = useSession();
  const { notices, saved } = useWorkspace('notices', 'saved');
  const { problem } = useReplay('problem');
  const download = <Button onClick={() => void downloadWork()}>Download my work</Button>;
  return (
    <>
      {link.refused === undefined ? null : (
        <NoticeBar onClose={link.preview === undefined ? link.close : undefined}>
          <RefusalText refusal={link.refused} />
        </NoticeBar>
      )}
      {saved.kind === 'memory' ? (
        <NoticeBar actions={download}>
          <p>
            This browser does not store anything for this page ({saved.reason}). You can continue, but your work is lost
            when the page is closed.
          </p>
        </NoticeBar>
      ) : null}
      {problem === undefined ? null : <ProblemBar download={download} />}
      {notices.map((notice) => (
        <NoticeBar
          key={notice.id}
          onClose={() => workspace.dismissNotice(notice.id)}
          actions={<NoticeActions notice={notice} download={download} />}
        >
          <p>
            <Marked text={noticeText(notice)} />
          </p>
        </NoticeBar>
      ))}
    </>
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
      return `Storage refused this: ${notice.failure.message}. Your changes are kept in this tab only.`;
    case 'erased':
      return 'All data of this page were deleted in another tab.';
  }
}

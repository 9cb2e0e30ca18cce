'use client';
import { ChevronDown, Download, ListChecks, Pencil, Tags, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { TraceId } from '@/lib/store';
import { useReplay, useSession } from '../session/session';
import type { WorkbenchDialog } from '../session/dialogs';
import { ActionMenu } from '../ui/action-menu';
import type { MenuEntry } from '../ui/menu-entry';
import { Button } from '../ui/button';
import { number } from '../ui/words';
import { partOf } from '../ui/part';

const AskName = partOf(() => import('../ui/ask-name').then((module) => module.AskName));
const Confirm = partOf(() => import('../ui/confirm').then((module) => module.Confirm));

/** Shows the open trace, the others, and actions on it. */
export function TraceMenu({ openDialog }: { openDialog(dialog: WorkbenchDialog): void }) {
  const { replay } = useSession();
  const { traces, open } = useReplay('traces', 'open');
  const [asking, setAsking] = useState<'rename' | 'delete'>();
  const info = open?.info;
  if (traces.length === 0) return null;
  const entries: MenuEntry[] = [
    {
      kind: 'choice',
      heading: 'Traces',
      chosen: info?.id ?? '',
      options: traces.map(({ id, name, calls }) => ({
        value: id,
        label: name,
        detail: number(calls),
      })),
      choose: (id) => void replay.openTrace(id as TraceId, 0),
    },
  ];
  if (info !== undefined) {
    const save = () => openDialog({ kind: 'export', calls: 'trace', format: 'ndjson' });
    entries.push(
      { kind: 'line' },
      { kind: 'action', label: 'Set facts of its calls…', icon: Tags, run: () => openDialog({ kind: 'facts' }) },
      { kind: 'action', label: 'Suggest rules…', icon: ListChecks, run: () => openDialog({ kind: 'suggest' }) },
      { kind: 'action', label: 'Rename…', icon: Pencil, run: () => setAsking('rename') },
      { kind: 'action', label: 'Download as NDJSON…', icon: Download, run: save },
      { kind: 'action', label: 'Delete…', icon: Trash2, danger: true, run: () => setAsking('delete') },
    );
  }
  return (
    <>
      <ActionMenu entries={entries} align="start">
        <Button look="plain" className="min-w-0 shrink! px-1.5">
          <span className="truncate">{info?.name ?? 'Choose a trace'}</span>
          <ChevronDown size={14} aria-hidden className="shrink-0" />
        </Button>
      </ActionMenu>
      {asking === 'rename' && info !== undefined ? (
        <AskName
          title="Rename the trace"
          name={info.name}
          onClose={() => setAsking(undefined)}
          onName={(name) => void replay.renameTrace(info.id, name)}
        />
      ) : null}
      {asking === 'delete' && info !== undefined ? (
        <Confirm
          title={`Delete ${info.name}?`}
          text={`Its ${number(info.calls)} calls are removed from this browser. This cannot be undone.`}
          action="Delete the trace"
          onClose={() => setAsking(undefined)}
          onConfirm={() => void replay.deleteTrace(info.id)}
        />
      ) : null}
    </>
  );
}

'use client';
import { FileInput, SquarePlus } from 'lucide-react';
import { useSession, useReplay } from '../session/session';
import type { WorkbenchDialog } from '../session/dialogs';
import { Button } from '../ui/button';
import { TraceFilters } from './trace-filters';
import { TraceMenu } from './trace-menu';
import { TraceTable } from './trace-table';

interface TracePaneProps {
  openDialog(dialog: WorkbenchDialog): void;
  onSelect(index: number): void;
  onOpenCall(): void;
}

/** The open trace: which one it is, what is shown of it, and its calls. */
export function TracePane({ openDialog, onSelect, onOpenCall }: TracePaneProps) {
  const { traces, open } = useReplay('traces', 'open');
  return (
    <section aria-label="Trace" className="flex h-full min-h-0 flex-col bg-paper">
      <header className="flex h-11 shrink-0 items-center gap-2 border-b border-line pr-2 pl-3">
        <h2 className="text-sm font-semibold">Trace</h2>
        <TraceMenu openDialog={openDialog} />
        <span className="ml-auto flex gap-1.5">
          <Button look="plain" onClick={() => openDialog({ kind: 'compose' })} title="Compose a call by hand">
            <SquarePlus size={14} aria-hidden />
            <span className="hidden sm:inline">New call</span>
            <span className="sr-only sm:hidden">New call</span>
          </Button>
          <Button onClick={() => openDialog({ kind: 'import' })}>
            <FileInput size={14} aria-hidden />
            Import
          </Button>
        </span>
      </header>
      {open === undefined ? (
        <NoTrace hasTraces={traces.length > 0} openDialog={openDialog} />
      ) : (
        <>
          <TraceFilters openDialog={openDialog} />
          <Calls onSelect={onSelect} onOpen={onOpenCall} />
        </>
      )}
    </section>
  );
}

function Calls(props: { onSelect(index: number): void; onOpen(): void }) {
  const { replay } = useSession();
  const { open, view } = useReplay('open', 'view');
  if (view?.count !== 0 || open?.info.calls === 0) return <TraceTable {...props} />;
  return (
    <div className="flex flex-1 flex-col items-center justify-center gap-3 p-6 text-center text-sm text-ink-2">
      <p>No call of this trace passes the filter.</p>
      <Button onClick={() => replay.setFilter({})}>Show all calls</Button>
    </div>
  );
}

function NoTrace({ hasTraces, openDialog }: { hasTraces: boolean; openDialog(dialog: WorkbenchDialog): void }) {
  return (
    <div className="flex flex-1 flex-col items-center justify-center gap-3 p-6 text-center">
      <p className="max-w-sm text-sm text-ink-2">
        {hasTraces
          ? 'Choose a trace above, or import another, to see what the policy decides for each call.'
          : 'A trace is a list of tool calls that agents made. Import one to see what the policy decides for each call.'}
      </p>
      <div className="flex flex-wrap justify-center gap-2">
        <Button look="primary" onClick={() => openDialog({ kind: 'import' })}>
          Import a trace, or open a sample
        </Button>
        <Button onClick={() => openDialog({ kind: 'compose' })}>Compose a call</Button>
      </div>
    </div>
  );
}

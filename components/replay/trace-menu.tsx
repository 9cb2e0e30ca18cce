'use client';
import { ChevronDown, Download, Pencil, Trash2 } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useState } from 'react';
import type { ReplayState } from '@/lib/worker';
import type { TraceId } from '@/lib/store';
import { useSession } from '../workbench/session';
import { Button } from '../ui/button';
import { download } from '../ui/download';
import { MenuChoice, MenuContent, MenuItem, MenuLabel, MenuSeparator } from '../ui/menu';
import { AskName } from '../ui/ask-name';
import { Confirm } from '../ui/confirm';

/** Which trace is open; the others; and what can be done with it. */
export function TraceMenu({ state }: { state: ReplayState }) {
  const { replay } = useSession();
  const [asking, setAsking] = useState<'rename' | 'delete'>();
  const info = state.open?.info;
  if (state.traces.length === 0) return null;
  return (
    <>
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger asChild>
          <Button look="plain" className="min-w-0 shrink! px-1.5">
            <span className="truncate">{info?.name ?? 'Choose a trace'}</span>
            <ChevronDown size={14} aria-hidden className="shrink-0" />
          </Button>
        </DropdownMenu.Trigger>
        <MenuContent align="start">
          <MenuLabel>Traces</MenuLabel>
          <DropdownMenu.RadioGroup
            value={info?.id ?? ''}
            onValueChange={(id) => void replay.openTrace(id as TraceId, 0)}
          >
            {state.traces.map((trace) => (
              <MenuChoice key={trace.id} value={trace.id}>
                <span className="max-w-64 truncate">{trace.name}</span>
                <span className="ml-auto pl-3 text-xs text-ink-2 tabular-nums">{trace.calls.toLocaleString('en')}</span>
              </MenuChoice>
            ))}
          </DropdownMenu.RadioGroup>
          {info === undefined ? null : (
            <>
              <MenuSeparator />
              <MenuItem icon={Pencil} onSelect={() => setAsking('rename')}>
                Rename…
              </MenuItem>
              <MenuItem
                icon={Download}
                onSelect={() => void replay.exportTrace(info.id).then((blob) => download(blob, `${info.name}.ndjson`))}
              >
                Download as NDJSON
              </MenuItem>
              <MenuItem icon={Trash2} danger onSelect={() => setAsking('delete')}>
                Delete…
              </MenuItem>
            </>
          )}
        </MenuContent>
      </DropdownMenu.Root>
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
          text={`Its ${info.calls.toLocaleString('en')} calls are removed from this browser. This cannot be undone.`}
          action="Delete the trace"
          onClose={() => setAsking(undefined)}
          onConfirm={() => void replay.deleteTrace(info.id)}
        />
      ) : null}
    </>
  );
}

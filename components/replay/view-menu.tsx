'use client';
import { Columns3, Download, SlidersHorizontal } from 'lucide-react';
import { memo, useState } from 'react';
import type { GroupBy, ViewWanted } from '@/lib/trace';
import { ActionMenu } from '../ui/action-menu';
import type { MenuEntry } from '../ui/menu-entry';
import { IconButton } from '../ui/button';
import { partOf } from '../ui/part';
import { useSession } from '../session/session';
import { setTablePreferences, useTablePreferences } from './table-preferences';

interface ViewMenuProps {
  wanted: ViewWanted;
  onExport(format: 'ndjson' | 'csv'): void;
}

const ColumnsDialog = partOf(() => import('./columns-dialog').then((module) => module.ColumnsDialog));

/** Options of the table, and downloads of its calls. */
export const ViewMenu = memo(function ViewMenu({ wanted, onExport }: ViewMenuProps) {
  const { replay } = useSession();
  const { zone } = useTablePreferences();
  const [columns, setColumns] = useState(false);
  const entries: readonly MenuEntry[] = [
    {
      kind: 'choice',
      heading: 'Group',
      chosen: wanted.group ?? '',
      options: [
        { value: '', label: 'Not at all' },
        { value: 'tool', label: 'By tool' },
        { value: 'rule', label: 'By rule' },
      ],
      choose: (value) => {
        const { group: _, ...rest } = wanted;
        replay.setView(value === '' ? rest : { ...rest, group: value as GroupBy });
      },
    },
    { kind: 'line' },
    {
      kind: 'choice',
      heading: 'Times',
      chosen: zone,
      options: [
        { value: 'utc', label: 'UTC' },
        { value: 'local', label: 'Local' },
      ],
      choose: (value) => setTablePreferences({ zone: value === 'local' ? 'local' : 'utc' }),
    },
    { kind: 'line' },
    { kind: 'action', label: 'Columns…', icon: Columns3, run: () => setColumns(true) },
    { kind: 'line' },
    { kind: 'action', label: 'Download the calls shown, as NDJSON…', icon: Download, run: () => onExport('ndjson') },
    { kind: 'action', label: 'Download the calls shown, as CSV…', icon: Download, run: () => onExport('csv') },
  ];
  return (
    <>
      <ActionMenu entries={entries} align="end">
        <IconButton label="View of the table">
          <SlidersHorizontal size={14} aria-hidden />
        </IconButton>
      </ActionMenu>
      {columns ? <ColumnsDialog onClose={() => setColumns(false)} /> : null}
    </>
  );
});

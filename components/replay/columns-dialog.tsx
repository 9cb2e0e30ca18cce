'use client';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { useReplay } from '../session/session';
import { COLUMN_IDS, COLUMNS, columnsFor } from './columns';
import { setColumnWidth, setTablePreferences, useTablePreferences } from './table-preferences';

const STEP = 16;

/** Which columns the table of calls has, and how wide they are. */
export function ColumnsDialog({ onClose }: { onClose(): void }) {
  const { columns, widths } = useTablePreferences();
  const { results } = useReplay('results');
  const shown = columns ?? columnsFor(Infinity, (results?.recordedTally.total ?? 0) > 0);
  return (
    <Dialog
      title="Columns"
      description="Stored in this browser. Without a choice, the table shows as many columns as fit."
      onClose={onClose}
      footer={
        <>
          <Button onClick={() => setTablePreferences({ columns: undefined, widths: {} })}>Reset</Button>
          <Button look="primary" onClick={onClose}>
            Done
          </Button>
        </>
      }
    >
      <ul className="divide-y divide-line">
        {COLUMN_IDS.map((id) => {
          const { name } = COLUMNS[id];
          const checked = shown.includes(id);
          const sized = widths[id] ?? COLUMNS[id].width;
          return (
            <li key={id} className="flex min-h-9 items-center gap-3">
              <label className="flex flex-1 items-center gap-2 text-sm">
                <input
                  type="checkbox"
                  checked={checked}
                  disabled={checked && shown.length === 1}
                  onChange={() =>
                    setTablePreferences({
                      columns: COLUMN_IDS.filter((one) => (one === id ? !checked : shown.includes(one))),
                    })
                  }
                />
                {name}
              </label>
              <span className="text-xs text-ink-2 tabular-nums">{sized} px</span>
              <Button
                look="plain"
                aria-label={`Make ${name} narrower`}
                onClick={() => setColumnWidth(id, sized - STEP)}
              >
                −
              </Button>
              <Button look="plain" aria-label={`Make ${name} wider`} onClick={() => setColumnWidth(id, sized + STEP)}>
                +
              </Button>
            </li>
          );
        })}
      </ul>
    </Dialog>
  );
}

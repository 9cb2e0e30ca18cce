'use client';
import { clsx } from 'clsx';
import { useRef, useState, type KeyboardEvent } from 'react';
import type { DecisionEffect } from '@/lib/engine';
import type { Subject } from '@/lib/analysis';
import { Button } from '../ui/button';
import { DECISION_MARKS } from '../ui/effect-mark';
import { number } from '../ui/words';

export interface AccessRow {
  /** Place of the tool in the matrix. */
  readonly place: number;
  readonly resource: string;
  readonly tool: string;
  readonly effects: readonly DecisionEffect[];
}

/** Places in the matrix, whatever is filtered. */
export interface CellPlace {
  readonly tool: number;
  readonly subject: number;
}

interface AccessGridProps {
  subjects: readonly Subject[];
  rows: readonly AccessRow[];
  chosen: CellPlace | undefined;
  onChoose(place: CellPlace): void;
}

const ROWS_AT_ONCE = 150;

/** The matrix. One cell takes part in the order of Tab; the arrow keys go from cell to cell (ARIA practices, "grid"). */
export function AccessGrid({ subjects, rows, chosen, onChoose }: AccessGridProps) {
  const [at, setAt] = useState({ row: 0, column: 0 });
  const [most, setMost] = useState(ROWS_AT_ONCE);
  const table = useRef<HTMLTableElement>(null);
  const shown = rows.slice(0, most);

  function onKeyDown(event: KeyboardEvent) {
    const step = STEPS[event.key];
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const row = Math.min(shown.length - 1, Math.max(0, at.row + step.rows));
    const column = Math.min(subjects.length - 1, Math.max(0, at.column + step.columns));
    setAt({ row, column });
    table.current?.querySelector<HTMLElement>(`[data-cell="${row} ${column}"]`)?.focus();
  }

  if (rows.length === 0) return <p className="py-6 text-center text-sm text-ink-2">No tool passes the filter.</p>;
  return (
    <div className="min-w-0">
      <div className="relative max-h-[48dvh] overflow-auto rounded-md border border-line">
        <table
          ref={table}
          role="grid"
          aria-label="Effective access"
          aria-rowcount={rows.length + 1}
          className="border-separate border-spacing-0 text-xs"
          onKeyDown={onKeyDown}
        >
          <thead>
            <tr>
              <th
                scope="col"
                className="sticky top-0 left-0 z-20 border-r border-b border-line bg-sunken px-2 py-1.5 text-left font-medium"
              >
                Tool
              </th>
              {subjects.map(({ key, name }) => (
                <th
                  key={key}
                  scope="col"
                  title={name}
                  className="sticky top-0 z-10 border-b border-line bg-sunken px-2 py-1.5 font-medium"
                >
                  <span className="block max-w-28 truncate">{key}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map(({ place, resource, tool, effects }, row) => (
              <tr key={place} className="group">
                <th
                  scope="row"
                  className="sticky left-0 z-10 max-w-36 border-r border-b border-line bg-paper px-2 py-1 text-left font-normal group-hover:bg-sunken sm:max-w-64"
                >
                  <span className="block truncate font-medium" title={tool}>
                    {tool}
                  </span>
                  <span className="block truncate text-ink-2">{resource}</span>
                </th>
                {effects.map((effect, column) => {
                  const { word, icon: Icon, text, soft } = DECISION_MARKS[effect];
                  const isChosen = chosen?.tool === place && chosen.subject === column;
                  return (
                    <td key={column} role="gridcell" className="border-b border-line p-0.5 text-center">
                      <button
                        type="button"
                        data-cell={`${row} ${column}`}
                        data-effect={effect}
                        tabIndex={at.row === row && at.column === column ? 0 : -1}
                        aria-pressed={isChosen}
                        aria-label={`${word}: ${subjects[column]?.key ?? ''}, ${tool} on ${resource}`}
                        title={word}
                        onFocus={() => setAt({ row, column })}
                        onClick={() => onChoose({ tool: place, subject: column })}
                        className={clsx(
                          'inline-flex size-7 items-center justify-center rounded pointer-coarse:size-11',
                          text,
                          soft,
                          isChosen && 'outline-2 outline-accent',
                        )}
                      >
                        <Icon size={14} strokeWidth={2.5} aria-hidden />
                      </button>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length <= shown.length ? null : (
        <Button look="plain" className="mt-1 h-7 px-2 text-xs" onClick={() => setMost(most + ROWS_AT_ONCE)}>
          Show more: {shown.length} of {number(rows.length)} tools are in the table
        </Button>
      )}
    </div>
  );
}

const FAR = 1_000_000;
const STEPS: Readonly<Record<string, { readonly rows: number; readonly columns: number }>> = {
  ArrowUp: { rows: -1, columns: 0 },
  ArrowDown: { rows: 1, columns: 0 },
  ArrowLeft: { rows: 0, columns: -1 },
  ArrowRight: { rows: 0, columns: 1 },
  PageUp: { rows: -10, columns: 0 },
  PageDown: { rows: 10, columns: 0 },
  Home: { rows: 0, columns: -FAR },
  End: { rows: 0, columns: FAR },
};

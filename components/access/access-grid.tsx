'use client';
import { clsx } from 'clsx';
import { useCallback, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import { EFFECT_CODES } from '@/lib/trace';
import type { AccessSubject } from '@/lib/analysis';
import { AccessCell } from './access-cell';
import { usePartInSight, type GridSizes } from './use-part-in-sight';

export interface AccessRow {
  /** Index of the tool in the matrix. */
  readonly place: number;
  readonly resource: string;
  readonly tool: string;
  /** Codes by `EFFECT_CODES`, subject by subject. */
  readonly effects: Uint8Array;
}

/** Indices in the matrix, independent of the filter. */
export interface CellPlace {
  readonly tool: number;
  readonly subject: number;
}

interface AccessGridProps {
  subjects: readonly AccessSubject[];
  rows: readonly AccessRow[];
  chosen: CellPlace | undefined;
  onChoose(place: CellPlace): void;
}

/** A table with up to this many cells is rendered whole; of a larger one only the visible part, in columns of equal width. */
const DRAWN_WHOLE = 1_000;
/** The sizes that the cells' classes set, until the first cells are measured. */
const SIZES: GridSizes = { row: 41, column: 112, head: 29, side: 192 };

/** The matrix. One cell takes part in the order of Tab; the arrow keys go from cell to cell (ARIA practices, "grid"). */
export function AccessGrid({ subjects, rows, chosen, onChoose }: AccessGridProps) {
  const [at, setAt] = useState({ row: 0, column: 0 });
  const [sizes, setSizes] = useState(SIZES);
  const scrolls = useRef<HTMLDivElement>(null);
  /** The cell to focus once it is rendered. */
  const next = useRef<string>(undefined);
  const whole = rows.length * subjects.length <= DRAWN_WHOLE;
  const seen = usePartInSight(scrolls, sizes, { rows: rows.length, columns: subjects.length });
  const part = whole ? ({ rows: [0, rows.length], columns: [0, subjects.length] } as const) : seen.part;
  const [top, bottom] = part.rows;
  const [left, right] = part.columns;
  const { look } = seen;

  // The size of the screen or of the text changed.
  useLayoutEffect(() => {
    const element = scrolls.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => setSizes((last) => measured(element, last)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useLayoutEffect(() => look(), [look]);
  useLayoutEffect(() => {
    const cell = next.current === undefined ? null : scrolls.current?.querySelector<HTMLElement>(next.current);
    if (cell === null || cell === undefined) return;
    next.current = undefined;
    cell.focus({ preventScroll: !whole });
  });

  function onKeyDown(event: KeyboardEvent) {
    const step = STEPS[event.key];
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const row = Math.min(rows.length - 1, Math.max(0, at.row + step.rows));
    const column = Math.min(subjects.length - 1, Math.max(0, at.column + step.columns));
    next.current = `[data-cell="${row} ${column}"]`;
    setAt({ row, column });
    if (!whole) seen.bringInSight(row, column);
  }
  const onFocus = useCallback((row: number, column: number) => setAt({ row, column }), []);
  const choose = useCallback(
    (row: number, column: number) => onChoose({ tool: rows[row]?.place ?? -1, subject: column }),
    [rows, onChoose],
  );

  if (rows.length === 0) return <p className="py-6 text-center text-sm text-ink-2">No tool passes the filter.</p>;
  // Where the focused cell is out of view, Tab stops at the first visible one.
  const isDrawn = at.row >= top && at.row < bottom && at.column >= left && at.column < right;
  const stop = isDrawn ? at : { row: top, column: left };
  return (
    <div
      ref={scrolls}
      onScroll={whole ? undefined : look}
      className="relative max-h-[48dvh] min-w-0 overflow-auto rounded-md border border-line"
    >
      <table
        role="grid"
        aria-label="Effective access"
        aria-rowcount={rows.length + 1}
        aria-colcount={subjects.length + 1}
        className={clsx('border-separate border-spacing-0 text-xs', !whole && 'w-0 table-fixed')}
        onKeyDown={onKeyDown}
      >
        {whole ? null : (
          <colgroup>
            <col className="w-36 sm:w-48" />
            <col style={{ width: left * sizes.column }} />
            {subjects.slice(left, right).map((_, i) => (
              <col key={left + i} className="w-28" />
            ))}
            <col style={{ width: (subjects.length - right) * sizes.column }} />
          </colgroup>
        )}
        <thead>
          <tr>
            <th
              scope="col"
              className="sticky top-0 left-0 z-20 border-r border-b border-line bg-sunken px-2 py-1.5 text-left font-medium"
            >
              Tool
            </th>
            {whole ? null : <td aria-hidden className="sticky top-0 bg-sunken" />}
            {subjects.slice(left, right).map(({ key, name }, i) => (
              <th
                key={left + i}
                scope="col"
                aria-colindex={left + i + 2}
                title={name === undefined ? key : `${key}: ${name}`}
                className="sticky top-0 z-10 border-b border-line bg-sunken px-2 py-1.5 font-medium"
              >
                <span className="block max-w-28 truncate">{key}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Gap height={top * sizes.row} />
          {rows.slice(top, bottom).map(({ place, resource, tool, effects }, i) => (
            <tr key={place} data-row aria-rowindex={top + i + 2} className="group">
              <th
                scope="row"
                className="sticky left-0 z-10 max-w-36 border-r border-b border-line bg-paper px-2 py-1 text-left font-normal group-hover:bg-sunken sm:max-w-64"
              >
                <span className="block truncate font-medium" title={tool}>
                  {tool}
                </span>
                <span className="block truncate text-ink-2">{resource}</span>
              </th>
              {whole ? null : <td aria-hidden />}
              {Array.from(effects.subarray(left, right), (code, j) => {
                const [row, column] = [top + i, left + j];
                return (
                  <AccessCell
                    key={column}
                    row={row}
                    column={column}
                    effect={EFFECT_CODES[code] ?? 'conditional'}
                    of={`${subjects[column]?.key ?? ''}, ${tool} on ${resource}`}
                    chosen={chosen?.tool === place && chosen.subject === column}
                    stop={stop.row === row && stop.column === column}
                    onFocus={onFocus}
                    onChoose={choose}
                  />
                );
              })}
            </tr>
          ))}
          <Gap height={(rows.length - bottom) * sizes.row} />
        </tbody>
      </table>
    </div>
  );
}

/** Fills the height of the rows that are not rendered. */
const Gap = ({ height }: { height: number }) =>
  height === 0 ? null : (
    <tr aria-hidden>
      <td style={{ height, padding: 0 }} />
    </tr>
  );

/** The measured sizes; the same object while they do not change. */
function measured(scrolls: HTMLElement, last: GridSizes): GridSizes {
  const row = scrolls.querySelector('[data-row]');
  const [corner, , first] = scrolls.querySelectorAll('thead tr > *');
  const side = corner?.getBoundingClientRect();
  if (row === null || first === undefined || side === undefined || side.height === 0) return last;
  const now: GridSizes = {
    row: row.getBoundingClientRect().height,
    column: first.getBoundingClientRect().width,
    head: side.height,
    side: side.width,
  };
  return (Object.keys(now) as (keyof GridSizes)[]).every((key) => now[key] === last[key]) ? last : now;
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

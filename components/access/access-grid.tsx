'use client';
import { clsx } from 'clsx';
import { useCallback, useLayoutEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import { EFFECT_CODES } from '@/lib/trace';
import type { AccessSubject } from '@/lib/analysis';
import { AccessCell } from './access-cell';
import { useGridWindow, type GridWindow } from './use-grid-window';

export interface AccessRow {
  /** Index of the tool in the matrix. */
  readonly place: number;
  readonly resource: string;
  readonly tool: string;
  /** Codes by `EFFECT_CODES`, subject by subject. */
  readonly effects: Uint8Array;
  /** 1 where the gateway’s own screen says conditional. */
  readonly moreKnown: Uint8Array;
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

/** Indexes in the grid as it is filtered. */
interface GridCell {
  readonly row: number;
  readonly column: number;
}

/** The matrix. One cell takes part in the order of Tab; the arrow keys go from cell to cell (ARIA practices, "grid"). */
export function AccessGrid({ subjects, rows, chosen, onChoose }: AccessGridProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const { whole, drawn, sizes, showCell } = useGridWindow(scroller, { rows: rows.length, columns: subjects.length });
  const { at, onFocus, onKeyDown } = useCellInFocus(scroller, {
    rows: rows.length,
    columns: subjects.length,
    whole,
    showCell,
  });
  const onCell = useCallback(
    (row: number, column: number) => onChoose({ tool: rows[row]?.place ?? -1, subject: column }),
    [rows, onChoose],
  );
  if (rows.length === 0) return <p className="py-6 text-center text-sm text-ink-2">No tool passes the filter.</p>;
  const [top, bottom] = drawn.rows;
  const [left, right] = drawn.columns;
  return (
    <div ref={scroller} className="relative max-h-[48dvh] min-w-0 overflow-auto rounded-md border border-line">
      <table
        role="grid"
        aria-label="Effective access"
        aria-rowcount={rows.length + 1}
        aria-colcount={subjects.length + 1}
        className={clsx('border-separate border-spacing-0 text-xs', !whole && 'w-0 table-fixed')}
        onKeyDown={onKeyDown}
      >
        {whole ? null : (
          <ColumnWidths
            before={left * sizes.column}
            columns={right - left}
            after={(subjects.length - right) * sizes.column}
          />
        )}
        <GridHead subjects={subjects.slice(left, right)} left={left} whole={whole} />
        <tbody>
          <Gap height={top * sizes.row} />
          {rows.slice(top, bottom).map((row, i) => (
            <GridRow
              key={row.place}
              row={row}
              index={top + i}
              subjects={subjects}
              columns={drawn.columns}
              whole={whole}
              chosen={chosen?.tool === row.place ? chosen.subject : undefined}
              stop={tabStop(at, drawn)}
              onFocus={onFocus}
              onCell={onCell}
            />
          ))}
          <Gap height={(rows.length - bottom) * sizes.row} />
        </tbody>
      </table>
    </div>
  );
}

/** The cell that Tab leads to: the one that had the focus or, while that is not drawn, the first one. */
function tabStop(at: GridCell, { rows, columns }: GridWindow): GridCell {
  const isDrawn = at.row >= rows[0] && at.row < rows[1] && at.column >= columns[0] && at.column < columns[1];
  return isDrawn ? at : { row: rows[0], column: columns[0] };
}

interface GridOfCells {
  readonly rows: number;
  readonly columns: number;
  readonly whole: boolean;
  /** Scrolls to a cell that may not be drawn yet. */
  showCell(row: number, column: number): void;
}

/** The cell that has, or last had, the focus; and the keys that move it. */
function useCellInFocus(scroller: RefObject<HTMLElement | null>, { rows, columns, whole, showCell }: GridOfCells) {
  const [at, setAt] = useState<GridCell>({ row: 0, column: 0 });
  /** Selects the cell that takes the focus as soon as it is drawn. */
  const next = useRef<string>(undefined);
  useLayoutEffect(() => {
    const cell = next.current === undefined ? null : scroller.current?.querySelector<HTMLElement>(next.current);
    if (cell === null || cell === undefined) return;
    next.current = undefined;
    // The scrolling of `showCell` leaves room for the heads, that of the browser does not.
    cell.focus({ preventScroll: !whole });
  });
  function onKeyDown(event: KeyboardEvent) {
    const step = STEPS[event.key];
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const row = Math.min(rows - 1, Math.max(0, at.row + step.rows));
    const column = Math.min(columns - 1, Math.max(0, at.column + step.columns));
    next.current = `[data-cell="${row} ${column}"]`;
    setAt({ row, column });
    showCell(row, column);
  }
  const onFocus = useCallback((row: number, column: number) => setAt({ row, column }), []);
  return { at, onFocus, onKeyDown };
}

/** The widths of the columns of a grid that is not drawn whole: the heads, what is not drawn before, the columns, and what is not after. */
const ColumnWidths = ({ before, columns, after }: { before: number; columns: number; after: number }) => (
  <colgroup>
    <col className="w-36 sm:w-48" />
    <col style={{ width: before }} />
    {Array.from({ length: columns }, (_, i) => (
      <col key={i} className="w-28" />
    ))}
    <col style={{ width: after }} />
  </colgroup>
);

/** The heads of the drawn columns, the first of which has the index `left`. */
function GridHead({ subjects, left, whole }: { subjects: readonly AccessSubject[]; left: number; whole: boolean }) {
  return (
    <thead>
      <tr>
        <th
          scope="col"
          data-corner
          className="sticky top-0 left-0 z-20 border-r border-b border-line bg-sunken px-2 py-1.5 text-left font-medium"
        >
          Tool
        </th>
        {whole ? null : <td aria-hidden className="sticky top-0 bg-sunken" />}
        {subjects.map(({ key, name }, i) => (
          <th
            key={left + i}
            scope="col"
            data-column
            aria-colindex={left + i + 2}
            title={name === undefined ? key : `${key}: ${name}`}
            className="sticky top-0 z-10 border-b border-line bg-sunken px-2 py-1.5 font-medium"
          >
            <span className="block max-w-28 truncate">{key}</span>
          </th>
        ))}
      </tr>
    </thead>
  );
}

interface GridRowProps {
  row: AccessRow;
  index: number;
  subjects: readonly AccessSubject[];
  columns: GridWindow['columns'];
  whole: boolean;
  /** The column of the chosen cell, if that is in this row. */
  chosen: number | undefined;
  stop: GridCell;
  onFocus(row: number, column: number): void;
  onCell(row: number, column: number): void;
}

function GridRow({ row, index, subjects, columns: [left, right], whole, chosen, stop, onFocus, onCell }: GridRowProps) {
  const { tool, resource, effects, moreKnown } = row;
  return (
    <tr data-row aria-rowindex={index + 2} className="group">
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
      {Array.from(effects.subarray(left, right), (code, i) => (
        <AccessCell
          key={left + i}
          row={index}
          column={left + i}
          effect={EFFECT_CODES[code] ?? 'conditional'}
          moreKnown={moreKnown[left + i] === 1}
          of={`${subjects[left + i]?.key ?? ''}, ${tool} on ${resource}`}
          chosen={chosen === left + i}
          stop={stop.row === index && stop.column === left + i}
          onFocus={onFocus}
          onChoose={onCell}
        />
      ))}
    </tr>
  );
}

/** As high as the rows that are not drawn. */
const Gap = ({ height }: { height: number }) =>
  height === 0 ? null : (
    <tr aria-hidden>
      <td style={{ height, padding: 0 }} />
    </tr>
  );

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

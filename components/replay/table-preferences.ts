'use client';
import { useSyncExternalStore } from 'react';
import { COLUMN_IDS, LEAST_WIDTH, MOST_WIDTH, type ColumnId } from './columns';

/** The user's preferences for the table of calls, stored in this browser. */
export interface TablePreferences {
  /** Undefined: as many as fit. */
  readonly columns: readonly ColumnId[] | undefined;
  readonly widths: Partial<Record<ColumnId, number>>;
  readonly zone: 'utc' | 'local';
}

const KEY = 'policy-playground.trace-table';
const DEFAULTS: TablePreferences = { columns: undefined, widths: {}, zone: 'utc' };

const listeners = new Set<() => void>();
let current: TablePreferences | undefined;

/** The valid parts of the stored preferences. */
export function readPreferences(read: unknown): TablePreferences {
  if (typeof read !== 'object' || read === null) return DEFAULTS;
  const { columns, widths, zone }: { columns?: unknown; widths?: unknown; zone?: unknown } = read;
  const chosen = Array.isArray(columns) ? COLUMN_IDS.filter((id) => columns.includes(id)) : [];
  const sizes = COLUMN_IDS.flatMap((id): [ColumnId, number][] => {
    const width: unknown = typeof widths === 'object' && widths !== null ? Reflect.get(widths, id) : undefined;
    return typeof width === 'number' && width >= LEAST_WIDTH && width <= MOST_WIDTH ? [[id, width]] : [];
  });
  return {
    columns: chosen.length > 0 ? chosen : undefined,
    widths: Object.fromEntries(sizes),
    zone: zone === 'local' ? 'local' : 'utc',
  };
}

function stored(): TablePreferences {
  if (current !== undefined) return current;
  current = DEFAULTS;
  try {
    current = readPreferences(JSON.parse(localStorage.getItem(KEY) ?? 'null'));
  } catch {
    // Storage is refused or contains something else: use the defaults.
  }
  return current;
}

export function setTablePreferences(part: Partial<TablePreferences>): void {
  current = { ...stored(), ...part };
  try {
    localStorage.setItem(KEY, JSON.stringify(current));
  } catch {
    // Storage is refused: the choice applies until the page is closed.
  }
  for (const listener of listeners) listener();
}

export function setColumnWidth(id: ColumnId, width: number): void {
  const sized = Math.round(Math.min(MOST_WIDTH, Math.max(LEAST_WIDTH, width)));
  setTablePreferences({ widths: { ...stored().widths, [id]: sized } });
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useTablePreferences(): TablePreferences {
  return useSyncExternalStore(subscribe, stored, () => DEFAULTS);
}

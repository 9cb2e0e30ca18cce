'use client';
import { memo } from 'react';
import type { Rule } from '@/lib/engine';
import type { Replayed } from '@/lib/worker';
import { useSession } from '../session/session';
import type { TimeZone } from '../ui/time';
import type { ColumnId } from './columns';
import { decisionOf } from './results';
import type { TraceRowModel } from './row-model';
import { CallRow, GroupRow, ROW_HEIGHT, ruleWords } from './trace-row';

interface TraceRowsProps {
  model: TraceRowModel;
  /** The rows to render; the end is exclusive. */
  from: number;
  to: number;
  /** The offset of the trace's first row, in pixels. */
  top: number;
  columns: readonly ColumnId[];
  template: string;
  results: Replayed | undefined;
  rules: readonly Pick<Rule, 'name'>[];
  /** The active row, and its active column. */
  active: number;
  column: ColumnId;
  zone: TimeZone;
  /** Whether the day is shown beside the time. */
  dated: boolean;
  grouped: boolean;
  /** Increases when lines have arrived, so that missing ones are rendered. */
  linesVersion: number;
}

/** The visible rows. */
export const TraceRows = memo(function TraceRows(props: TraceRowsProps) {
  const { model, from, to, top, columns, results, rules, active, column, grouped, ...shared } = props;
  const { replay } = useSession();
  return Array.from({ length: to - from }, (_, i) => {
    const row = from + i;
    const at = model.rowAt(row);
    if (at === undefined) return null;
    const place = { id: `call-${row}`, top: top + row * ROW_HEIGHT, row };
    if (at.kind === 'group') {
      const { key, group, open } = at;
      return (
        <GroupRow
          key={key}
          {...place}
          group={group}
          open={open}
          active={row === active}
          columns={columns.length}
          rules={rules}
        />
      );
    }
    const decision = results === undefined ? undefined : decisionOf(results, at.index);
    return (
      <CallRow
        key={at.index}
        {...place}
        columns={columns}
        template={shared.template}
        line={replay.lineAt(at.index)}
        index={at.index}
        by={ruleWords(decision?.decider, rules)}
        decision={decision}
        selected={row === active}
        active={row === active ? column : undefined}
        zone={shared.zone}
        dated={shared.dated}
        level={grouped ? 2 : undefined}
      />
    );
  });
});
